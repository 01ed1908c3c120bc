"""One sentence in; who says what in it out, as a frame: a stretch of the sentence and the chain that answers for it.

A speech verb with its subject ("X said that …"), the same behind its content or inside it ("…, said X"), "according to
X", words in quotation marks behind somebody who acts, a statement that is reprinted behind it, and "reportedly".
"""

import re

from extract.reading import speech
from extract.reading.chains import ACCORDING, DOCUMENT, RELAYERS, Frame, channel_in, link, relayers
from extract.reading.dates import WEEKDAY
from extract.reading.keyed import Keyed
from extract.reading.mentions import Mention
from extract.reading.referents import HE, IT, PRESS, SIDES, SOMEONE, THEY, Referents, Source
from extract.reading.segment import Sentence
from schemas import Anonymity, Channel, SourceLink, SourceRole, SourceType, Span

_WHICH = re.compile(r",\s(?:which|something|an? \w+)\s(?:the\s)?(?:\w+\s)?$")
_REPORTEDLY = Keyed(r"\b(?:reportedly|allegedly)\b", "reportedly allegedly", re.IGNORECASE)
_PAPER = r"(?:[\w-]+ ){0,3}(?:statement|readout|communiqu[eé]|summary|account)\b"
_ISSUED = "(?:issued|released|published|put out)"
_REPRINTS = Keyed(
    rf"\b(?:text|transcript|translation) of (?:an?|the) {_PAPER}[^.:;]{{0,40}}?\b{_ISSUED} by\s"
    rf"|\b{_ISSUED}\s(?P<following>the following) {_PAPER}",
    "text transcript translation following",
)
_JOINED = re.compile(r",\s(?:with|and|but)\s")
_CITING = re.compile(r"\b(?:citing|quoting)\s")
# What somebody is asked, ahead of the clause in which he answers.
ASKED = re.compile(
    r"[“\"]?(?:(?:When|But|And),?\s)?(?:[Aa]sked|[Qq]uestioned|[Pp]ressed)\s(?:[\w’'-]+\s){0,4}?"
    r"(?:whether|if|about|why|how|when|what|who|where|on)\b(?:[^,“”\"]|,(?=\d))*,\s"
)
# What may stand around "said X": a mark before the verb; a name behind it, and no verb behind the name.
_BEFORE_INVERTED = re.compile(r"[,”’\"»?!]\s$")
_NAME_STARTS = re.compile(
    r"\s(?:also\s)?(?=[A-Z]|the |an? |her |his |one "
    r"|(?:(?!(?:in|on|at|to|from|by|of|for|with|after|before|during|since|as|that|and|but|when)\b)[a-z-]+\s){1,4}[A-Z])"
)
_NAME_ENDS = re.compile(r"\s?(?:[.,;:)]|”|$|(?:in|on|at|to|during|after|who|as|by|from|before|last|of)\b)")
# Ahead of a subject: the noun that its clause is about ("a call the palace confirmed").
_REDUCED = re.compile(r"(?:an?|the)\s[a-z-]+\s(?:that\s|which\s)?(?:the\s)?")
_RELATIVE = re.compile(r"\b(?:call|talks|meeting|conversation|visit|deal|move|offer)\s(?:that|which)\s(?:the\s)?$")
_FAR_NAME = 45  # code points behind a verb at which a name is no subject of it any more
_FAR_SUBJECT = 90  # the same before a verb
# "X, <apposition>," before a verb.
_APPOSED_SUBJECT = re.compile(
    r"(?:^|[,”\"]\s)((?:[A-Z]|the\s)[^,”\"]*)"
    r",\s(?:[A-Z][\w’'-]*[’']s|an?|the|who|whose|his|her|where|which|seat|[a-z]{1,30}ing)\b[^,]*,\s?$"
)
_CLAUSE = re.compile(r"[”’\"]\s?,?\s|,[”’\"]\s|,\s|\b(?:but|and|as|while|after|because|that)\s")
_PHRASE_END = re.compile(r",\s(?!as reported|cited|an?\s(?!spokes))|[.;]\s|[.]?$|\s—|\)")
_PARENTHESIS = re.compile(rf"(?:\s(?:on\s)?{WEEKDAY})?,\s(?!as reported|according)[a-z]")
# Behind an "according to" phrase: an apposition that says who its source is, to the end.
_DESCRIBED = re.compile(r"\s?(?:an?|the)\s[^,]*$|which\b|who\b")
_ADDS = re.compile(r"which (?:also |further )?(?:added|said|noted|stated)\b")
_CONTINUED = re.compile(r"\b(?:and|but|which|that),?\s*$")
# Quoted words, blanked out, with their opening mark; what may stand between whoever speaks them and them.
_QUOTED = re.compile(r"[“\"«„‘']·+")
_SHORTEST_QUOTE = 12  # code points with the mark: shorter ones are names and terms
_INTRODUCES = re.compile(
    r":\s|(?:,\s[^,]{3,60},)?\s(?:has\s|had\s)?(?:[a-z]+ly\s)?(?:[a-z]{2,}ed|put|is|was|went|made|gave|spoke)\b[^.;“”\"]{0,80}"
)
_BEFORE_OBJECT = re.compile(r"\b(?:of|with|to|by|for|from|on|in|that|about)\s(?:the\s)?$")
_SPEAKING = ("person", "office", "organisation", "group", "country")
_MOST_TRIED = 20  # clauses before a verb: no sentence that is meant to be read has more
_BESIDE_WORDS = re.compile(r"(?<!\w)|(?!\w)")  # a place inside no word
_CUE_TAIL = 40  # code points behind a speech verb that still belong to the cue
_TRIM = " “\"-,.”‘’'"


