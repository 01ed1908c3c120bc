"""Stretches of one text in order, none overlapping another, in; those that lie in a part of it out."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter
from typing import Protocol, TypeVar


class Stretch(Protocol):
    """Anything with half-open offsets."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends."""


S = TypeVar("S", bound=Stretch)
START, END = attrgetter("start"), attrgetter("end")


def overlapping(stretches: Sequence[S], start: int, end: int) -> Sequence[S]:
    """Those that share a code point with [start, end)."""
    first = bisect_right(stretches, start, key=END)
    return stretches[first : bisect_left(stretches, end, key=START)]


def beginning_in(stretches: Sequence[S], start: int, end: int) -> Sequence[S]:
    """Those that begin in [start, end)."""
    return stretches[bisect_left(stretches, start, key=START) : bisect_left(stretches, end, key=START)]
