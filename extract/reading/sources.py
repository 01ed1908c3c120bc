"""Sentences, quotations and names in; who says each stretch of the text out, as attribution chains.

A *frame* is a stretch of one sentence and the chain that answers for it, outermost first, without the article itself. What
no frame covers is the writer's. Frames come from four patterns: a speech verb with its subject ("X said that …"), the same
behind its content or inside it ("…, said X"), "according to X", and "reportedly". A quotation without a cue takes the
source of its neighbours.
"""

import re
from dataclasses import replace

from extract.reading.chains import ACCORDING, DOCUMENT, RELAYERS, Frame, channel_in, link, relayers
from extract.reading.mentions import Mention
from extract.reading.names import Names
from extract.reading.quotes import Quotation
from extract.reading.referents import HE, IT, SOMEONE, THEY, Referents, Source
from extract.reading.segment import Sentence
from schemas import Anonymity, Channel, SourceLink, SourceRole, SourceType, Span

_VERB = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|stat(?:es?|ed|ing)|told|tells?|telling|add(?:s|ed|ing)|not(?:es?|ed|ing)|announc(?:es?|ed|ing)"
    r"|report(?:s|ed)|wr(?:ites?|ote)|post(?:s|ed)|claim(?:s|ed|ing)|confirm(?:s|ed)|declar(?:es?|ed|ing)|explain(?:s|ed)"
    r"|insist(?:s|ed)|stress(?:es|ed)|emphasi[sz](?:es?|ed)|reveal(?:s|ed)|indicat(?:es?|ed)|reiterat(?:es?|ed)"
    r"|conclud(?:es?|ed)|continued|remark(?:s|ed)|comment(?:s|ed)|argu(?:es?|ed)|acknowledg(?:es?|ed)|warn(?:s|ed)"
    r"|caution(?:s|ed)|reads?|summari[sz](?:es?|ed)|suggest(?:s|ed)|denied|denies|recall(?:s|ed)|assert(?:s|ed)|tweeted"
    r"|accus(?:es?|ed)|prais(?:es?|ed)|hail(?:s|ed)|hint(?:s|ed)|signal(?:s|ed|led)|express(?:es|ed)|joked|mused"
    r"|repl(?:ies|ied)|remind(?:s|ed)|predict(?:s|ed)|conced(?:es?|ed)|complain(?:s|ed)|maintain(?:s|ed)|quipped"
    r"|inform(?:s|ed)|dismiss(?:es|ed)|reject(?:s|ed)|welcom(?:es?|ed)|described|points? out|pointed out|as saying)\b"
)
_AUXILIARY = re.compile(
    r"(?:,\s(?:meanwhile|however|in turn|for (?:his|her|its|their) part),\s?)?\s?"
    r"(?:\b(?:has|have|had|also|later|further|previously|repeatedly|separately|then|publicly|again|earlier|meanwhile|however"
    r"|subsequently|reportedly|already|since|was quoted|were quoted|went on to)\b\s?)*$"
)
# A verb behind these is not the sentence's own: an infinitive, a relative clause, a clause of time.
_NOT_MAIN = re.compile(
    r"\b(?:to|who|which|who (?:has|have|had)|that|as|not|[Ww]hen [^,]{0,60}|[Ii]f [^,]{0,60}|where [^,]{0,60}|the|an?|his|her|its|their|no|of|any|\w+[’']s)\s$"
)
_REPORTEDLY = re.compile(r"\b(?:reportedly|allegedly)\b", re.IGNORECASE)
_CITING = re.compile(r"\b(?:citing|quoting)\s")
_TAIL_START = re.compile(
    r"\s?(?:[.,;”’\"]|$|(?:to|with|in|on|at|during|aboard|via|after|before|ahead|of|by|from|for|late|early|last|again"
    r"|yesterday|today|earlier|without|when|as|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b)"
)
_THAT = re.compile(r"\bthat\b|:|[“\"«„]")
_NAME_ENDS = re.compile(r"\s?(?:[.,;:)]|”|$|(?:in|on|at|to|during|after|who|as|by|from|before|last|of)\b)")
_APPOSED_SUBJECT = re.compile(
    r"(?:^|[,”\"]\s)((?:[A-Z]|the\s)[^,”\"]*),\s(?:an?|the|who|whose|his|her|where|which|seat|[a-z]+ing)\b[^,]*,\s?$"
)
_CLAUSE = re.compile(r"[”’\"]\s?,?\s|,[”’\"]\s|,\s|\b(?:but|and|as|while|after|because|that)\s")
_PHRASE_END = re.compile(r",\s(?!as reported|cited|an?\s(?!spokes))|[.;]\s|[.]?$|\s—|\)")
_PARENTHESIS = re.compile(r",\s(?!as reported|according)[a-z]")
_CUE_TAIL = 40  # code points behind a speech verb that still belong to the cue
_TRIM = " “\"-,.”‘’'"


