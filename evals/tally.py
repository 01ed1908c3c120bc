"""Counts that add up over articles, and the figures they give."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from schemas import Schema


class Prf(Schema):
    """How many were right, of how many predicted and how many expected."""

    right: int = 0
    predicted: int = 0
    expected: int = 0

    def __add__(self, other: "Prf") -> "Prf":
        return Prf(
            right=self.right + other.right,
            predicted=self.predicted + other.predicted,
            expected=self.expected + other.expected,
        )

    def _share(self, of: int) -> float | None:
        if not self.predicted and not self.expected:
            return None
        return self.right / of if of else 0.0

    @property
    def precision(self) -> float | None:
        """Right of all predicted. 0 where nothing was predicted but something expected, None where neither was."""
        return self._share(self.predicted)

    @property
    def recall(self) -> float | None:
        """Right of all expected; 0 and None as for `precision`."""
        return self._share(self.expected)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None where nothing was predicted and nothing expected."""
        total = self.predicted + self.expected
        return 2 * self.right / total if total else None


class Rate(Schema):
    """How many were right of how many cases."""

    right: int = 0
    of: int = 0

    def __add__(self, other: "Rate") -> "Rate":
        return Rate(right=self.right + other.right, of=self.of + other.of)

    @property
    def share(self) -> float | None:
        """Right of all cases; None without cases."""
        return self.right / self.of if self.of else None


Count = TypeVar("Count", Prf, Rate)


def added(rows: Iterable[Mapping[str, Count]]) -> dict[str, Count]:
    """The counts of several articles, name by name."""
    total: dict[str, Count] = {}
    for row in rows:
        for name, count in row.items():
            total[name] = total[name] + count if name in total else count
    return total
