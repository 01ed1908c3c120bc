"""An expression and the words that it cannot do without in; its matches out, looked for only where those words stand.

Many times quicker than trying the expression everywhere: where each word of a text stands is worked out once.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

_WORD = re.compile(r"[a-z]+|[0-9]+(?::[0-9]+)?")
_DIGIT = re.compile(r"[0-9]")


class Keyed:
    """A regular expression of which every match has one of `keys` in it.

    Keys are words in lower case, of letters a to z alone, or numbers with a zero for each digit ("00:00"). Where case
    is ignored, `expression` is in lower case, too: it is sought in the text in lower case, where what does not fit is
    told sooner, and tried on the text itself where it is found there. `reach` is how many code points a match of `near`
    has at most ahead of a key.
    """

    def __init__(self, expression: str, keys: str, flags: int = 0, reach: int = 40) -> None:
        self.pattern, self.keys, self.reach = re.compile(expression, flags), frozenset(keys.split()), reach
        self._lower = re.compile(expression, flags & ~re.IGNORECASE) if flags & re.IGNORECASE else None

    def search(self, text: str, start: int, end: int, words: "Words | None" = None) -> re.Match[str] | None:
        """As of the expression. `words` are those of `text`, or of the text that it is a masked copy of."""
        places = (words or words_of(text)).places(self.keys)
        at = bisect_left(places, start)
        return self.pattern.search(text, start, end) if at < len(places) and places[at] < end else None

    def beginning(self, text: str, start: int, end: int, words: "Words") -> Iterator[re.Match[str]]:
        """Matches in [start, end), in order, of an expression whose matches all begin with a key; as `search`."""
        places = words.places(self.keys)
        for at in places[bisect_left(places, start) : bisect_left(places, end)]:
            match = self.pattern.match(text, at, end) if at >= start else None
            if match:
                yield match
                start = match.end()

    def near(self, text: str) -> Iterator[re.Match[str]]:
        """Matches in `text`, in order, of an expression whose matches all begin with a word."""
        words, free = words_of(text), 0
        quick, where = (self._lower, words.low) if self._lower else (self.pattern, text)
        for key in words.places(self.keys):
            for at in words.starting(max(free, key - self.reach), key + 1):
                if at >= free and quick.match(where, at) and (match := self.pattern.match(text, at)):
                    yield match
                    free = match.end()
            free = max(free, key + 1)


class Words:
    """Where each word of a text stands, in lower case, and each number, by its shape."""

    def __init__(self, text: str) -> None:
        self.low = lowered(text)
        self.at: defaultdict[str, list[int]] = defaultdict(list)
        self._places: dict[frozenset[str], list[int]] = {}
        self._starts: list[int] = []
        for match in _WORD.finditer(self.low):
            word, at = match[0], match.start()
            self.at[word if word[0] > "9" else _DIGIT.sub("0", word)].append(at)
            self._starts.append(at)

    def starting(self, start: int, end: int) -> list[int]:
        """Where a word begins in [start, end), in order."""
        return self._starts[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def places(self, keys: frozenset[str]) -> list[int]:
        """Where one of `keys` begins, in order."""
        found = self._places.get(keys)
        if found is None:
            found = self._places[keys] = sorted([at for key in keys if key in self.at for at in self.at[key]])
        return found


@lru_cache(maxsize=2)
def words_of(text: str) -> Words:
    """The words of a text, worked out once while it is being read."""
    return Words(text)


def lowered(text: str) -> str:
    """`text` in lower case, each code point where it was: one that would become two stays as it is."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(one.lower() if len(one.lower()) == 1 else one for one in text)
