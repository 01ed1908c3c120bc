"""The vocabulary's codes in, the words and groups that a reader sees out."""

from collections.abc import Mapping
from string import ascii_uppercase

from extract.reading.gazetteer import country_names
from reconcile.names import OTHER, PRESS
from schemas import Certainty, Channel, DivergenceType, Kind, Severity, SourceLink, SourceRole

FAMILIES: Mapping[str, tuple[str, tuple[Kind, ...]]] = {
    "contact": ("The contact", (Kind.MEETING, Kind.SCHEDULING, Kind.TOPIC)),
    "bound": ("Bound", (Kind.AGREEMENT, Kind.COMMITMENT, Kind.DIRECTIVE)),
    "asked": ("Asked", (Kind.PROPOSAL, Kind.CONDITION, Kind.REQUEST, Kind.THREAT)),
    "withheld": ("Withheld", (Kind.REFUSAL, Kind.NON_COMMITMENT, Kind.DENIAL, Kind.NO_COMMENT, Kind.ABSENCE)),
    "view": (
        "Views",
        (
            Kind.POSITION,
            Kind.CONCERN,
            Kind.ACCUSATION,
            Kind.EXPECTATION,
            Kind.REACTION,
            Kind.STATEMENT,
            Kind.ASSESSMENT,
        ),
    ),
    "background": ("Background", (Kind.BACKGROUND_EVENT,)),
}
"""Kinds that a page colours and underlines alike, by what they do to the contact."""

FAMILY_OF = {kind: family for family, (_, kinds) in FAMILIES.items() for kind in kinds}

CERTAINTY = {
    Certainty.CERTAIN: "certain",
    Certainty.CERTAIN_NOT: "certain that not",
    Certainty.PROBABLE: "probable",
    Certainty.PROBABLE_NOT: "probably not",
    Certainty.POSSIBLE: "possible",
    Certainty.POSSIBLE_NOT: "possibly not",
    Certainty.CERTAIN_UNKNOWN: "settled, not told which way",
    Certainty.UNKNOWN: "open",
}

DIVERGENCE = {
    DivergenceType.VALUE: "Values that cannot all hold",
    DivergenceType.SCOPE: "Same act, other extent",
    DivergenceType.ATTRIBUTION: "Same claim, other source",
    DivergenceType.STANCE: "Same words, other reading",
    DivergenceType.SILENCE: "One account only",
    DivergenceType.DENIAL: "Claimed and denied",
    DivergenceType.QUOTE_DRIFT: "Other words inside the quotation marks",
    DivergenceType.INTERNAL: "At odds within one article",
    DivergenceType.STALE: "Overtaken by the event",
}

SEVERITIES = (Severity.HIGH, Severity.MEDIUM, Severity.LOW)

_ROLE = {
    SourceRole.SPEAKER: "",
    SourceRole.SPOKESPERSON: "spokesperson",
    SourceRole.RELAYER: "relays",
    SourceRole.TRANSLATOR: "translates",
    SourceRole.PUBLISHER: "",
}


def spoken(code: str) -> str:
    """A code of the vocabulary as words: `no_comment` as "no comment"."""
    return code.replace("_", " ")


def counted(count: int, one: str) -> str:
    """A count and its noun: "1 claim", "1,200 claims"."""
    return f"{count:,} {one}" + ("" if count == 1 else "s")


def letters(index: int) -> str:
    """The key of the account at `index`, counted from 0: A to Z, then AA, AB and so on."""
    key = ""
    index += 1
    while index:
        index, digit = divmod(index - 1, 26)
        key = ascii_uppercase[digit] + key
    return key


def side_name(side: str) -> str:
    """A side as a reader names it: a country by its name, and the two sides that are no party by what they hold."""
    if side in {PRESS, OTHER}:
        return "Press" if side == PRESS else "Others"
    country = country_names().get(side)
    return country.name if country else side


def link_note(link: SourceLink) -> str:
    """What a link of a chain does with the words and through what they came, "" where its name says enough."""
    notes = [_ROLE[link.role]]
    if link.on_behalf_of:
        notes.append(f"for {link.on_behalf_of}")
    if link.channel not in {Channel.UNKNOWN, Channel.TRANSLATION}:
        notes.append(spoken(link.channel))
    return ", ".join(note for note in notes if note)
