"""Words that somebody claims stand in a text in; the raw span where they do out, or None.

Quotation marks, dashes, ligatures and white space may differ from the text; words, digits and their order may not. Nothing
is guessed: an invisible or look-alike character makes other words. The folded text and its offsets are computed once, and
only if a plain search finds nothing.
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
_SPECIAL = re.compile("[" + re.escape("".join(_FOLDED | _LIGATURES)) + r"]|\s+")


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

    def _raw(self, folded: int) -> int:
        _, folded_at, raw_at = self._folded
        piece = bisect_right(folded_at, folded) - 1
        return raw_at[piece] + folded - folded_at[piece]

    def locate(self, words: str, near: int = 0) -> tuple[int, int] | None:
        """The span [start, end) of the raw text that `words` repeat, the first at or after `near`, else the first at all."""
        if not words.strip():
            return None
        at = self.text.find(words, near)
        if at < 0 and near:
            at = self.text.find(words)
        if at >= 0:
            return at, at + len(words)
        wanted = fold(words).strip()
        found = self._folded[0].find(wanted)
        if found < 0:
            return None
        start, last = self._raw(found), self._raw(found + len(wanted) - 1)
        return start, last + 1


def fold(words: str) -> str:
    """`words` with marks, dashes, ligatures and white space in one form each, as the index has its text."""
    return _SPECIAL.sub(lambda match: " " if match[0].isspace() else match[0].translate(_FOLD), words)
