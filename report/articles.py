"""A record and its text in, the article with its marks and its facts out, as the page's script reads them."""

from collections.abc import Iterator, Sequence
from typing import Any

from report.highlights import cut, paragraphs
from report.words import CERTAINTY, FAMILY_OF, letters, link_note, spoken
from schemas import ArticleInfo, Evidence, Fact, Record
from schemas.evidence import CONTEXT

JSON = dict[str, Any]


def article_name(info: ArticleInfo) -> str:
    """What an article is called where space is short: its outlet, else its id."""
    return info.outlet or f"article {info.id}"


def words_of(fact: Fact) -> str:
    """The article's words for a fact; a gap between two spans as an ellipsis."""
    return " … ".join(span.exact for span in fact.evidence)


def article_data(place: int, first: int, record: Record, facts: Sequence[Fact], text: str | None) -> JSON:
    """The article at `place`, whose `facts` start at place `first` of the page's; `text` None where it is missing."""
    info = record.article
    return {
        "key": letters(place),
        "id": info.id,
        "name": article_name(info),
        "title": info.title,
        "anchor": info.anchor_date.isoformat() if info.anchor_date else None,
        "chars": info.chars,
        "facts": [first, len(facts)],
        "text": None if text is None else list(_marked(text, first, facts)),
        "rejected": [
            {
                "reason": entry.reason,
                "kind": spoken(entry.fact.kind),
                "summary": entry.fact.summary or entry.fact.object,
                "words": words_of(entry.fact),
            }
            for entry in record.rejected
        ],
    }


def _marked(text: str, first: int, facts: Sequence[Fact]) -> Iterator[list[Any]]:
    """The paragraphs; each a list of plain strings and of lists of a string and the places of the facts it supports."""
    spans = [(span, first + rank) for rank, fact in enumerate(facts) for span in fact.evidence]
    for line in paragraphs(cut(text, spans)):
        yield [[segment.text, *segment.marks] if segment.marks else segment.text for segment in line]


def fact_data(fact: Fact) -> JSON:
    """What the page shows of a fact, wherever it stands."""
    return {
        "id": fact.id,
        "kind": fact.kind,
        "family": FAMILY_OF[fact.kind],
        "summary": fact.summary or fact.object or spoken(fact.kind),
        "object": fact.object,
        "who": ", ".join(actor.name for actor in fact.actor),
        "whom": ", ".join(actor.name for actor in fact.target),
        "chain": [[link.name, link_note(link)] for link in fact.attribution[1:]],
        "certainty": fact.certainty,
        "sure": CERTAINTY[fact.certainty],
        "realis": fact.realis,
        "value": fact.value.as_written if fact.value else None,
        "words": [_in_context(span) for span in fact.evidence],
    }


def _in_context(span: Evidence) -> tuple[str, str, str]:
    """The words before, of and after a span; cut at whole words where the context was cut off."""
    before = span.prefix.split(maxsplit=1)[-1] if len(span.prefix) == CONTEXT else span.prefix
    after = span.suffix.rsplit(maxsplit=1)[0] if len(span.suffix) == CONTEXT else span.suffix
    return ("…" if before != span.prefix else "") + before, span.exact, after + ("…" if after != span.suffix else "")
