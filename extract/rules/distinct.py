"""Facts in; the same facts without those that say again what an earlier one says out."""

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import fuzz

from schemas import Fact, Kind

_SAME_OBJECT = 85  # rapidfuzz ratio, of 100


def distinct(facts: Iterable[Fact]) -> list[Fact]:
    """One fact of each kind, actors, source, value and object.

    A headline and the text say one thing in almost the same words, so objects need only be nearly the same; but each
    property of the contact stands for itself.
    """
    seen: set[tuple[object, ...]] = set()
    objects: defaultdict[tuple[object, ...], list[str]] = defaultdict(list)
    kept: list[Fact] = []
    for fact in facts:
        who = (fact.kind, tuple(actor.name for actor in fact.actor), fact.primary_source.name)
        key = (*who, fact.object.lower(), fact.value.as_written if fact.value else None)
        alike = objects[*who, fact.value]
        if key not in seen and not (fact.kind is not Kind.MEETING and _any_like(fact.object, alike)):
            kept.append(fact)
            alike.append(fact.object)
        seen.add(key)
    return kept


def _any_like(item: str, others: Iterable[str]) -> bool:
    return any(fuzz.token_sort_ratio(item, other, score_cutoff=_SAME_OBJECT) for other in others)