class SentenceFrames:
    """Reads the frames of single sentences of one text; `referents` says whom "he" or "the statement" means there."""

    def __init__(self, text: str, masked: str, referents: Referents) -> None:
        self.text, self.masked, self.referents = text, masked, referents
        self.names, self.words = referents.names, referents.words

    def read(self, s: Sentence) -> Frame | None:
        """Who says it, beside the writer."""
        asked = ASKED.match(self.masked, s.start, s.end)
        if asked:
            s = s._replace(start=asked.end())
        frame = self._reprinting(s) or self._according(s) or self._spoken(s) or self._quoting(s)
        if frame:
            return frame
        reported = _REPORTEDLY.search(self.masked, s.start, s.end, self.words)
        return self._hearsay(s, reported) if reported else None

    def _hearsay(self, s: Sentence, match: re.Match[str]) -> Frame:
        """The frame of "reportedly": nobody is named, and a clause that is joined to another one stands for itself."""
        start = max((m.end() for m in _JOINED.finditer(self.masked, s.start, match.start())), default=s.start)
        unnamed = SourceLink(
            name="unnamed reports",
            type=SourceType.ANONYMOUS,
            role=SourceRole.SPEAKER,
            anonymity=Anonymity.UNNAMED,
            cue=Span.of(self.text, match.start(), match.end()),
        )
        return Frame(s.number, start, s.end, (unnamed,))

    def _reprinting(self, s: Sentence) -> Frame | None:
        """The frame of "the following is the text of a statement issued by X": the sentence is its cue."""
        match = _REPRINTS.search(self.masked, s.start, s.end, self.words)
        if match is None:
            return None
        issuer = (s.start, match.start()) if match["following"] else (match.end(), s.end)
        source = self.referents.source_in(*issuer, last=False)
        if source is None or source[0].start < s.start:
            return None
        cue = Span.of(self.text, s.start, source[0].end)
        return Frame(s.number, s.end - 1, s.end, (link(source[0], Channel.OFFICIAL_READOUT, cue),), source[0])

    # -- according to X

    def _according(self, s: Sentence) -> Frame | None:
        matches = list(ACCORDING.beginning(self.masked, s.start, s.end, self.words))
        if not matches:
            return None
        first = matches[0]
        phrase_end = self._phrase_end(first.end(), s.end)
        source = self.referents.source_in(first.end(), phrase_end, last=False)
        if source is None:
            return None
        mention, channel = source
        if mention.type in RELAYERS:
            spoken = self._spoken(s, until=first.start()) if len(matches) == 1 else None
            if spoken:  # "X said, according to the agency": the agency relays
                return spoken
            issuers = [m for m in self.names.within(first.end(), phrase_end) if m.type == "office"]
            if issuers and "translat" in self.masked[first.end() : phrase_end]:
                mention, channel = issuers[0], Channel.OFFICIAL_READOUT
        cue_end = mention.end if first.start() < mention.start and mention.end <= phrase_end else phrase_end
        cue = Span.of(self.text, first.start(), cue_end)
        start, end = self._covered(s, first.start(), phrase_end)
        chain = (*relayers(self.text, self.masked, self.names, s, mention), link(mention, channel, cue))
        return Frame(s.number, start, end, chain, mention)

    def _phrase_end(self, start: int, end: int) -> int:
        """Where the noun phrase that begins at `start` stops."""
        stop = _PHRASE_END.search(self.masked, start, end)
        return stop.start() if stop else end

    def _covered(self, s: Sentence, start: int, end: int) -> tuple[int, int]:
        """What an "according to" phrase answers for: the rest at the start, all before it at the end, else the next."""
        before = self.masked[s.start : start].strip(' “"-,')
        if not before:
            return min(end + 1, s.end), s.end
        rest = self.masked[end : s.end].strip(' .,”"')
        if _ADDS.match(rest):
            return s.start, s.end
        if not rest or _DESCRIBED.match(rest):
            return s.start, start
        return (end, s.end) if _CONTINUED.search(before) else (s.start, start)

    # -- X said …; …, X said; …, said X; …, X said, …

    def _spoken(self, s: Sentence, until: int | None = None) -> Frame | None:
        end = s.end if until is None else until
        main = speech.main_verbs(self.masked, self.words, s, end)
        # What stands behind all of it tells all of it: "Ruun warned that …, said the palace".
        for verb in reversed(main):
            frame = self._inverted(s, verb, end)
            if frame is None and speech.is_telling(verb) and self._tells_all(s, verb, main[0], end):
                frame = self._around(s, verb, end)
            if frame:
                return frame
        return next((frame for verb in main if (frame := self._around(s, verb, end))), None)

    def _tells_all(self, s: Sentence, verb: re.Match[str], first: re.Match[str], end: int) -> bool:
        """Whether nothing stands behind a verb, or it is put in behind another one: "…, Ruun said on Monday, …".

        Or it closes the sentence: "…, Ruun said on Monday after the call".
        """
        tail = self.masked[verb.end() : end]
        if verb is first or not tail.strip(_TRIM):
            return not tail.strip(_TRIM)
        before = self.masked[s.start : self._clause_start(s, verb.start())].rstrip()
        return _PARENTHESIS.match(tail) is not None or (speech.is_tail(tail) and before.endswith((",", "”", "’")))

    def _around(self, s: Sentence, verb: re.Match[str], end: int) -> Frame | None:
        """The frame of a verb whose subject stands before it."""
        subject_end = speech.subject_end(self.masked, s, verb)
        subject_start = self._clause_start(s, subject_end)
        source = self.referents.source_in(subject_start, subject_end, last=True)
        at = max(subject_start, source[0].start) if source else subject_start
        if _REDUCED.fullmatch(self.masked, subject_start, at) or _RELATIVE.search(self.masked[s.start : at]):
            return None
        if source is None or self._is_far(source[0], subject_start, subject_end):
            return None
        several = source[0].type == "group" or self.masked.endswith(("and ", "and the "), s.start, source[0].start)
        if speech.is_of_several(verb) and not several:
            return None  # "before those talks conclude": no one says so
        if speech.is_denying(verb) and _WHICH.search(self.masked, s.start, at):
            return None  # "…, which Norvania denies": what stands before it is somebody else's
        return self._frame(s, source, *self._extents(s, verb, subject_start, end))

    def _is_far(self, subject: Mention, start: int, end: int) -> bool:
        """Whether a subject that is named in [start, end) stands too far from its verb to be the subject."""
        return subject.start >= start and end - subject.end > _FAR_SUBJECT and self.masked[subject.end] != ","

    def _extents(
        self, s: Sentence, verb: re.Match[str], subject: int, end: int
    ) -> tuple[tuple[int, int], tuple[int, int]]:
        """What is said and the words that attribute it, for a verb whose subject begins at `subject`."""
        tail = self.masked[verb.end() : end]
        content = self.text[s.start : subject].strip(_TRIM)
        said_before = content.count(" ") >= 2
        when = speech.when_said(tail)
        behind = speech.is_tail(tail) and not when
        marked = self.masked[s.start : subject].rstrip().endswith((",", "”", "’"))
        if said_before and marked and _PARENTHESIS.match(tail):
            return (s.start, s.end), (subject, verb.end())
        all_cue = not content and behind and speech.is_short_tail(tail)
        if all_cue or (said_before and (behind or speech.is_told_before(verb, tail))):
            far = _BESIDE_WORDS.search(self.masked, verb.end() + _CUE_TAIL, end)
            cue_end = min(far.start() if far else end, self._phrase_end(verb.end(), end))
            return (s.start, subject), (subject, cue_end)
        addressed = speech.addressed(verb, tail)
        if addressed:
            return (verb.end() + addressed, end), (subject, verb.end())
        return (verb.end() + when, end), (subject, verb.end() + when)

    def _inverted(self, s: Sentence, verb: re.Match[str], end: int) -> Frame | None:
        """The frame of "…, said X": the name right behind the verb, and nothing said behind the name."""
        marked = _BEFORE_INVERTED.search(self.masked, s.start, verb.start())
        if speech.is_directed(verb) or not marked or not _NAME_STARTS.match(self.masked, verb.end(), end):
            return None
        stop = self._phrase_end(verb.end(), end)
        source = self.referents.source_in(verb.end(), stop, last=False)
        if not source or source[0].start - verb.end() > _FAR_NAME or not _NAME_ENDS.match(self.masked, source[0].end):
            return None
        return self._frame(s, source, (s.start, verb.start()), (verb.start(), stop))

    def _quoting(self, s: Sentence) -> Frame | None:
        """The frame of words in quotation marks behind somebody who acts, whatever the verb ("X called it “…”")."""
        quoted = _QUOTED.search(self.masked, s.start, s.end)
        if not quoted or quoted.end() - quoted.start() < _SHORTEST_QUOTE:
            return None
        for mention in self.names.within(s.start, quoted.start()):
            if mention.type not in _SPEAKING or mention.form == "demonym":
                continue
            between = self.masked[mention.end : quoted.start()]
            of_another = _BEFORE_OBJECT.search(self.masked, s.start, mention.start)
            if _INTRODUCES.fullmatch(between) and not (of_another and not between.startswith(":")):
                return self._frame(s, (mention, Channel.UNKNOWN), (mention.start, s.end), (mention.start, mention.end))
        return None

    def _clause_start(self, s: Sentence, end: int) -> int:
        """Where the subject's clause begins: behind the last comma, mark or conjunction that leaves a subject."""
        window = self.masked[s.start : end]
        apposed = _APPOSED_SUBJECT.search(window)
        if apposed:
            return s.start + apposed.start(1)
        for match in list(_CLAUSE.finditer(window))[: -_MOST_TRIED - 1 : -1]:
            rest = window[match.end() :]
            if self._joins_names(s.start + match.start(), s.start + match.end()):
                continue
            refers = any(pattern.search(rest) for pattern in (HE, THEY, IT, PRESS, DOCUMENT, SOMEONE, SIDES))
            if refers or self.names.within(s.start + match.end(), end):
                return s.start + match.end()
        return s.start

    def _joins_names(self, start: int, end: int) -> bool:
        """Whether the words [start, end) are the "and" between two names that act together."""
        if self.masked[start:end] != "and ":
            return False
        before = any(m.end == start - 1 for m in self.names.within(max(0, start - 60), start))
        return before and any(m.start - end < _FAR_NAME for m in self.names.within(end, end + _FAR_NAME))

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
            wide = channel_in(self.masked, self.words, cue[0], min(s.end, cue[1] + 60))
            channel = wide if wide is not Channel.UNKNOWN else channel
        words = self.text[cue[0] : cue[1]].strip(' ,.”"“')
        left = self.text.index(words, cue[0]) if words else cue[0]
        span = Span.of(self.text, left, left + len(words)) if words else None
        chain = (*relayers(self.text, self.masked, self.names, s, mention), link(mention, channel, span))
        return Frame(s.number, *content, chain, mention)
