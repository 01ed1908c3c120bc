"""A peer's facts about an article in; the same as a record, with its evidence located in the text, out.

The reading is the kindest that the ruler allows: words are found in any typography, with marks at their edges or
without; where they do not stand in the text, the span that the peer itself aligned is taken; a value phrase gets its
meaning from our grammar, and one that holds no value is left out. What cannot be located stays, without evidence.
"""

from evals.peers.recording import Located, PeerArticle, PeerRecording
from evals.runs import Recorded
from extract.reading.article import Reading
from extract.reading.values import find_values
from extract.run import tool_version
from extract.strategies import digests
from extract.verify import TextIndex
from schemas import (
    Actor,
    Article,
    Evidence,
    Fact,
    Failure,
    Provenance,
    Record,
    SourceLink,
    SourceRole,
    SourceType,
    Usage,
    Value,
)

_EDGES = " .,;:…'\"‘’“”«»"
_WRITER = frozenset({"", "article", "the article", "writer", "the writer", "none", "n/a"})


def words_at(index: TextIndex, located: Located) -> tuple[int, int] | None:
    """Where the claimed words stand in the text, marks at their edges aside; None where they do not."""
    words = located.fact.words
    return index.locate(words) or (index.locate(words.strip(_EDGES)) if words.strip(_EDGES) else None)


def _span(index: TextIndex, located: Located) -> tuple[int, int] | None:
    if found := words_at(index, located):
        return found
    if located.start is None or located.end is None or located.start >= located.end:
        return None
    return located.start, located.end


def _value(phrase: str, span: tuple[int, int] | None, reading: Reading) -> Value | None:
    """What the phrase means where it stands in the sentences of the span, else by itself."""
    if not phrase.strip():
        return None
    for sentence in reading.sentences:
        if span and sentence.start < span[1] and span[0] < sentence.end:
            at = reading.text.find(phrase, sentence.start, sentence.end)
            here = [v.value for v in reading.values if at >= 0 and v.start < at + len(phrase) and at < v.end]
            if here:
                return here[0]
    alone = find_values(phrase, reading.article.anchor_date)
    return alone[0].value if alone else None


def _fact(number: int, located: Located, reading: Reading, index: TextIndex) -> Fact:
    stated, span = located.fact, _span(index, located)
    told = stated.source.strip()
    source = SourceLink(name=told or "article", type=SourceType.OFFICE, role=SourceRole.SPEAKER)
    return Fact(
        id=f"{reading.article.id}-{number:02d}",
        kind=stated.kind,
        actor=tuple(Actor(name=name, as_written=name) for name in stated.actors if name.strip()),
        object=stated.about,
        summary=stated.about,
        attribution=(reading.publisher,) if told.casefold() in _WRITER else (reading.publisher, source),
        value=_value(stated.value, span, reading),
        evidence=(Evidence.of(reading.text, *span),) if span else (),
    )


def usage(done: PeerArticle) -> Usage:
    """The tokens and requests of one article, as the endpoint counted them."""
    counted = [exchange.body.get("usage") or {} for exchange in done.exchanges if isinstance(exchange.body, dict)]
    return Usage(
        prompt_tokens=sum(one.get("prompt_tokens", 0) for one in counted),
        completion_tokens=sum(one.get("completion_tokens", 0) for one in counted),
        requests=len(done.exchanges),
    )


def _record(done: PeerArticle, article: Article, recording: PeerRecording) -> Record:
    reading, index = Reading(article), TextIndex(article.text)
    facts = tuple(_fact(number, located, reading, index) for number, located in enumerate(done.facts, 1))
    made = Provenance(
        model=recording.model,
        endpoint_host=None,
        strategy=recording.peer,
        prompt_digest=None,
        schema_digest=digests("rules")[1],
        tool_version=tool_version(),
        usage=usage(done),
    )
    return Record(article=article.info, facts=facts, provenance=made)


def as_run(recording: PeerRecording, articles: dict[str, Article]) -> Recorded:
    """The recording as a run that the scorer takes; `articles` by SHA-256. What a peer raised is a failure."""
    known = [(done, articles[done.sha256]) for done in recording.articles if done.sha256 in articles]
    return Recorded(
        recording.peer,
        tuple(_record(done, article, recording) for done, article in known if done.error is None),
        tuple(
            Failure(article=done.article, origin=recording.peer, error="peer", cause=done.error)
            for done, _ in known
            if done.error is not None
        ),
        sum(done.seconds for done in recording.articles),
    )
