"""What one edit makes of a true fact: a case to be verified, and what ought to come of it."""

from dataclasses import dataclass
from typing import Literal

from extract.reading.article import Reading
from schemas import Evidence, Fact

Edited = Literal["words", "fact", "article"]


@dataclass(frozen=True, slots=True)
class TrueFact:
    """A fact that passes every check as it is, in the article that it is about."""

    fact: Fact
    reading: Reading

    @property
    def span(self) -> Evidence:
        """Its words; the first span where it has several."""
        return self.fact.evidence[0]


@dataclass(frozen=True, slots=True)
class Case:
    """An edited fact and the article that it claims to be about.

    `words` are the claimed words where they were edited, to be found again in the text; None where `fact.evidence` is
    as it was. `expected` is the raw span that an allowed variant must be given, None for an edit that must not pass.
    `named` are the checks that ought to catch it.
    """

    family: str
    edited: Edited
    reading: Reading
    fact: Fact
    words: str | None = None
    near: int = 0
    expected: tuple[int, int] | None = None
    named: tuple[str, ...] = ()

    @property
    def must_pass(self) -> bool:
        """Whether this is an allowed variant."""
        return self.expected is not None
