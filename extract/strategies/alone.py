"""An act that only a model reports in; a fact out, built on words of its sentence as the rules would build it."""

from collections.abc import Sequence

from extract.reading.article import Reading
from extract.reading.mentions import Mention
from extract.reading.segment import Sentence
from extract.rules.acts import Act, find_acts, trimmed
from extract.rules.compose import compose
from extract.rules.targets import targets
from extract.strategies.pairing import alike, drops_negation, stands_in
from extract.strategies.questions import frames_of
from extract.strategies.trust import ALIKE, OBJECT_WORDS
from schemas import Fact, Kind
from schemas.answer import NOBODY, AnswerFact

# Kinds that say of their object that it is not so: "refused to sign the pact" is about signing the pact.
_DENIES = frozenset({Kind.REFUSAL, Kind.NON_COMMITMENT, Kind.DENIAL, Kind.NO_COMMENT, Kind.ABSENCE})
FEWEST_WORDS = 3  # a shorter stretch that the rules left over is no clause


def built(reading: Reading, sentence: Sentence, said: AnswerFact, taken: Sequence[tuple[int, int]]) -> Fact:
    """The fact that `said` means. `taken` are the stretches of the sentence that carry facts already."""
    act = _act(reading, sentence, said, taken)
    middle = (act.start + act.end) // 2
    frame = next((f for f in frames_of(reading, sentence.number) if f.start <= middle < f.end), None)
    mention = mention_of(reading, said.actor, sentence)
    actors = (mention,) if mention else ()
    fact = compose(reading, act, actors, targets(reading, act, actors), frame)
    return with_object(fact, said.about, reading.text[sentence.start : sentence.end])


def with_object(fact: Fact, about: str, words: str) -> Fact:
    """The fact, about what the model says, if that is short, a piece of the sentence and not its opposite."""
    if len(about.split()) > OBJECT_WORDS or not stands_in(about, words):
        return fact
    if fact.kind not in _DENIES and drops_negation(about, " ".join(span.exact for span in fact.evidence)):
        return fact
    return fact.model_copy(update={"object": about.strip()})


def mention_of(reading: Reading, name: str, sentence: Sentence) -> Mention | None:
    """The mention of a name that is nearest: in the sentence, else the last before it, else the first after it."""
    if name == NOBODY:
        return None
    speakers = [f.speaker for f in frames_of(reading, sentence.number) if f.speaker]
    same = [m for m in (*reading.names.mentions, *speakers, *reading.names.principals) if m.name == name]
    return min(same, key=lambda m: _distance(m, sentence), default=None)


def _distance(mention: Mention, sentence: Sentence) -> tuple[int, int]:
    """Rank of the side and distance in code points."""
    if mention.start >= sentence.end:
        return 2, mention.start - sentence.end
    return (0, mention.start) if mention.start >= sentence.start else (1, sentence.start - mention.start)


def _act(reading: Reading, sentence: Sentence, said: AnswerFact, taken: Sequence[tuple[int, int]]) -> Act:
    """The words that carry the act: what the rules left over and the model speaks of, else a clause with a cue of its
    kind, else the clause that it speaks of, else the sentence."""  # noqa: D205, D209
    text = reading.text
    for start, end in _left_over(text, sentence, taken):
        if alike(said.about, text[start:end]) >= ALIKE:
            cue = next((c for c in reading.cues.within(start, end) if c.kind is said.kind), None)
            return Act(said.kind, start, end, cue)
    acts = find_acts(reading, sentence.start, sentence.end)
    own = [act for act in acts if act.kind is said.kind]
    spoken_of = [act for act in acts if alike(said.about, text[act.start : act.end]) >= ALIKE]
    if own or spoken_of:
        act = (own or spoken_of)[0]
        return act if own else act._replace(kind=said.kind)
    return Act(said.kind, *trimmed(text, sentence.start, sentence.end), None)


def _left_over(text: str, sentence: Sentence, taken: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches of the sentence without facts, longest first, that are long enough for a clause."""
    edges = [sentence.start]
    for start, end in sorted(taken):
        edges += [max(start, edges[-1]), max(end, edges[-1])]
    edges.append(max(sentence.end, edges[-1]))
    stretches = [trimmed(text, start, end) for start, end in zip(edges[::2], edges[1::2], strict=True)]
    clauses = [(start, end) for start, end in stretches if len(text[start:end].split()) >= FEWEST_WORDS]
    return sorted(clauses, key=lambda stretch: stretch[0] - stretch[1])
