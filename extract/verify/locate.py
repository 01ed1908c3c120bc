"""Words that somebody claims stand in a text in; the raw span where they do out, or None.

Quotation marks, dashes, ligatures and white space may differ from the text; words, digits and their order may not.
Nothing is guessed: an invisible or look-alike character makes other words. The folded text and its offsets are computed
once, and only if a plain search finds nothing.
"""

import re
import unicodedata
from bisect import bisect_right
from functools import cached_property

_FOLDED = {
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‘’‚‛′", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    "\u2026": "...",
}
_LIGATURES = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_FOLD = str.maketrans(_FOLDED | _LIGATURES)
_SPACES = re.compile(r"\s+")
_SPECIAL = re.compile("[" + re.escape("".join(_FOLDED | _LIGATURES)) + r"]|\s+")
# A place inside a word, a number, or a negation that belongs to the word before or behind it.
_INSIDE = re.compile(
    r"(?<=\w)(?=\w)(?!(?<=[a-z])[A-Z])"  # but for a headline that runs into the text
    r"|(?<=\d)(?=[.,]\d)|(?<=\d[.,])(?=\d)|(?<=n)(?=[’']t\b)|(?<=\b[Nn]on-)(?=\w)"
)


class TextIndex:
    """Finds words in one text. Made once an article."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _folded(self) -> tuple[str, list[int], list[int]]:
        """The folded text, and for each piece that differs where it begins there and in the raw text."""
        pieces: list[str] = []
        folded_at, raw_at = [0], [0]
        length = at = 0
        for match in _SPECIAL.finditer(self.text):
            piece = " " if match[0].isspace() else match[0].translate(_FOLD)
            plain = self.text[at : match.start()]
            pieces += [plain, piece]
            length += len(plain) + len(piece)
            at = match.end()
            if len(piece) != len(match[0]):
                folded_at.append(length)
                raw_at.append(at)
        pieces.append(self.text[at:])
        return "".join(pieces), folded_at, raw_at

    def locate(self, words: str, near: int = 0) -> tuple[int, int] | None:
        """The span [start, end) of raw text that `words` repeat: the first at or after `near`, else the first at all.

        Words are found as whole words only: "able to agree" does not stand in "unable to agree", nor "5" in "2.5".
        Where they stand verbatim, other typography of them is not looked for.
        """
        if not words.strip():
            return None
        found = self._verbatim(words, near) or self._typeset(words, near)
        if found is None and near:
            return self._verbatim(words, 0) or self._typeset(words, 0)
        return found

    def _verbatim(self, words: str, near: int) -> tuple[int, int] | None:
        at = _find(self.text, words, near)
        return (at, at + len(words)) if at >= 0 else None

    def _typeset(self, words: str, near: int) -> tuple[int, int] | None:
        wanted = fold(words).strip()
        text, folded_at, raw_at = self._folded
        at = _find(text, wanted, _moved(near, raw_at, folded_at))
        if at < 0:
            return None
        start, end = _moved(at, folded_at, raw_at), _moved(at + len(wanted), folded_at, raw_at)
        return (start, end) if fold(self.text[start:end]) == wanted else None  # not where an ellipsis is cut in two


def _moved(offset: int, old: list[int], new: list[int]) -> int:
    """`offset` of one text in the other; `old` and `new` are where the pieces begin that shift it."""
    piece = bisect_right(old, offset) - 1
    return new[piece] + offset - old[piece]


def _find(text: str, words: str, near: int) -> int:
    """Where `words` stand first in `text` from `near` on, as whole words; -1 where they do not."""
    at = text.find(words, near)
    if at < 0 or not cuts_a_word(text, at, at + len(words)):
        return at
    found = re.compile(f"(?!{_INSIDE.pattern}){re.escape(words)}(?!{_INSIDE.pattern})").search(text, at + 1)
    return found.start() if found else -1


def cuts_a_word(text: str, start: int, end: int) -> bool:
    """Whether [start, end) begins or ends inside a word or number: what is left of it may mean something else."""
    return _is_inside(text, start) or _is_inside(text, end)


def _is_inside(text: str, at: int) -> bool:
    beside = text[max(0, at - 1) : at + 1]
    return not (len(beside) < 2 or beside[0].isspace() or beside[1].isspace()) and bool(_INSIDE.match(text, at))


def fold(words: str) -> str:
    """`words` with marks, dashes, ligatures and white space in one form each, as the index has its text."""
    return _SPACES.sub(" ", words.translate(_FOLD))