class Attributor:
    """Walks the sentences of one text in order, remembering who spoke last; used once."""

    def __init__(self, text: str, masked: str, names: Names, quotations: list[Quotation]) -> None:
        self.text, self.masked, self.names, self.quotations = text, masked, names, quotations
        self.referents = Referents(text, masked, names)

    def read(self, sentences: list[Sentence]) -> list[Frame]:
        """The frames of all sentences, in order."""
        frames: list[Frame] = []
        waiting: list[Sentence] = []  # quoted sentences without a source of their own
        previous: Frame | None = None
        for sentence in sentences:
            here = self._frames(sentence)
            if not here and self._is_quoted(sentence):
                if previous and not waiting and sentences[previous.number - 1].paragraph == sentence.paragraph:
                    previous = _carried(previous, sentence)
                    frames.append(previous)
                else:
                    waiting.append(sentence)
            else:
                owner = here[-1] if here and self._answers(here[-1], sentence, waiting) else previous
                frames += [_carried(owner, quoted) for quoted in waiting if owner]
                waiting = []
            for frame in here:
                frames.append(frame)
                self.referents.remember(frame)
                previous = frame
            self.referents.note_subject(sentence.start, sentence.end)
        frames += [_carried(previous, quoted) for quoted in waiting if previous]
        return sorted(frames, key=lambda f: (f.number, f.start))

    def _answers(self, frame: Frame, sentence: Sentence, waiting: list[Sentence]) -> bool:
        """Whether a source that stands behind its own words also said the quoted sentences before them."""
        if not waiting or frame.start > sentence.start + 1:
            return False
        return waiting[-1].paragraph == sentence.paragraph or self._runs_on(waiting[-1], sentence)

    def _runs_on(self, quoted: Sentence, sentence: Sentence) -> bool:
        """Whether a quotation runs from one paragraph into the next: left open there, and opened again here."""
        open_end = any(
            q.start < quoted.end <= q.end + 1 and self.text[q.end : q.end + 1] not in "”\"’'»" for q in self.quotations
        )
        return open_end and sentence.paragraph == quoted.paragraph + 1

    def _is_quoted(self, sentence: Sentence) -> bool:
        quoted = sum(
            min(q.end, sentence.end) - max(q.start, sentence.start)
            for q in self.quotations
            if q.start < sentence.end and sentence.start < q.end
        )
        return quoted >= 0.7 * (sentence.end - sentence.start)

    # -- one sentence

    def _frames(self, s: Sentence) -> list[Frame]:
        frame = self._according(s) or self._spoken(s)
        if frame:
            return [frame]
        reported = _REPORTEDLY.search(self.masked, s.start, s.end)
        return [self._hearsay(s, reported)] if reported else []

    def _hearsay(self, s: Sentence, match: re.Match[str]) -> Frame:
        start = max(
            (m.end() for m in re.finditer(r",\s(?:with|and|but)\s", self.masked[s.start : match.start()])), default=0
        )
        unnamed = SourceLink(
            name="unnamed reports",
            type=SourceType.ANONYMOUS,
            role=SourceRole.SPEAKER,
            anonymity=Anonymity.UNNAMED,
            cue=Span.of(self.text, match.start(), match.end()),
        )
        return Frame(s.number, s.start + start, s.end, (unnamed,))

    def _according(self, s: Sentence) -> Frame | None:
        matches = list(ACCORDING.finditer(self.masked, s.start, s.end))
        if not matches:
            return None
        match = matches[0]
        phrase_end = self._phrase_end(match.end(), s.end)
        source = self.referents.source_in(match.end(), phrase_end, last=False)
        if source is None:
            return None
        mention, channel = source
        if mention.type in RELAYERS:
            spoken = self._spoken(s, until=match.start()) if len(matches) == 1 else None
            if spoken:  # "X said, according to the agency": the agency relays
                return spoken
            issuers = [m for m in self.names.within(match.end(), phrase_end) if m.type == "office"]
            if issuers and "translat" in self.masked[match.end() : phrase_end]:
                mention, channel = issuers[0], Channel.OFFICIAL_READOUT
        cue_end = mention.end if match.start() < mention.start and mention.end <= phrase_end else phrase_end
        cue = Span.of(self.text, match.start(), cue_end)
        start, end = self._covered(s, match.start(), phrase_end)
        chain = (
            *relayers(self.text, self.masked, self.names, s, mention, (match.start(), phrase_end)),
            link(mention, channel, cue),
        )
        return Frame(s.number, start, end, chain, mention)

    def _phrase_end(self, start: int, end: int) -> int:
        """Where the noun phrase that begins at `start` stops."""
        stop = _PHRASE_END.search(self.masked, start, end)
        return stop.start() if stop else end

    def _covered(self, s: Sentence, start: int, end: int) -> tuple[int, int]:
        """What an "according to" phrase answers for: the rest at the start, all before it at the end, else what follows."""
        before = self.masked[s.start : start].strip(' “"-,')
        if not before:
            return min(end + 1, s.end), s.end
        rest = self.masked[end : s.end].strip(' .,”"')
        if not rest or re.match(r"\s?(?:an?|the)\s[^,]*$|which\b|who\b", rest):
            return s.start, start
        return (end, s.end) if re.search(r"\b(?:and|but|which|that),?\s*$", before) else (s.start, start)

    def _spoken(self, s: Sentence, until: int | None = None) -> Frame | None:
        """X said …; …, X said; …, said X; …, X said, …."""
        end = s.end if until is None else until
        for verb in _VERB.finditer(self.masked, s.start, end):
            if not _NOT_MAIN.search(self.masked, s.start, verb.start()) and (frame := self._around(s, verb, end)):
                return frame
        return None

    def _around(self, s: Sentence, verb: re.Match[str], end: int) -> Frame | None:
        before, tail = self.masked[s.start : verb.start()], self.masked[verb.end() : end]
        inverted = self._inverted(s, verb, end, before, tail)
        if inverted:
            return inverted
        lead = _AUXILIARY.search(before)
        subject_end = s.start + (lead.start() if lead else len(before))
        subject_start = self._clause_start(s, subject_end)
        source = self.referents.source_in(subject_start, subject_end, last=True)
        if source is None:
            return None
        named = source[0].start >= subject_start
        if named and subject_end - source[0].end > 90 and self.masked[source[0].end] != ",":
            return None
        content = self.text[s.start : subject_start].strip(_TRIM)
        said_before = content.count(" ") >= 2
        told = verb[0] == "told" and len(tail) < 130 and not _THAT.search(tail)
        cue = (subject_start, min(verb.end() + _CUE_TAIL, self._phrase_end(verb.end(), end)))
        if (
            said_before
            and _PARENTHESIS.match(tail)
            and before[: subject_start - s.start].rstrip().endswith((",", "”", "’"))
        ):
            return self._frame(s, source, (s.start, s.end), (subject_start, verb.end()))
        if said_before and (told or _is_tail(tail)):
            return self._frame(s, source, (s.start, subject_start), cue)
        if not content and _is_tail(tail) and len(tail.split()) <= 6:  # all cue: "Ruun wrote on X."
            return self._frame(s, source, (s.start, subject_start), cue)
        return self._frame(s, source, (verb.end(), end), (subject_start, verb.end()))

    def _inverted(self, s: Sentence, verb: re.Match[str], end: int, before: str, tail: str) -> Frame | None:
        """ "…, said X": the name right behind the verb, and nothing said behind the name."""
        if (
            verb[0] == "told"
            or not re.search(r"[,”’\"»?!]\s$", before)
            or not re.match(r"\s(?:also\s)?(?=[A-Z]|the |an? |her |his |one )", tail)
        ):
            return None
        stop = self._phrase_end(verb.end(), end)
        source = self.referents.source_in(verb.end(), stop, last=False)
        if not source or source[0].start - verb.end() > 45 or not _NAME_ENDS.match(self.masked, source[0].end):
            return None
        return self._frame(s, source, (s.start, verb.start()), (verb.start(), stop))

    def _clause_start(self, s: Sentence, end: int) -> int:
        """Where the subject's clause begins: behind the last comma, mark or conjunction that leaves a subject."""
        window = self.masked[s.start : end]
        apposed = _APPOSED_SUBJECT.search(window)
        if apposed:
            return s.start + apposed.start(1)
        cut = 0
        for match in _CLAUSE.finditer(window):
            rest = window[match.end() :]
            refers = any(pattern.search(rest) for pattern in (HE, THEY, IT, DOCUMENT, SOMEONE))
            if refers or self.names.within(s.start + match.end(), end):
                cut = match.end()
        return s.start + cut

    def _cited(self, s: Sentence) -> Mention | None:
        """Whom an outlet cites for its own report ("NPA reported …, citing two officials")."""
        match = _CITING.search(self.masked, s.start, s.end)
        if not match:
            return None
        return next((m for m in self.names.within(match.end(), s.end) if m.type in ("group", "person", "office")), None)

    def _frame(self, s: Sentence, source: Source, content: tuple[int, int], cue: tuple[int, int]) -> Frame:
        mention, channel = source
        if mention.type in RELAYERS and (cited := self._cited(s)):
            mention = cited
        if channel in (Channel.UNKNOWN, Channel.STATEMENT):
            wide = channel_in(self.masked, cue[0], min(s.end, cue[1] + 60))
            channel = wide if wide is not Channel.UNKNOWN else channel
        words = self.text[cue[0] : cue[1]].strip(' ,.”"“')
        left = self.text.index(words, cue[0]) if words else cue[0]
        span = Span.of(self.text, left, left + len(words)) if words else None
        chain = (*relayers(self.text, self.masked, self.names, s, mention, cue), link(mention, channel, span))
        return Frame(s.number, content[0], content[1], chain, mention)


def _carried(frame: Frame, sentence: Sentence) -> Frame:
    return replace(frame, number=sentence.number, start=sentence.start, end=sentence.end)


def _is_tail(words: str) -> bool:
    """Whether what follows a speech verb only says where, when or to whom, so that the content stood before it."""
    return bool(_TAIL_START.match(words)) and len(words) < 130 and not _THAT.search(words)
