"""What the rules and a model report of an article in; one list of proposals in the order of their evidence out.

How far the model is believed stands in `trust`. A fact of the model that means an act of the rules becomes part of that
fact; every other one is a proposal of its own, so that each ends among the facts or, with a reason, the rejected.
"""

from collections.abc import Sequence
from dataclasses import replace

from extract.reading.article import Reading
from extract.reading.segment import Sentence
from extract.rules.compose import certainty
from extract.strategies.admission import Proposal
from extract.strategies.alone import built, mention_of, with_object
from extract.strategies.doubt import by_sentence, settled
from extract.strategies.inquiry import Heard
from extract.strategies.pairing import pair
from extract.strategies.trust import Trust
from schemas import Actor, Fact, Kind
from schemas.answer import NOBODY, AnswerFact

UNCONFIRMED = "the model reports no such act, and no cue in its words does"


def combine(reading: Reading, rules: Sequence[Fact], heard: Heard, trust: Trust) -> list[Proposal]:
    """Every fact of the rules and of the model, merged where they mean one act; ids are `<article>-<number>`."""
    found = by_sentence(reading, rules)
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


def _numbered(proposal: Proposal, fact_id: str) -> Proposal:
    fact = proposal.fact
    return proposal if fact.id == fact_id else replace(proposal, fact=fact.model_copy(update={"id": fact_id}))


def _of_sentence(
    reading: Reading, sentence: Sentence, rules: Sequence[Fact], told: Sequence[AnswerFact], trust: Trust
) -> list[Proposal]:
    pairs = pair(rules, told)
    proposals = []
    for i, fact in enumerate(rules):
        if i in pairs:
            proposals.append(Proposal(_merged(reading, sentence, fact, told[pairs[i]], trust)))
        else:
            doubtful = trust.silence and not settled(reading, fact)
            proposals.append(Proposal(fact, against=UNCONFIRMED if doubtful else None))
    taken = [(span.start, span.end) for fact in rules for span in fact.evidence]
    alone = [said for j, said in enumerate(told) if j not in pairs.values()]
    return [*proposals, *(Proposal(built(reading, sentence, said, taken), trust.alone) for said in alone)]


def _merged(reading: Reading, sentence: Sentence, fact: Fact, said: AnswerFact, trust: Trust) -> Fact:
    """The fact of the rules with what the model knows better."""
    changed: dict[str, object] = {"actor": _actors(reading, sentence, fact, said, trust)}
    is_settled = settled(reading, fact)
    if trust.kind and said.kind is not fact.kind and not is_settled:
        words = " ".join(span.exact for span in fact.evidence)
        denies = fact.object if said.kind is Kind.DENIAL else None
        changed |= {"kind": said.kind, "certainty": certainty(said.kind, words), "denies": denies}
    merged = fact.model_copy(update=changed)
    if fact.kind is Kind.MEETING or (is_settled and not trust.object):
        return merged
    return with_object(merged, said.about, reading.text[sentence.start : sentence.end])


def _actors(reading: Reading, sentence: Sentence, fact: Fact, said: AnswerFact, trust: Trust) -> tuple[Actor, ...]:
    """Those of the rules, unless these have none or, in a trusted model's eyes, only infer them; else the model's."""
    words = " ".join(span.exact for span in fact.evidence)
    agreed = any(actor.as_written in words or actor.name == said.actor for actor in fact.actor)
    if agreed or (fact.actor and not trust.actor):
        return fact.actor
    if said.actor == NOBODY:
        return ()
    mention = mention_of(reading, said.actor, sentence)
    return (mention.actor(reading.text),) if mention else fact.actor
