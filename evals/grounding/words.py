"""True words in; the same words in another typography, and words that nobody wrote, out."""

import re
from collections.abc import Callable, Container, Iterator

from evals.grounding.case import Case, TrueFact
from evals.grounding.lexicon import AUXILIARY, INVISIBLE, LOOK_ALIKES, NOT, NUMBER, PAST, TAILS, VERBS, other_number
from extract.reading.article import Reading

_STRAIGHT = str.maketrans("“”„«»‘’‚", '"""""\'\'\'')
_CURLY = str.maketrans("\"'", "”’")
_DASHES = ("-", "‐", "‑", "–", "—")
_LIGATURES = {"ffi": "ﬃ", "ffl": "ﬄ", "ff": "ﬀ", "fi": "ﬁ", "fl": "ﬂ"}
_SPACES = ("\u00a0", "\u202f", "\u2009")

Variant = Callable[[str, int], str]


def _quotes(words: str, turn: int) -> str:
    return words.translate(_STRAIGHT if turn % 2 == 0 else _CURLY)


def _spaces(words: str, turn: int) -> str:
    return words.replace(" ", ("  ", " \n", "\t ")[turn % 3])


def _dashes(words: str, turn: int) -> str:
    return re.sub("[-‐‑‒–—−]", _DASHES[turn % len(_DASHES)], words)


def _ligatures(words: str, _turn: int) -> str:
    for plain, ligature in _LIGATURES.items():
        words = words.replace(plain, ligature)
    return words


def _fixed_spaces(words: str, turn: int) -> str:
    return words.replace(" ", _SPACES[turn % len(_SPACES)])


VARIANTS: dict[str, Variant] = {
    "straight quotes": _quotes,
    "double spaces": _spaces,
    "dashes": _dashes,
    "ligatures": _ligatures,
    "non-breaking spaces": _fixed_spaces,
}


def allowed(true: TrueFact, turn: int) -> Iterator[Case]:
    """Variants of the words, in the claim or in the article; each must be given its exact raw span."""
    span, reading = true.span, true.reading
    for family, vary in VARIANTS.items():
        words = vary(span.exact, turn)
        if words == span.exact:
            continue
        yield Case(family, "words", reading, true.fact, words, span.start, (span.start, span.end))
        if reading.text.count(span.exact) > 1:
            continue  # elsewhere they stand as claimed, and that span is as true
        text = reading.text[: span.start] + words + reading.text[span.end :]
        moved = Reading(reading.article.model_copy(update={"text": text}))
        yield Case(family, "article", moved, true.fact, span.exact, span.start, (span.start, span.start + len(words)))


def negated(words: str) -> str | None:
    """`words` with a negation put in; None where there is no place for one."""
    if found := PAST.search(words):
        return f"{words[: found.start()]}did not {VERBS[found[0]][0]}{words[found.end() :]}"
    if found := AUXILIARY.search(words):
        return f"{words[: found.end()]} not{words[found.end() :]}"
    return None


def affirmed(words: str) -> str | None:
    """`words` with a negation taken out; None where there is none."""
    return NOT.sub(lambda found: found[1] or "", words, count=1) if NOT.search(words) else None


def reversed_act(words: str, verbs: Container[str] = VERBS) -> str | None:
    """`words` with the first of `verbs` turned into its opposite; None where the first verb is none of them."""
    found = PAST.search(words)
    if not found or found[0] not in verbs:
        return None
    return f"{words[: found.start()]}{VERBS[found[0]][1]}{words[found.end() :]}"


def renumbered(words: str) -> str | None:
    """`words` with the first number changed; None where there is none."""
    return NUMBER.sub(other_number, words, count=1) if NUMBER.search(words) else None


def with_other_name(true: TrueFact) -> str | None:
    """The words with somebody named in them replaced by somebody named elsewhere."""
    span, names = true.span, true.reading.names
    inside = [m for m in names.within(span.start, span.end) if m.type == "person" and m.end <= span.end]
    if not inside:
        return None
    other = next((p for p in names.persons if p not in {m.name for m in inside}), None)
    if other is None:
        return None
    at = inside[0]
    return span.exact[: at.start - span.start] + other + span.exact[at.end - span.start :]


def joined(true: TrueFact, other: TrueFact) -> str | None:
    """The first half of the words and the second half of others from far away."""
    left, right = true.span.exact.split(), other.span.exact.split()
    if min(len(left), len(right)) < 4 or abs(true.span.start - other.span.start) < 200:
        return None
    return " ".join([*left[: len(left) // 2], *right[len(right) // 2 :]])


def invisible(words: str, turn: int) -> str:
    """`words` with a character that nobody sees in the middle of a word."""
    at = max(re.finditer(r"\w{3,}", words), key=lambda word: len(word[0]), default=None)
    place = at.start() + 2 if at else len(words) // 2
    return words[:place] + INVISIBLE[turn % len(INVISIBLE)] + words[place:]


def forbidden(true: TrueFact, other: TrueFact, turn: int) -> Iterator[Case]:
    """Words that do not stand in the article: each must be rejected for want of evidence."""
    exact = true.span.exact
    edits: dict[str, str | None] = {
        "negation put in": negated(exact),
        "negation taken out": affirmed(exact),
        "agreed to refused": reversed_act(exact),
        "changed number": renumbered(exact),
        "swapped actor": with_other_name(true),
        "joined words": joined(true, other),
        "invented tail": exact + TAILS[turn % len(TAILS)],
        "homoglyphs": exact.translate(LOOK_ALIKES) if turn % 2 else _one_look_alike(exact),
        "zero-width characters": invisible(exact, turn),
    }
    for family, words in edits.items():
        if words and words != exact:
            yield Case(family, "words", true.reading, true.fact, words, true.span.start, named=("evidence",))


def _one_look_alike(words: str) -> str:
    at = next((i for i, letter in enumerate(words) if letter != letter.translate(LOOK_ALIKES)), None)
    return words if at is None else words[:at] + words[at].translate(LOOK_ALIKES) + words[at + 1 :]
