"""What the rules and a model report of an article in; one list of proposals in the order of their evidence out.

How far the model is believed stands in `trust`. A fact of the model that means an act of the rules becomes part of that
fact; every other one is a proposal of its own, so that each ends among the facts or, with a reason, the rejected.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from extract.reading.article import Reading
from extract.reading.cues import find_cues
from extract.reading.segment import Sentence
from extract.rules.compose import certainty
from extract.strategies.alone import built, mention_of, with_object
from extract.strategies.inquiry import Heard
from extract.strategies.pairing import pair
from extract.strategies.trust import Trust
from schemas import Actor, Fact, Kind
from schemas.answer import NOBODY, AnswerFact

UNCONFIRMED = "the model reports no such act, and no cue in its words does"


@dataclass(frozen=True)
class Proposal:
    """A fact, the checks that it has to pass beside those of every fact, and what speaks against it already."""

    fact: Fact
    must_pass: tuple[str, ...] = ()
    against: str | None = None


def combine(reading: Reading, rules: Sequence[Fact], heard: Heard, trust: Trust) -> list[Proposal]:
    """Every fact of the rules and of the model, merged where they mean one act; ids are `<article>-<number>`."""
    starts = [sentence.start for sentence in reading.sentences]
    found: dict[int, list[Fact]] = {}
    for fact in rules:
        found.setdefault(bisect_right(starts, fact.evidence[-1].start), []).append(fact)
    told: dict[int, list[AnswerFact]] = {}
    for said in heard.facts:
        told.setdefault(said.sentence, []).append(said)
    proposals: list[Proposal] = []
    for sentence in reading.sentences:
        here = found.get(sentence.number, [])
        if sentence.number in heard.sentences:
            proposals += _of_sentence(reading, sentence, here, told.get(sentence.number, []), trust)
        else:
            proposals += [Proposal(fact) for fact in here]
    ordered = sorted(proposals, key=lambda proposal: proposal.fact.evidence[0].start)
    return [_numbered(proposal, f"{reading.article.id}-{n:02d}") for n, proposal in enumerate(ordered, 1)]


def _numbered(proposal: Proposal, name: str) -> Proposal:
    return Proposal(proposal.fact.model_copy(update={"id": name}), proposal.must_pass, proposal.against)


def _of_sentence(
    reading: Reading, sentence: Sentence, rules: Sequence[Fact], told: Sequence[AnswerFact], trust: Trust
) -> list[Proposal]:
    pairs = pair(rules, told)
    proposals = []
    for i, fact in enumerate(rules):
        if i in pairs:
            proposals.append(Proposal(_merged(reading, sentence, fact, told[pairs[i]], trust)))
        else:
            doubtful = trust.silence and fact.kind is not Kind.MEETING and not cue_decides(reading, fact)
            proposals.append(Proposal(fact, against=UNCONFIRMED if doubtful else None))
    taken = [(span.start, span.end) for fact in rules for span in fact.evidence]
    alone = [said for j, said in enumerate(told) if j not in pairs.values()]
    return [*proposals, *(Proposal(built(reading, sentence, said, taken), trust.alone) for said in alone)]


def _merged(reading: Reading, sentence: Sentence, fact: Fact, said: AnswerFact, trust: Trust) -> Fact:
    """The fact of the rules with what the model knows better."""
    kind = said.kind if trust.kind and not cue_decides(reading, fact) else fact.kind
    changed: dict[str, object] = {"actor": _actors(reading, sentence, fact, said, trust)}
    if kind is not fact.kind:
        words = " ".join(span.exact for span in fact.evidence)
        denies = fact.object if kind is Kind.DENIAL else None
        changed |= {"kind": kind, "certainty": certainty(kind, words), "denies": denies}
    return with_object(fact.model_copy(update=changed), said.about, reading.text[sentence.start : sentence.end])


def _actors(reading: Reading, sentence: Sentence, fact: Fact, said: AnswerFact, trust: Trust) -> tuple[Actor, ...]:
    """Those of the rules, where the words name one or the model agrees; else the model's."""
    words = " ".join(span.exact for span in fact.evidence)
    if any(actor.as_written in words or actor.name == said.actor for actor in fact.actor):
        return fact.actor
    if said.actor == NOBODY:
        return () if trust.kind else fact.actor
    mention = mention_of(reading, said.actor, sentence)
    return (mention.actor(reading.text),) if mention else fact.actor


def cue_decides(reading: Reading, fact: Fact) -> bool:
    """Whether a cue in the fact's words says that it is of its kind. One side's agreement is its commitment."""
    kinds = {cue.kind for span in fact.evidence for cue in find_cues(reading.text, span.start, span.end)}
    return fact.kind in kinds or (fact.kind is Kind.COMMITMENT and Kind.AGREEMENT in kinds)
