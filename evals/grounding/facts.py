"""True facts in; facts that their words do not carry out: the words stay verbatim, so that only checks can tell."""

import re
from collections.abc import Iterator, Sequence

from evals.grounding.case import Case, TrueFact
from evals.grounding.lexicon import ANY_NEGATION, INVISIBLE, LOOK_ALIKES, NOT, NUMBER, other_number
from evals.grounding.words import affirmed, invisible, negated, renumbered, reversed_act
from extract.reading.article import Reading
from extract.reading.mentions import Mention
from schemas import Actor, Evidence, Fact, Kind, SourceLink, SourceRole, SourceType

_OPPOSITE: dict[Kind, tuple[Kind, ...]] = {
    Kind.AGREEMENT: (Kind.REFUSAL, Kind.NON_COMMITMENT),
    Kind.COMMITMENT: (Kind.REFUSAL, Kind.NON_COMMITMENT),
    Kind.REFUSAL: (Kind.AGREEMENT, Kind.COMMITMENT),
    Kind.NON_COMMITMENT: (Kind.AGREEMENT, Kind.COMMITMENT),
    Kind.DIRECTIVE: (Kind.REFUSAL,),
    Kind.PROPOSAL: (Kind.REFUSAL,),
    Kind.REQUEST: (Kind.REFUSAL,),
    Kind.DENIAL: (Kind.AGREEMENT,),
    Kind.NO_COMMENT: (Kind.AGREEMENT, Kind.DENIAL),
    Kind.ABSENCE: (Kind.AGREEMENT, Kind.DIRECTIVE),
}
_NEGATIVE = frozenset({Kind.REFUSAL, Kind.NON_COMMITMENT, Kind.DENIAL, Kind.NO_COMMENT, Kind.ABSENCE})
_BINDING = ("agreed", "accepted", "committed", "promised", "pledged")
_REPORTED_BY = {
    Kind.AGREEMENT: _BINDING,
    Kind.COMMITMENT: _BINDING,
    Kind.REFUSAL: ("refused", "rejected", "declined"),
    Kind.NO_COMMENT: ("declined",),
    Kind.DENIAL: ("denied",),
}
_SAYS_NO = re.compile(r"\b(?:no such|nothing of the (?:kind|sort))\b")
_ACT = ("act", "polarity", "certainty")
_VALUE = ("value",)


def _with(true: TrueFact, **update: object) -> Fact:
    return true.fact.model_copy(update={"checks": {}, **update})


def _acts(true: TrueFact) -> Iterator[Case]:
    for kind in _OPPOSITE.get(true.fact.kind, ()):
        yield Case("agreed to refused", "fact", true.reading, _with(true, kind=kind), named=_ACT)


def _values(true: TrueFact) -> Iterator[Case]:
    value = true.fact.value
    if value is None:
        return
    if NUMBER.search(value.as_written):
        words = renumbered(value.as_written) or ""
        iso = renumbered(value.iso) if value.iso else None
        changed = value.model_copy(update={"as_written": words, "iso": iso})
        yield Case("changed number", "fact", true.reading, _with(true, value=changed), named=_VALUE)
    if value.iso and (iso := renumbered(value.iso)):
        changed = value.model_copy(update={"iso": iso})
        yield Case("changed number", "fact", true.reading, _with(true, value=changed), named=_VALUE)
    for family, words in (
        ("homoglyphs", value.as_written.translate(LOOK_ALIKES)),
        ("zero-width characters", invisible(value.as_written, len(value.as_written))),
    ):
        if words != value.as_written:
            changed = value.model_copy(update={"as_written": words})
            yield Case(family, "fact", true.reading, _with(true, value=changed), named=_VALUE)


def _others(true: TrueFact, taken: Sequence[str]) -> list[Mention]:
    """Persons who are not in `taken`: those named in the fact's own words first, then the principals, then the rest."""
    names, span = true.reading.names, true.span
    near = [m for m in names.within(span.start, span.end) if m.type == "person"]
    everybody = [*near, *names.principals, *names.persons.values()]
    return list({m.name: m for m in everybody if m.name not in taken}.values())


def _actors(true: TrueFact) -> Iterator[Case]:
    fact = true.fact
    if not fact.actor:
        return
    for other in _others(true, [actor.name for actor in fact.actor])[:2]:
        swapped = (other.actor(true.reading.text), *fact.actor[1:])
        yield Case("swapped actor", "fact", true.reading, _with(true, actor=swapped), named=("actor",))
    hidden = _renamed(fact.actor[0], fact.actor[0].name.translate(LOOK_ALIKES))
    if hidden != fact.actor[0]:
        yield Case("homoglyphs", "fact", true.reading, _with(true, actor=(hidden, *fact.actor[1:])), named=("actor",))
    hidden = _renamed(fact.actor[0], invisible(fact.actor[0].name, 0))
    case = _with(true, actor=(hidden, *fact.actor[1:]))
    yield Case("zero-width characters", "fact", true.reading, case, named=("actor",))


