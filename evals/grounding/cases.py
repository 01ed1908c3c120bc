"""Labelled articles in; every case over their true facts, in a fixed order, out.

Words are edited of every labelled fact. Fields, and what the article says, are edited of labelled facts and of those of
the rules, but only where the true fact passes every check: to reject the edit of a fact that is flagged as it is proves
nothing.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from evals.gold_files import GOLD, TEXTS, Labelled, load_labelled
from evals.grounding.case import Case, TrueFact
from evals.grounding.facts import of_article, of_fact
from evals.grounding.words import allowed, forbidden
from extract.reading.article import Reading
from extract.rules import propose
from extract.verify import admit
from schemas import CheckResult, Fact, GoldFact

INVENTED = GOLD / "invented"
MOST = 12  # cases of one family and sort an article


def _plain(fact: GoldFact) -> Fact:
    return Fact.model_validate(fact.model_dump(include=set(Fact.model_fields)))


@dataclass(frozen=True)
class Grounds:
    """One labelled article, and the true facts that its cases are made of."""

    one: Labelled

    @cached_property
    def reading(self) -> Reading:
        """The article, read once for all cases in which its text stays as it is."""
        return Reading(self.one.article)

    @cached_property
    def stated(self) -> list[TrueFact]:
        """The labelled facts."""
        return [TrueFact(_plain(fact), self.reading) for fact in self.one.gold.facts if fact.evidence]

    @cached_property
    def proposed(self) -> list[TrueFact]:
        """The facts of the rules, right or wrong."""
        return [TrueFact(fact, self.reading) for fact in propose(self.reading)]

    @cached_property
    def passing(self) -> list[TrueFact]:
        """The labelled facts that pass every check, and those of the rules that do."""
        return [*checked(self.stated), *checked(self.proposed)]

    @cached_property
    def cases(self) -> list[Case]:
        """At most `MOST` cases of each family and sort, spread evenly over the facts."""
        return _spread([*_of_words(self.stated), *_of_facts(self.passing)])


@lru_cache(maxsize=1)
def grounds() -> tuple[Grounds, ...]:
    """The seed articles and the invented ones."""
    labelled = [*load_labelled(GOLD, [TEXTS]), *load_labelled(INVENTED, [INVENTED])]
    return tuple(Grounds(one) for one in labelled)


def checked(facts: Iterable[TrueFact]) -> list[TrueFact]:
    """Those that are admitted with no failed check."""
    return [true for true in facts if _passes(true)]


def _passes(true: TrueFact) -> bool:
    held, _ = admit([true.fact], true.reading)
    return bool(held) and CheckResult.FAIL not in held[0].checks.values()


def _of_words(stated: Sequence[TrueFact]) -> Iterator[Case]:
    for turn, true in enumerate(stated):
        yield from allowed(true, turn)
        yield from forbidden(true, stated[(turn + len(stated) // 2) % len(stated)], turn)


def _of_facts(passing: Iterable[TrueFact]) -> Iterator[Case]:
    for true in passing:
        yield from of_fact(true)
        yield from of_article(true)


def _spread(cases: Sequence[Case]) -> list[Case]:
    counts = Counter((case.family, case.edited) for case in cases)
    seen: Counter[tuple[str, str]] = Counter()
    kept = []
    for case in cases:
        key = case.family, case.edited
        steps = max(counts[key], MOST)
        before, seen[key] = seen[key] * MOST // steps, seen[key] + 1
        if seen[key] * MOST // steps > before:
            kept.append(case)
    return kept
