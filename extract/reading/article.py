"""An article in; everything that can be read off its text without a model out: the common ground of all strategies."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

from extract.reading.chains import Frame
from extract.reading.cues import Cues
from extract.reading.names import Names, find_names
from extract.reading.quotes import Quotation, find_quotations, mask
from extract.reading.segment import Sentence, sentences
from extract.reading.sources import AccountOf, Attributed, Attributor, single_account
from extract.reading.values import FoundValue, read_values
from schemas import Article, SourceLink, SourceRole, SourceType


@dataclass(frozen=True)
class Reading:
    """One article, read. Every part is computed once, when first asked for; all offsets are into `article.text`."""

    article: Article

    @cached_property
    def text(self) -> str:
        """The article's text, untouched."""
        return self.article.text

    @cached_property
    def sentences(self) -> list[Sentence]:
        """Numbered sentences."""
        return sentences(self.text)

    @cached_property
    def quotations(self) -> list[Quotation]:
        """Words between quotation marks."""
        return find_quotations(self.text)

    @cached_property
    def masked(self) -> str:
        """The text with quoted words blanked out."""
        return mask(self.text, self.quotations)

    @cached_property
    def cues(self) -> Cues:
        """Which words report which kind of act."""
        return Cues(self.text)

    @cached_property
    def names(self) -> Names:
        """Who is named where."""
        return find_names(self.text, self.sentences)

    @cached_property
    def values(self) -> list[FoundValue]:
        """Durations, instants, dates and amounts, in order."""
        return read_values(self.text, self.article.anchor_date)

    @cached_property
    def frames(self) -> list[Frame]:
        """Who says what, beside the writer: at most one frame a sentence, in order."""
        return self._attributed.frames

    @property
    def is_account(self) -> bool:
        """Whether the text is itself what one side, or both, publish of the contact."""
        return self._attributed.is_account

    @property
    def asking(self) -> frozenset[int]:
        """The numbers of sentences in which those who have the word only ask, or give it to others."""
        return self._attributed.asking

    @cached_property
    def _attributed(self) -> Attributed:
        return Attributor(self.text, self.masked, self.names, self.quotations).read(self.sentences)

    @cached_property
    def account(self) -> AccountOf | None:
        """The one office whose account the article relays; None for any other article."""
        return single_account(self.frames, self.names.parties, len(self.sentences))

    def account_of(self, sentence: Sentence) -> Frame | None:
        """The frame of that account where it goes on in a sentence."""
        account = self.account
        return account.frame if account and account.frame.number < sentence.number < account.until else None

    def frame_of(self, sentence: Sentence) -> Frame | None:
        """The frame of a sentence; None where all of it is the writer's."""
        return self._frame_at.get(sentence.number)

    @cached_property
    def _frame_at(self) -> dict[int, Frame]:
        return {frame.number: frame for frame in self.frames}

    def frames_around(self, sentence: Sentence) -> tuple[Frame | None, Frame | None]:
        """The last frame of an earlier sentence, and the first of a later one."""
        before = bisect_left(self.frames, sentence.number, key=_number)
        after = bisect_right(self.frames, sentence.number, key=_number)
        return (
            self.frames[before - 1] if before else None,
            self.frames[after] if after < len(self.frames) else None,
        )

    @cached_property
    def publisher(self) -> SourceLink:
        """The outermost link of every chain: the article itself."""
        return SourceLink(name=self.article.outlet or "article", type=SourceType.WRITER, role=SourceRole.PUBLISHER)


def _number(frame: Frame) -> int:
    return frame.number
