"""Sentences, quotations and names in; who says each stretch of the text out, as attribution chains.

A *frame* is a stretch of one sentence and the chain that answers for it, outermost first, without the article itself. What
no frame covers is the writer's. Frames come from four patterns: a speech verb with its subject ("X said that …"), the same
behind its content ("…, said X"), "according to X", and "reportedly". A quotation without a cue takes the source of its
neighbours; "the statement", "the source" and pronouns resolve to the last source of that sort.
"""

import re
from dataclasses import dataclass, replace

from extract.reading.mentions import Mention
from extract.reading.names import Names
from extract.reading.quotes import Quotation
from extract.reading.segment import Sentence
from schemas import Anonymity, Channel, SourceLink, SourceRole, SourceType, Span

_VERB = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|stat(?:es?|ed|ing)|told|tells?|telling|add(?:s|ed|ing)|not(?:es?|ed|ing)|announc(?:es?|ed|ing)"
    r"|report(?:s|ed)|wr(?:ites?|ote)|post(?:s|ed)|claim(?:s|ed|ing)|confirm(?:s|ed)|declar(?:es?|ed|ing)|explain(?:s|ed)"
    r"|insist(?:s|ed)|stress(?:es|ed)|emphasi[sz](?:es?|ed)|reveal(?:s|ed)|indicat(?:es?|ed)|reiterat(?:es?|ed)"
    r"|conclud(?:es?|ed)|continued|remark(?:s|ed)|comment(?:s|ed)|argu(?:es?|ed)|acknowledg(?:es?|ed)|warn(?:s|ed)"
    r"|caution(?:s|ed)|reads?|summari[sz](?:es?|ed)|suggest(?:s|ed)|denied|denies|recall(?:s|ed)|assert(?:s|ed)|tweeted"
    r"|accus(?:es?|ed)|prais(?:es?|ed)|hail(?:s|ed)|hint(?:s|ed)|signal(?:s|ed|led)|express(?:es|ed)|joked|mused)\b"
)
_AUXILIARY = re.compile(
    r"(?:,\s(?:meanwhile|however|in turn|for (?:his|her|its|their) part),\s?)?\s?"
    r"(?:\b(?:has|have|had|also|later|further|previously|repeatedly|separately|then|publicly|again|earlier|meanwhile|however"
    r"|subsequently|reportedly|already|went on to)\b\s?)*$"
)
_ACCORDING = re.compile(r"\b[Aa]ccording to\s")
_REPORTEDLY = re.compile(r"\b(?:reportedly|allegedly)\b", re.IGNORECASE)
_RELAY = re.compile(
    r"\b(?:as (?:reported|quoted|cited|carried|relayed) (?:by|in)|(?:reported|quoted|cited|carried|relayed|translated) by"
    r"|citing|shared through|quoting)\s"
)
_TRANSLATION = re.compile(r"\btranslat(?:ion|ed)\b")
_DOCUMENT = re.compile(
    r"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir)\s(?:[\w.’'-]+\s){0,3}(?:statement|readout|read-out|summary|communiqu[eé]|account|release|declaration)\b"
)
_SOMEONE = re.compile(
    r"\b[Tt]he\s(?:same\s)?(?:source|official|person|spokes(?:man|woman|person)|diplomat|aide|envoy|adviser)\b"
)
_HE = re.compile(r"\b(?:[Hh]e|[Ss]he)\b")
_THEY = re.compile(r"\b(?:[Tt]hey)\b")
_TAIL_START = re.compile(
    r"\s?(?:[.,;”’\"]|$|(?:to|with|in|on|at|during|aboard|via|after|before|ahead|of|by|from|for|late|early|last|again|yesterday"
    r"|today|earlier|without|when|as|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b)"
)
_THAT = re.compile(r"\bthat\b|:|[“\"«„]")
_CHANNELS: tuple[tuple[Channel, re.Pattern[str]], ...] = (
    (Channel.OFFICIAL_READOUT, re.compile(r"\b(?:readout|read-out|summary of the (?:\w+\s)?(?:call|talks|conversation|meeting))\b")),
    (Channel.SOCIAL_POST, re.compile(
        r"\b(?:post(?:ed|s)?\b|tweet\w*|social media|social network|wrote on|on (?:X|Twitter|Telegram|Facebook|Truth Social|Weibo)\b)"
    )),
    (Channel.TO_REPORTERS, re.compile(r"\b(?:told|to|with)\s(?:the\s)?(?:reporters|journalists|media|press)\b")),
    (Channel.PRESS_BRIEFING, re.compile(r"\b(?:press (?:briefing|conference)|news conference|briefing)\b")),
    (Channel.INTERVIEW, re.compile(r"\binterview\b")),
    (Channel.ADDRESS, re.compile(r"\b(?:address|speech|remarks to|addressing)\b")),
    (Channel.STATEMENT, re.compile(r"\b(?:statement|communiqu[eé]|press release|declaration|letter)\b")),
)  # fmt: skip
_TYPES = {
    "person": SourceType.PERSON,
    "office": SourceType.OFFICE,
    "country": SourceType.OFFICE,
    "organisation": SourceType.OFFICE,
    "agency": SourceType.AGENCY,
    "outlet": SourceType.OUTLET,
    "group": SourceType.ANONYMOUS,
}
_RELAYERS = ("agency", "outlet")


