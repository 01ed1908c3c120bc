"""Records in; one `Telling` a fact out: the fact with everything about it that comparison needs, worked out once."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from reconcile.intervals import Interval, interval
from reconcile.names import Names
from reconcile.words import stems, words
from schemas import Anonymity, ArticleInfo, Fact, FactRef, Kind, Record, SourceRole, SourceType

_CONDITION = re.compile(
    r",? \b(?:(?:but )?only if|if|unless|provided|on (?:the )?condition|should \w+ (?:do|also)"
    r"|(?:agreed |accepted )?with(?:out|\sno|\szero)(?: any)? (?:pre)?conditions)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, eq=False)
class Telling:
    """One fact as one article tells it. `actors` and `targets` are canonical names; `source` is the primary source."""

    article: ArticleInfo
    fact: Fact
    actors: frozenset[str]
    targets: frozenset[str]
    countries: frozenset[str]
    source: str
    relays: tuple[str, ...]
    side: str

    @property
    def ref(self) -> FactRef:
        """The ids."""
        return FactRef(article=self.article.id, fact=self.fact.id)

    @property
    def key(self) -> tuple[str, str]:
        """The ids, for sorting."""
        return self.article.id, self.fact.id

    @property
    def kind(self) -> Kind:
        """The fact's kind."""
        return self.fact.kind

    @cached_property
    def about(self) -> tuple[str, ...]:
        """Content stems of the object without its conditions; of the evidence where no object is given."""
        core = _CONDITION.split(self.fact.object, maxsplit=1)[0]
        return stems(core) or stems(self.fact.object) or self.said

    @cached_property
    def said(self) -> tuple[str, ...]:
        """Content stems of the article's own words."""
        return stems(self.evidence)

    @cached_property
    def evidence(self) -> str:
        """The article's own words."""
        return " … ".join(span.exact for span in self.fact.evidence) or self.fact.summary

    @cached_property
    def spoken(self) -> tuple[str, ...]:
        """The article's own words, lower case."""
        return tuple(words(self.evidence))

    @cached_property
    def quoted(self) -> tuple[str, ...]:
        """The quoted words, lower case."""
        return tuple(words(self.fact.quote.text)) if self.fact.quote else ()

    @cached_property
    def interval(self) -> Interval | None:
        """What the value may be."""
        return interval(self.fact.value) if self.fact.value else None

    @cached_property
    def uttered(self) -> tuple[str, ...]:
        """The words between quotation marks that carry this very fact; all of the evidence where there are none."""
        if not self.quoted:
            return self.spoken
        return self.spoken if " ".join(self.spoken) in " ".join(self.quoted) else self.quoted

    @property
    def by_writer(self) -> bool:
        """Whether nobody but the article's writer tells it."""
        return self.fact.primary_source.type == SourceType.WRITER

    @property
    def nameless(self) -> bool:
        """Whether the primary source is not told at all."""
        return self.fact.primary_source.anonymity == Anonymity.UNNAMED


def tellings(records: Iterable[Record], names: Names) -> Iterator[Telling]:
    """Every fact of every record."""
    for record in records:
        for fact in record.facts:
            yield _telling(record.article, fact, names)


def _telling(article: ArticleInfo, fact: Fact, names: Names) -> Telling:
    primary = fact.primary_source
    institution = primary.on_behalf_of if primary.role == SourceRole.SPOKESPERSON else None
    told_by_writer = primary.type == SourceType.WRITER
    source = f"writer of {article.id}" if told_by_writer else names.of(institution or primary.name)
    acting = [*fact.actor] or [*fact.target]
    found = {actor.country or names.country(actor.name) for actor in acting}
    return Telling(
        article=article,
        fact=fact,
        actors=frozenset(names.of(actor.name) for actor in fact.actor),
        targets=frozenset(names.of(actor.name) for actor in fact.target),
        countries=frozenset(country for country in found if country),
        source=source,
        relays=tuple(
            names.of(link.name) for link in fact.attribution[:-1] if link.type in (SourceType.AGENCY, SourceType.OUTLET)
        ),
        side=names.side(primary),
    )
