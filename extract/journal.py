"""JSON lines in, a file out that survives being killed at any moment: lines are only ever appended, one write each.

A last line that was cut short is dropped when the file is opened again. `arrange` puts the lines in order at the end of
a run, through a second file that takes the place of the first in one step. Memory holds a key and an offset a line.
"""

import os
from array import array
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Self

from extract.errors import OutputError


class Journal:
    """A file of JSON lines, each under the key that `key_of` finds in it. Of two with one key the later counts."""

    def __init__(self, path: Path, key_of: Callable[[bytes], str]) -> None:
        """Open or make the file. `key_of` raises ValueError for a line that cannot be one.

        Raises:
            OutputError: a line that ends as it should is not what `key_of` expects.
            OSError: the file cannot be written.

        """
        self.path = path
        self._key_of = key_of
        self._at: dict[str, int] = {}
        self._lines = 0
        self._file = path.open("a+b", buffering=0)
        try:
            self._end = self._index()
        except BaseException:
            self._file.close()
            raise

    def __contains__(self, key: str) -> bool:
        return key in self._at

    def __len__(self) -> int:
        return len(self._at)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._file.close()

    def append(self, key: str, line: str, *, sync: bool = True) -> None:
        """Add a line, which has no line end in it; on disk when this returns, if `sync`."""
        data = line.encode() + b"\n"
        written = self._file.write(data)
        if written != len(data):
            raise OSError(28, f"only {written} of {len(data)} bytes could be written")
        if sync:
            os.fsync(self._file.fileno())
        self._at[key] = self._end
        self._lines += 1
        self._end += len(data)

    def arrange(self, order: Iterable[str]) -> None:
        """Drop superseded lines, and put those of `order` in this order, into the places that they hold together.

        Lines of other keys keep their place. A file that is so already is not touched.
        """
        seen = array("q", (self._at[key] for key in order if key in self._at))
        places = sorted(self._at.values())
        if len(places) == self._lines and list(seen) == sorted(seen):
            return
        moved = set(seen)
        queue = iter(seen)
        offsets = [next(queue) if place in moved else place for place in places]
        self._rewrite(offsets)

    def _rewrite(self, offsets: list[int]) -> None:
        new = self.path.with_suffix(".tmp")
        with new.open("wb") as target, self.path.open("rb") as source:
            for offset in offsets:
                source.seek(offset)
                target.write(source.readline())
            target.flush()
            os.fsync(target.fileno())
        new.replace(self.path)
        self._file.close()
        self._file = self.path.open("a+b", buffering=0)
        self._end = self._index()

    def _index(self) -> int:
        """Note where each key's line begins; returns the end of the last line, after which nothing is left."""
        self._at.clear()
        self._lines = end = 0
        self._file.seek(0)
        with os.fdopen(os.dup(self._file.fileno()), "rb") as reader:
            for number, line in enumerate(reader, start=1):
                if not line.endswith(b"\n"):
                    break
                self._at[self._key(line, number)] = end
                self._lines += 1
                end += len(line)
        self._file.truncate(end)
        return end

    def _key(self, line: bytes, number: int) -> str:
        try:
            return self._key_of(line)
        except ValueError as error:
            raise OutputError(
                f"{self.path}:{number} is not a line of this file: {str(error).splitlines()[0]}",
                "Mend the line, or give another directory with -o.",
            ) from None
