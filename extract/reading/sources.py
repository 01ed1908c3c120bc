"""Sentences, quotations and names in; who says each stretch of the text out, as attribution chains.

A *frame* is a stretch of one sentence and the chain that answers for it, outermost first, without the article itself.
What no frame covers is the writer's. A quotation without a cue takes the source of its neighbours.
"""

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from extract.reading.chains import Frame, link
from extract.reading.dates import WEEKDAY
from extract.reading.frames import ASKED, SentenceFrames
from extract.reading.mentions import Mention
from extract.reading.names import Names
from extract.reading.quotes import Quotation
from extract.reading.referents import Referents
from extract.reading.segment import Sentence
from extract.reading.stretches import overlapping
from schemas import Channel, SourceType, Span

_SAYS = re.compile(r"\b(?:sa(?:id|ys?)|told|tells?|according to|add(?:s|ed)|wrote|posted)\b", re.IGNORECASE)
# The title of a text that is itself what one side publishes of a contact, or both do.
_READOUT_TITLE = re.compile(
    r"(?:Readout|Read-out|Summary)\sof\b|Joint\s(?:[A-Z]\w+\s){0,2}(?:[Ss]tatement|[Cc]ommuniqu\w+|[Dd]eclaration)\b"
    r"|(?:Telephone|Phone|Video)\s(?:conversation|call|talk)s?\s(?:with|between)\b"
    r"|(?:[A-Z][\w.-]*\s|of\s|the\s){0,6}[A-Z][\w.-]*[’']s?\s(?:[Pp]hone\s)?(?:[Cc]all|[Cc]onversation|[Mm]eeting)\s[Ww]ith\b"
)
# Said to the public, so outside the contact.
_TO_THE_PUBLIC = re.compile(
    r"\b(?:reporters|journalists|wrote|posted|according to|earlier|later)\b"
    rf"|{WEEKDAY}\b"
)
_ASKS = re.compile(r"\b(?:Q|Question|Moderator|Operator|(?:Co-)?[Hh]ost|Interpreter|Reporter|Journalist)\b")
_DAY_REACH = 14  # code points behind attributing words: "on Wednesday"
_MOSTLY = 0.7  # of a sentence inside quotation marks makes it a quoted one
_AT_THE_START = 4  # sentences, in which an article says whose account it relays
_LONG = 6  # sentences
_CLOSING = "”\"'’»"


class AccountOf(NamedTuple):
    """The one office whose account an article relays, by its first frame; sentences before `until` go on with it."""

    frame: Frame
    until: int


def single_account(frames: Sequence[Frame], parties: Collection[str], sentences: int) -> AccountOf | None:
    """The account of one office that a whole article relays from the start, as those of a state agency do.

    It goes on until somebody speaks who is neither that office nor one of the `parties` within the contact; one that is
    over at once is a source among others.
    """
    first = next((frame for frame in frames if _is_readout(frame)), None)
    if first is None or first.number > _AT_THE_START:
        return None

    def goes_on(frame: Frame) -> bool:
        same = _is_readout(frame) and frame.chain[-1].name == first.chain[-1].name
        return frame.number <= first.number or same or _is_party(frame, parties)

    until = next((frame.number for frame in frames if not goes_on(frame)), sentences + 1)
    return AccountOf(first, until) if until - first.number >= _LONG else None


def _is_readout(frame: Frame) -> bool:
    return frame.chain[-1].type is SourceType.OFFICE and frame.chain[-1].channel is Channel.OFFICIAL_READOUT


def _is_party(frame: Frame, parties: Collection[str]) -> bool:
    """Whether a party of the contact "stressed" something, which it did in there; what it "said" may be of later."""
    return _is_of_party(frame, parties) and not _SAYS.search(_cue(frame))


def _is_of_party(frame: Frame, parties: Collection[str]) -> bool:
    """Whether a party of the contact says it, nobody relays it, and no channel is named."""
    named = frame.speaker is not None and frame.speaker.name in parties
    return named and len(frame.chain) == 1 and frame.chain[0].channel is Channel.UNKNOWN


def _cue(frame: Frame) -> str:
    """The words that attribute what an innermost source says."""
    cue = frame.chain[-1].cue
    return cue.exact if cue else ""


class Attributed(NamedTuple):
    """The frames of a text, in order; whether it is an account of one side, or of both; its sentences that only ask."""

    frames: list[Frame]
    is_account: bool
    asking: frozenset[int]