@dataclass(frozen=True, slots=True)
class Frame:
    """`chain` answers for the code points [start, end) of sentence `number`; `speaker` is the mention it ends in."""

    number: int
    start: int
    end: int
    chain: tuple[SourceLink, ...]
    speaker: Mention | None = None


def _issues_readouts(mention: Mention) -> bool:
    """A seat of government that speaks of a contact does so in its readout."""
    return mention.type == "office" and not mention.name.endswith("administration")


def link(mention: Mention, channel: Channel, cue: Span | None, role: SourceRole = SourceRole.SPEAKER) -> SourceLink:
    """A chain link for a named source."""
    anonymity = Anonymity.NAMED
    if mention.type == "group":
        anonymity = Anonymity.DESCRIBED if mention.title else Anonymity.UNNAMED
        if channel is Channel.UNKNOWN and re.search(
            r"\b(?:sources?|person|people|insiders?|informed|familiar)\b", mention.name
        ):
            channel = Channel.LEAK
    if channel in (Channel.UNKNOWN, Channel.STATEMENT) and _issues_readouts(mention):
        channel = Channel.OFFICIAL_READOUT
    spokes = "spokes" in mention.title or (mention.type == "group" and "spokes" in mention.name)
    return SourceLink(
        name=mention.name,
        type=_TYPES.get(mention.type, SourceType.OFFICE),
        role=SourceRole.SPOKESPERSON if spokes and role is SourceRole.SPEAKER else role,
        on_behalf_of=mention.of if spokes else None,
        channel=channel,
        anonymity=anonymity,
        cue=cue,
    )


