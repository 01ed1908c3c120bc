"""Words of an article, addressed by offset and repeated verbatim.

The selectors are those of the W3C Web Annotation Data Model: a TextPositionSelector (`start`, `end`) with a
TextQuoteSelector (`exact`, `prefix`, `suffix`). Offsets are half-open, in Unicode code points.
"""

from typing import Self

from pydantic import Field, model_validator

from schemas.base import Schema

CONTEXT = 32  # code points of prefix and suffix


class Span(Schema):
    """`text[start:end] == exact`, always; never empty."""

    start: int = Field(ge=0)
    end: int
    exact: str = Field(min_length=1)

    @model_validator(mode="after")
    def _length_fits(self) -> Self:
        if self.end - self.start != len(self.exact):
            raise ValueError(f"span [{self.start}, {self.end}) does not fit {len(self.exact)} code points of text")
        return self

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Self:
        """The span [start, end) of `text`."""
        return cls(start=start, end=end, exact=text[start:end])

    def stands_in(self, text: str) -> bool:
        """Whether these very words stand in `text` at these offsets."""
        return text[self.start : self.end] == self.exact


class Evidence(Span):
    """A span with up to `CONTEXT` code points of the text on either side."""

    prefix: str = ""
    suffix: str = ""

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Self:
        """The evidence [start, end) of `text`, with its surroundings."""
        return cls(
            start=start,
            end=end,
            exact=text[start:end],
            prefix=text[max(0, start - CONTEXT) : start],
            suffix=text[end : end + CONTEXT],
        )