class Attributor:
    """Walks the sentences of one text in order, remembering who spoke last; used once."""

    def __init__(self, text: str, masked: str, names: Names, quotations: list[Quotation]) -> None:
        self.text, self.quotations = text, quotations
        self.referents = Referents(text, masked, names)
        self.frames = SentenceFrames(text, masked, self.referents)

    def read(self, sentences: list[Sentence]) -> Attributed:
        """Who says what in all sentences."""
        turns = self._turns(sentences)
        if turns:
            return turns
        found: list[Frame] = []
        waiting: list[Sentence] = []  # quoted sentences without a source of their own
        previous: Frame | None = None
        for sentence in sentences:
            here = self.frames.read(sentence)
            if here is None and self._is_quoted(sentence):
                if previous and not waiting and sentences[previous.number - 1].paragraph == sentence.paragraph:
                    previous = _carried(previous, sentence)
                    found.append(previous)
                else:
                    waiting.append(sentence)
            else:
                owner = here if here and self._answers(here, sentence, waiting) else previous
                found += [_carried(owner, quoted) for quoted in waiting if owner]
                waiting = []
            if here:
                if previous and sentences[previous.number - 1].paragraph == sentence.paragraph:
                    here = self._in_account(here, sentence, previous)
                found.append(here)
                self.referents.remember(here)
                previous = here
            self.referents.note_subject(sentence.start, sentence.end)
        found += [_carried(previous, quoted) for quoted in waiting if previous]
        parties = self.referents.names.parties
        is_account = self._is_account(found, sentences, parties)
        if is_account:
            found = [frame for frame in found if self._quotes(sentences[frame.number - 1])]
        found.sort(key=lambda f: (f.number, f.start))
        account = single_account(found, parties, len(sentences))
        return Attributed(
            [self._retold(frame, sentences, account, parties) for frame in found], is_account, frozenset()
        )

    def _turns(self, sentences: list[Sentence]) -> Attributed | None:
        """Who says what in a transcript: all of a turn is said by whose it is. None for any other text."""
        found: list[Frame] = []
        asking: set[int] = set()
        turn: Frame | None = None
        for sentence in sentences:
            if sentence.label:
                turn = self._turn(sentence)
            elif turn and _ASKS.search(turn.chain[-1].name):
                asking.add(sentence.number)
            elif turn:
                found.append(_carried(turn, sentence))
        return Attributed(found, is_account=False, asking=frozenset(asking)) if turn else None

    def _turn(self, sentence: Sentence) -> Frame:
        """Who speaks behind a label ("MS. TARN:"), to the press."""
        label = self.text[sentence.start : sentence.end].rstrip(":")
        last = label.split()[-1].lower()
        known = (name for name in self.referents.names.persons if name.split()[-1].lower() == last)
        name = next(known, " ".join(word.capitalize() for word in label.split()))
        anonymous = "OFFICIAL" in label
        mention = Mention(
            sentence.start,
            sentence.end,
            "group" if anonymous else "person",
            name.lower() if anonymous else name,
            title="described" if anonymous else "",
        )
        cue = Span.of(self.text, sentence.start, sentence.end)
        said = link(mention, Channel.PRESS_BRIEFING, cue)
        return Frame(sentence.number, sentence.start, sentence.end, (said,), mention)

    def _is_account(self, frames: Sequence[Frame], sentences: Sequence[Sentence], parties: Collection[str]) -> bool:
        """Whether the text is itself what one side says of the contact: by its title, or as nobody else tells of it."""
        title, _, rest = self.text.lstrip().partition("\n")
        if rest and title.rstrip()[-1:].isalnum() and _READOUT_TITLE.match(title):
            return True
        own = [frame for frame in frames if not self._quotes(sentences[frame.number - 1])]
        others = any(frame.speaker is None or frame.speaker.name not in parties for frame in frames)
        if len(parties) < 2 or others or any(ASKED.match(self.text, s.start, s.end) for s in sentences):
            return False
        return all(self._within_contact(frame, parties) for frame in own)

    def _within_contact(self, frame: Frame, parties: Collection[str]) -> bool:
        """Whether a party may have said it in the contact: to nobody else, and on no day that is named beside it."""
        cue = frame.chain[-1].cue
        near = self.text[cue.start : cue.end + _DAY_REACH] if cue else ""
        return _is_of_party(frame, parties) and not _TO_THE_PUBLIC.search(near)

    def _retold(
        self, frame: Frame, sentences: list[Sentence], account: AccountOf | None, parties: Collection[str]
    ) -> Frame:
        """The frame; where the account that the article relays tells what a party stressed, it is the account's."""
        within = account and account.frame.number < frame.number < account.until
        if account and within and _is_party(frame, parties):
            return _carried(account.frame, sentences[frame.number - 1])
        return frame

    def _quotes(self, sentence: Sentence) -> bool:
        return bool(overlapping(self.quotations, sentence.start, sentence.end))

    def _in_account(self, frame: Frame, sentence: Sentence, previous: Frame) -> Frame:
        """The same frame; where a party "stressed" something right behind an office's account, that account goes on."""
        parties = self.referents.names.parties
        goes_on = sentence.number - previous.number == 1 and _is_readout(previous)
        return _carried(previous, sentence) if goes_on and _is_party(frame, parties) else frame

    def _answers(self, frame: Frame, sentence: Sentence, waiting: list[Sentence]) -> bool:
        """Whether a source that stands behind its own words also said the quoted sentences before them."""
        if not waiting or frame.start > sentence.start + 1:
            return False
        return waiting[-1].paragraph == sentence.paragraph or self._runs_on(waiting[-1], sentence)

    def _runs_on(self, quoted: Sentence, sentence: Sentence) -> bool:
        """Whether a quotation runs from one paragraph into the next: left open there, and opened again here."""
        last = overlapping(self.quotations, quoted.end - 2, quoted.end)
        left_open = any(self.text[q.end : q.end + 1] not in _CLOSING for q in last)
        return left_open and sentence.paragraph == quoted.paragraph + 1

    def _is_quoted(self, sentence: Sentence) -> bool:
        """Whether most of a sentence stands inside quotation marks."""
        inside = overlapping(self.quotations, sentence.start, sentence.end)
        if not inside or inside[0].start > sentence.start + 1:  # a mark in the middle quotes a part, or is no quotation
            return False
        quoted = sum(min(q.end, sentence.end) - max(q.start, sentence.start) for q in inside)
        return quoted >= _MOSTLY * (sentence.end - sentence.start)


def _carried(frame: Frame, sentence: Sentence) -> Frame:
    return frame._replace(number=sentence.number, start=sentence.start, end=sentence.end)