def _renamed(actor: Actor, name: str) -> Actor:
    return actor.model_copy(update={"name": name})


def _speakers(true: TrueFact) -> Iterator[Case]:
    fact, reading = true.fact, true.reading
    source = fact.primary_source.name if len(fact.attribution) > 1 else None
    taken = [name for name in (source, fact.quote.speaker if fact.quote else None) if name]
    for other in _others(true, [*taken, *(actor.name for actor in fact.actor)])[:1]:
        link = SourceLink(name=other.name, type=SourceType.PERSON, role=SourceRole.SPEAKER)
        chain = (*fact.attribution[: -1 if source else None], link)
        if fact.quote and fact.quote.speaker:
            quote = fact.quote.model_copy(update={"speaker": other.name})
            yield Case("swapped speaker", "fact", reading, _with(true, quote=quote), named=("speaker",))
            both = _with(true, quote=quote, attribution=chain)
            yield Case("swapped speaker", "fact", reading, both, named=("source", "speaker"))
        elif source:
            yield Case("swapped speaker", "fact", reading, _with(true, attribution=chain), named=("source",))
    if fact.quote:
        for family, words in (
            ("homoglyphs", fact.quote.text.translate(LOOK_ALIKES)),
            ("zero-width characters", invisible(fact.quote.text, len(INVISIBLE))),
            ("negation put in", negated(fact.quote.text)),
            ("negation taken out", affirmed(fact.quote.text)),
            ("changed number", renumbered(fact.quote.text)),
        ):
            if words and words != fact.quote.text:
                quote = fact.quote.model_copy(update={"text": words})
                yield Case(family, "fact", reading, _with(true, quote=quote), named=("quote",))


def _cut_off(true: TrueFact) -> Iterator[Case]:
    """The verbatim words behind a negation, as evidence for the opposite."""
    kinds, span = _OPPOSITE.get(true.fact.kind, ()), true.span
    found = NOT.search(span.exact)
    if not found or len(span.exact) - found.end() < 8 or not {Kind.AGREEMENT, Kind.COMMITMENT} & set(kinds):
        return
    start = span.start + found.end()
    start += len(true.reading.text[start : span.end]) - len(true.reading.text[start : span.end].lstrip())
    evidence = (Evidence.of(true.reading.text, start, span.end),)
    for kind in kinds:
        yield Case("negation taken out", "fact", true.reading, _with(true, kind=kind, evidence=evidence), named=_ACT)


def of_fact(true: TrueFact) -> Iterator[Case]:
    """Every edit of a field of the fact."""
    for edits in (_acts, _values, _actors, _speakers, _cut_off):
        yield from edits(true)


def of_article(true: TrueFact) -> Iterator[Case]:
    """The article says otherwise, and the fact, verbatim in its words, is as before.

    A negation is put only into words of a fact that has none; an act is reversed only where the fact reports its verb,
    and no other words of it say the same: "denied it, telling NPA of no such offer" still denies without its verb.
    """
    fact, exact = true.fact, true.span.exact
    negative = fact.kind in _NEGATIVE or fact.certainty.endswith("-")
    edits = {
        "negation put in": None if negative or ANY_NEGATION.search(exact) else negated(exact),
        "negation taken out": affirmed(exact) if fact.kind in _NEGATIVE else None,
        "agreed to refused": None if _SAYS_NO.search(exact) else reversed_act(exact, _REPORTED_BY.get(fact.kind, ())),
    }
    for family, words in edits.items():
        if words:
            yield _rewritten(true, family, words, _ACT)
    value = fact.value
    if value and value.as_written in exact and NUMBER.search(value.as_written):
        other = NUMBER.sub(other_number, value.as_written, count=1)
        yield _rewritten(true, "changed number", exact.replace(value.as_written, other), _VALUE)


def _rewritten(true: TrueFact, family: str, words: str, named: tuple[str, ...]) -> Case:
    """The case in which the article reads `words` instead of the fact's; every span of the fact is moved along."""
    start, end = true.span.start, true.span.end
    text = true.reading.text[:start] + words + true.reading.text[end:]
    by = len(words) - (end - start)

    def moved(left: int, right: int) -> tuple[int, int]:
        return left + by * (left >= end), right + by * (right >= end)

    reading = Reading(true.reading.article.model_copy(update={"text": text}))
    evidence = tuple(Evidence.of(text, *moved(span.start, span.end)) for span in true.fact.evidence)
    chain = tuple(
        link.model_copy(update={"cue": type(link.cue).of(text, *moved(link.cue.start, link.cue.end))})
        if link.cue
        else link
        for link in true.fact.attribution
    )
    return Case(family, "article", reading, _with(true, evidence=evidence, attribution=chain), named=named)
