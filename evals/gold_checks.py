"""Labels and their texts in, every breach of the labelling guidelines out, one line each."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from evals.names import told_by
from extract.reading.segment import sentences
from schemas import Evidence, GoldArticle, GoldEvent, GoldFact, Kind, SourceRole, SourceType, Span

Key = TypeVar("Key", bound=Hashable)


def check_article(gold: GoldArticle, text: str) -> list[str]:
    """What is wrong with the labels of one article: the checklist of the guidelines' last section."""
    problems = [f"{gold.article.id}: fact id {id_} occurs {n} times" for id_, n in _repeated(f.id for f in gold.facts)]
    bounds = [(sentence.start, sentence.end) for sentence in sentences(text)]
    for fact in gold.facts:
        found = (*_spans(fact, text), *_chain(fact), *_phrases(fact, text, bounds), *_denial(fact))
        problems += [f"{gold.article.id} {fact.id}: {problem}" for problem in found]
    starts = [fact.evidence[0].start for fact in gold.facts if fact.evidence]
    if starts != sorted(starts):
        problems.append(f"{gold.article.id}: the facts are not in the order of their evidence")
    same = _repeated((f.kind, f.object, tuple(a.name for a in f.actor), f.primary_source.name) for f in gold.facts)
    problems += [f"{gold.article.id}: {n} facts have the same {', '.join(map(str, key))}" for key, n in same]
    return problems


def check_event(event: GoldEvent, gold: Mapping[str, GoldArticle]) -> list[str]:
    """What is wrong with the labels across articles: ids that repeat, articles and facts that do not exist."""
    known = {(article, fact.id) for article, labels in gold.items() for fact in labels.facts}
    problems = [f"event: article {article} has no labels" for article in event.articles if article not in gold]
    ids = [cluster.id for cluster in event.clusters] + [divergence.id for divergence in event.divergences]
    problems += [f"event: id {id_} occurs {n} times" for id_, n in _repeated(ids)]
    named = [(f"cluster {one.id}", one.facts) for one in event.clusters]
    named += [(f"divergence {one.id}", one.facts) for one in event.divergences]
    named += [(f"must_not_flag {i}", one.facts) for i, one in enumerate(event.must_not_flag)]
    for where, refs in named:
        problems += [
            f"event {where}: no fact {ref.fact} in article {ref.article}"
            for ref in refs
            if (ref.article, ref.fact) not in known
        ]
    clustered = _repeated((ref.article, ref.fact) for cluster in event.clusters for ref in cluster.facts)
    problems += [f"event: fact {fact} of {article} is in {n} clusters" for (article, fact), n in clustered]
    return problems


def _repeated(keys: Iterable[Key]) -> list[tuple[Key, int]]:
    return [(key, n) for key, n in Counter(keys).items() if n > 1]


def _evidence(fact: GoldFact) -> list[Evidence]:
    return [span for spans in (fact.evidence, *fact.alternatives) for span in spans]


def _spans(fact: GoldFact, text: str) -> Iterator[str]:
    if not fact.evidence:
        yield "no evidence"
    cues = [link.cue for link in fact.attribution if link.cue]
    spans: Sequence[Span] = [*_evidence(fact), *cues]
    for span in spans:
        if not span.stands_in(text):
            yield f"the words “{span.exact}” do not stand at [{span.start}, {span.end})"
    for span in _evidence(fact):
        if not (text[: span.start].endswith(span.prefix) and text[span.end :].startswith(span.suffix)):
            yield f"prefix or suffix of “{span.exact}” is not what surrounds it"


def _chain(fact: GoldFact) -> Iterator[str]:
    first = fact.attribution[0]
    if first.type is not SourceType.WRITER or first.role is not SourceRole.PUBLISHER or first.cue:
        yield "the attribution does not begin with the article (writer, publisher, no cue)"
    if any(link.type is SourceType.WRITER for link in told_by(fact)):
        yield "a writer stands within the attribution"


def _phrases(fact: GoldFact, text: str, bounds: Sequence[tuple[int, int]]) -> Iterator[str]:
    """Value and quote stand in the sentences that one span of the evidence, or of an alternative, touches."""
    near = []
    for span in _evidence(fact):
        touched = [(start, end) for start, end in bounds if span.start < end and start < span.end]
        near.append(text[min(span.start, touched[0][0]) : max(span.end, touched[-1][1])] if touched else span.exact)
    for what, words in (("value", fact.value and fact.value.as_written), ("quote", fact.quote and fact.quote.text)):
        if words and not any(words in sentence for sentence in near):
            yield f"the {what} “{words}” is neither in the evidence nor in its sentence"


def _denial(fact: GoldFact) -> Iterator[str]:
    if fact.kind is Kind.DENIAL and not fact.denies:
        yield "a denial without `denies`"
