"""An article as read: its text, and what is known of it from outside the text."""

import hashlib
from datetime import date
from functools import cached_property

from schemas.base import Schema


class ArticleInfo(Schema):
    """What a record keeps of an article: everything but the text.

    `sha256` is the hex digest of the text in UTF-8, `chars` its length in Unicode code points. `anchor_date` is the day
    that relative words ("Tuesday", "last week") resolve against; None where nobody supplied one.
    """

    id: str
    sha256: str
    title: str | None = None
    outlet: str | None = None
    anchor_date: date | None = None
    chars: int


class Article(Schema):
    """One article. Offsets in readouts are half-open code-point positions in `text`, which is never changed."""

    id: str
    text: str
    title: str | None = None
    outlet: str | None = None
    anchor_date: date | None = None

    @cached_property
    def info(self) -> ArticleInfo:
        """The article without its text."""
        return ArticleInfo(
            id=self.id,
            sha256=hashlib.sha256(self.text.encode()).hexdigest(),
            title=self.title,
            outlet=self.outlet,
            anchor_date=self.anchor_date,
            chars=len(self.text),
        )