class Attributor:
    """Walks the sentences of one text in order, remembering who spoke last; used once."""

    def __init__(self, text: str, masked: str, names: Names, quotations: list[Quotation]) -> None:
        self.text, self.masked, self.names, self.quotations = text, masked, names, quotations
        self.last_office: Frame | None = None
        self.last_person: Frame | None = None
        self.last_anonymous: Frame | None = None
        self.last_subject: Mention | None = None

    def read(self, sentences: list[Sentence]) -> list[Frame]:
        """The frames of all sentences, in order."""
        frames: list[Frame] = []
        pending: list[Sentence] = []  # quoted sentences that wait for a source behind them
        previous: Frame | None = None
        for sentence in sentences:
            here = self._frames(sentence)
            if not here and self._is_quoted(sentence):
                pending.append(sentence)
                here = []
            elif here and pending and pending[-1].paragraph == sentence.paragraph and self._trails(sentence, here[-1]):
                frames += [_carried(here[-1], waiting) for waiting in pending]
                pending = []
            if not pending or here:
                frames += [_carried(previous, waiting) for waiting in pending if previous]
                pending = []
            frames += here
            for frame in here:
                self._remember(frame)
                previous = frame
            if pending and previous and self._continues(pending[-1], previous, sentences):
                frames.append(_carried(previous, pending.pop()))
            self._note_subject(sentence)
        frames += [_carried(previous, waiting) for waiting in pending if previous]
        return sorted(frames, key=lambda f: (f.number, f.start))

    def _continues(self, sentence: Sentence, previous: Frame, sentences: list[Sentence]) -> bool:
        """Whether a quoted sentence goes on with the quotation of the frame before it, in the same paragraph."""
        before = sentences[previous.number - 1]
        return before.paragraph == sentence.paragraph

    def _trails(self, sentence: Sentence, frame: Frame) -> bool:
        """Whether the sentence's source stands behind what it says, so that quoted sentences before it are its own too."""
        return frame.start <= sentence.start + 1 or frame.end <= frame.start

    def _is_quoted(self, sentence: Sentence) -> bool:
        quoted = sum(
            min(q.end, sentence.end) - max(q.start, sentence.start)
            for q in self.quotations
            if q.start < sentence.end and sentence.start < q.end
        )
        return quoted >= 0.7 * (sentence.end - sentence.start)

    def _remember(self, frame: Frame) -> None:
        if not frame.chain:
            return
        kind = frame.chain[-1].type
        if kind is SourceType.ANONYMOUS:
            self.last_anonymous = frame
        elif kind is SourceType.PERSON:
            self.last_person = frame
        else:
            self.last_office = frame

    def _note_subject(self, sentence: Sentence) -> None:
        people = [m for m in self.names.within(sentence.start, sentence.end) if m.type == "person"]
        outside = [m for m in people if self.masked[m.start] != "·"]
        if outside:
            self.last_subject = outside[0]

    # -- one sentence

    def _frames(self, s: Sentence) -> list[Frame]:
        frame = self._according(s) or self._spoken(s)
        if frame is None and (match := _REPORTEDLY.search(self.masked, s.start, s.end)):
            cue = Span.of(self.text, match.start(), match.end())
            unnamed = SourceLink(
                name="unnamed reports",
                type=SourceType.ANONYMOUS,
                role=SourceRole.SPEAKER,
                anonymity=Anonymity.UNNAMED,
                cue=cue,
            )
            return [Frame(s.number, s.start, s.end, (unnamed,))]
        return [frame] if frame else []

    def _source_in(self, start: int, end: int, *, last: bool) -> tuple[Mention, Channel] | None:
        """The source that the noun phrase [start, end) names: a mention, a document's issuer, or an earlier source."""
        channel = self._channel(start, end)
        mentions = [
            m for m in self.names.within(start, end) if m.form != "demonym" and m.type != "platform" and m.end <= end
        ]
        document = _DOCUMENT.search(self.masked, start, end)
        adjective = next((m for m in self.names.within(start, end) if m.type == "country"), None)
        if document and adjective and not any(m.type == "office" for m in mentions):
            return self._office_of(adjective), self._document_channel(document)
        if mentions:
            people = [m for m in mentions if m.type in ("person", "group")]
            apposed = last and re.match(r",\s(?:an?|the|who|his|her)\b", self.masked[(people or mentions)[0].end : end])
            chosen = (people or mentions)[-1 if last and not document and not apposed else 0]
            if document and channel in (Channel.UNKNOWN, Channel.STATEMENT):
                channel = self._document_channel(document)
            if not (document and people):
                return chosen, channel
        if document and self.last_office:
            known = self.last_office
            return self._again(known), known.chain[-1].channel
        if mentions:
            return mentions[0], channel
        if _SOMEONE.search(self.masked, start, end) and (known := self.last_anonymous or self.last_person):
            return self._again(known), known.chain[-1].channel
        if _HE.search(self.masked, start, end):
            return self._he(s_start=start)
        if _THEY.search(self.masked, start, end) and (known := self.last_anonymous):
            return self._again(known), known.chain[-1].channel
        return None

    def _he(self, s_start: int) -> tuple[Mention, Channel] | None:
        """Whom "he said" means: a person named earlier in the sentence, else the last speaker or subject."""
        if self.last_person and self.last_person.speaker:
            if self.last_subject and self.last_subject.name != self.last_person.speaker.name:
                return self.last_subject, Channel.UNKNOWN
            return self.last_person.speaker, self.last_person.chain[-1].channel
        return (self.last_subject, Channel.UNKNOWN) if self.last_subject else None

    def _office_of(self, adjective: Mention) -> Mention:
        """The office of a country that spoke last, or the country itself ("the Norvanian readout")."""
        for frame in (self.last_office,):
            if frame and frame.speaker and frame.speaker.country == adjective.country:
                return frame.speaker
        offices = [m for m in self.names.mentions if m.type == "office" and m.country == adjective.country]
        return offices[0] if offices else replace(adjective, type="country")

    def _again(self, frame: Frame) -> Mention:
        if frame.speaker:
            return frame.speaker
        return Mention(frame.start, frame.end, "office", frame.chain[-1].name)

    def _document_channel(self, document: re.Match[str]) -> Channel:
        return (
            Channel.OFFICIAL_READOUT
            if re.search(r"call|conversation|talks|discussion|readout|summary", document[0])
            else (self._channel(document.start(), document.end() + 30))
        )

    def _channel(self, start: int, end: int) -> Channel:
        return next((name for name, pattern in _CHANNELS if pattern.search(self.masked, start, end)), Channel.UNKNOWN)

    def _relayers(self, s: Sentence, speaker: Mention, used: tuple[int, int]) -> tuple[SourceLink, ...]:
        """Agencies and outlets named as carrying the words: "told NPA", "as reported by NPA", "an NPA translation"."""
        links = []
        for m in self.names.within(s.start, s.end):
            if m.type not in _RELAYERS or m.name == speaker.name or self.masked[m.start] == "·":
                continue
            before = self.masked[max(s.start, m.start - 60) : m.start]
            after = self.masked[m.end : m.end + 30]
            told = re.search(r"\b(?:told|telling|interview with|to|by|citing|with|said)\s(?:[\w’'.-]+\s){0,4}$", before)
            around = _RELAY.search(before) or _ACCORDING.search(before) or _TRANSLATION.search(after) or told
            if not around and used[0] <= m.start < used[1]:
                around = told
            if around:
                translated = bool(_TRANSLATION.search(after) or re.search(r"translated by\s$", before))
                left = around.start() + max(s.start, m.start - 60) if around.string is before else m.start
                links.append(
                    link(
                        m,
                        Channel.TRANSLATION if translated else Channel.UNKNOWN,
                        Span.of(self.text, left, m.end),
                        SourceRole.TRANSLATOR if translated else SourceRole.RELAYER,
                    )
                )
        return tuple(links)

    def _according(self, s: Sentence) -> Frame | None:
        matches = list(_ACCORDING.finditer(self.masked, s.start, s.end))
        if not matches:
            return None
        match = matches[0]
        phrase_end = self._phrase_end(match.end(), s.end)
        spoken = self._spoken(s, until=match.start()) if len(matches) == 1 else None
        source = self._source_in(match.end(), phrase_end, last=False)
        if source is None:
            return None
        mention, channel = source
        if mention.type in _RELAYERS:
            if spoken:  # "X said, according to the agency": the agency relays
                return spoken
            inner = [
                m for m in self.names.within(match.end(), phrase_end) if m.type not in _RELAYERS and m.form != "demonym"
            ]
            if inner and _TRANSLATION.search(self.masked, match.end(), phrase_end):
                mention, channel = inner[0], Channel.OFFICIAL_READOUT
        elif mention.type == "group" and (by := _RELAY.search(self.masked, match.end(), phrase_end)):
            del by
        cue = Span.of(
            self.text, match.start(), min(mention.end, phrase_end) if mention.start > match.start() else phrase_end
        )
        start, end = self._covered(s, match.start(), phrase_end)
        chain = (*self._relayers(s, mention, (match.start(), phrase_end)), link(mention, channel, cue))
        return Frame(s.number, start, end, chain, mention)

    def _phrase_end(self, start: int, end: int) -> int:
        """Where the noun phrase behind "according to" stops."""
        stop = re.compile(r",\s(?!as reported|cited|an?\s(?!spokes))|[.;]\s|[.]?$|\s—|\)").search(
            self.masked, start, end
        )
        return stop.start() if stop else end

    def _covered(self, s: Sentence, start: int, end: int) -> tuple[int, int]:
        """What an "according to" phrase answers for: the rest at the start, all before it at the end, else what follows."""
        before = self.masked[s.start : start].strip(' “"-,')
        if not before:
            return min(end + 1, s.end), s.end
        rest = self.masked[end : s.end].strip(' .,”"')
        appositive = re.match(r"\s?(?:an?|the)\s[^,]*$|which\b|who\b", rest)
        if not rest or appositive:
            return s.start, start
        return (end, s.end) if re.search(r"\b(?:and|but|which|that),?\s*$", before) else (s.start, start)

    def _spoken(self, s: Sentence, until: int | None = None) -> Frame | None:
        """X said …; …, X said; …, said X."""
        end = s.end if until is None else until
        for verb in _VERB.finditer(self.masked, s.start, end):
            frame = self._around(s, verb, end)
            if frame:
                return frame
        return None

    def _around(self, s: Sentence, verb: re.Match[str], end: int) -> Frame | None:
        before = self.masked[s.start : verb.start()]
        lead = _AUXILIARY.search(before)
        subject_end = s.start + (lead.start() if lead else len(before))
        subject_start = self._clause_start(s, subject_end)
        tail = self.masked[verb.end() : end]
        inverted = re.match(r"\s(?:also\s)?(?=[A-Z]|the |a |an )", tail) and re.search(
            r"[,”\"?!]\s?$", before.rstrip() + " "[:0]
        )
        if inverted and before.strip(' “"'):
            stop = self._phrase_end(verb.end(), end)
            source = self._source_in(verb.end(), stop, last=False)
            if source:
                return self._frame(s, source, (s.start, verb.start()), (verb.start(), stop))
        source = self._source_in(subject_start, subject_end, last=True)
        if source is None:
            return None
        gap = self.masked[source[0].end : subject_end] if source[0].start >= subject_start else ""
        if len(gap) > 90 and not gap.startswith(", "):
            return None
        content = self.text[s.start : subject_start].strip(' “"-,.”')
        told = verb[0] == "told" and len(tail) < 130 and not _THAT.search(tail)
        behind = content.count(" ") >= 2 and (told or _is_tail(tail))
        if behind:
            return self._frame(s, source, (s.start, subject_start), (subject_start, s.end))
        if _is_tail(tail) and not content and self._nothing_said(tail):
            return self._frame(s, source, (s.start, subject_start), (subject_start, s.end))
        return self._frame(s, source, (verb.end(), end), (subject_start, verb.end()))

    def _nothing_said(self, tail: str) -> bool:
        """Whether a sentence is all cue ("Ruun wrote on X."), its content being in the sentences before."""
        return len(tail.split()) <= 6

    def _clause_start(self, s: Sentence, end: int) -> int:
        """Where the clause that ends at `end` begins: behind the last comma or closing mark that ends a quotation or phrase."""
        window = self.masked[s.start : end]
        cut = 0
        for match in re.finditer(r"[”\"]\s?,?\s|,[”\"]\s|,\s|\b(?:but|and|as|while|after|because|that)\s", window):
            rest = window[match.end() :]
            if (
                self.names.within(s.start + match.end(), end)
                or _HE.search(rest)
                or _DOCUMENT.search(rest)
                or _SOMEONE.search(rest)
            ):
                cut = match.end()
        apposed = re.search(r"(?:^|[,”\"]\s)([A-Z][^,”\"]*),\s(?:an?|the|who|his|her)\b[^,]*,\s?$", window)
        if apposed:
            cut = apposed.start(1)
        return s.start + cut

    def _cited(self, s: Sentence) -> Mention | None:
        """Whom an outlet cites for its own report ("NPA reported …, citing two officials")."""
        match = re.search(r"\b(?:citing|quoting)\s", self.masked[s.start : s.end])
        if not match:
            return None
        cited = [m for m in self.names.within(s.start + match.end(), s.end) if m.type in ("group", "person", "office")]
        return cited[0] if cited else None

    def _frame(
        self, s: Sentence, source: tuple[Mention, Channel], content: tuple[int, int], cue: tuple[int, int]
    ) -> Frame:
        mention, channel = source
        if mention.type in _RELAYERS and (cited := self._cited(s)):
            mention = cited
        if channel in (Channel.UNKNOWN, Channel.STATEMENT):
            wide = self._channel(cue[0], min(s.end, cue[1] + 60))
            channel = wide if wide is not Channel.UNKNOWN else channel
        left, right = cue
        words = self.text[left:right].strip(' ,.”"“')
        left = self.text.index(words, left) if words else left
        span = Span.of(self.text, left, left + len(words)) if words else None
        chain = (*self._relayers(s, mention, cue), link(mention, channel, span))
        return Frame(s.number, content[0], content[1], chain, mention)


def _carried(frame: Frame, sentence: Sentence) -> Frame:
    return replace(frame, number=sentence.number, start=sentence.start, end=sentence.end)


def _is_tail(words: str) -> bool:
    """Whether what follows a speech verb only says where, when or to whom, so that the content stood before it."""
    return bool(_TAIL_START.match(words)) and len(words) < 130 and not _THAT.search(words)
