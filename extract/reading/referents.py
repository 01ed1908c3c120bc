"""A noun phrase in; the source that it means out: a name in it, a document's issuer, or somebody who spoke before."""

import re
from bisect import bisect_left

from extract.reading.chains import DOCUMENT, Frame, channel_in, document_channel, link
from extract.reading.keyed import words_of
from extract.reading.mentions import Mention
from extract.reading.names import Names
from schemas import Channel, SourceType

# Words that mean somebody named before: a title with "the", and pronouns.
SOMEONE = re.compile(
    r"\b[Tt]he\s(?:same\s)?(?:source|official|person|spokes(?:man|woman|person)|diplomat|aide|envoy|adviser|ambassador"
    r"|minister)s?\b"
)
# An office by what puts out its words.
PRESS = re.compile(r"\b[Tt]he\s(?:press\s(?:service|office|bureau)|presidency|communications\soffice)\b")
# Both at once: nobody who is named alone.
SIDES = re.compile(
    r"\b(?:(?:[Tt]he (?:two|three)|[Bb]oth) (?:governments|sides|countries|capitals|offices|leaders)|[Ee]ach side)\b"
)
HE = re.compile(r"\b(?:[Hh]e|[Ss]he|(?<=ccording to )(?:him|her))\b")
THEY = re.compile(r"\b(?:[Tt]hey|(?:[Oo]ne|[Aa]nother|[Bb]oth) of them)\b")
IT = re.compile(r"\b[Ii]t\b(?!\s(?:was|is|has been)\b)")  # "it was stressed that" is nobody in particular
_POSSESSIVE = re.compile(r"[’']s\b")
_APPOSED = re.compile(r",\s(?:[A-Z][\w’'-]*[’']s|an?|the|who|whose|his|her|where|which|seat|[a-z]{1,30}ing)\b")
_ISSUES = re.compile(
    r"(?:\s(?:in|of|at)\s[^.;:]{1,50}?,?)?\s(?:has\s|had\s|also\s|later\s)?"
    r"(?:issued|released|published|put out|gave|offered)\s"
    r"(?:an?|its|the|their)\s(?:[\w-]+\s){0,4}(?:statement|readout|summary|account|version|communiqu[eé]|note|declaration)\b"
)
_OBJECT = re.compile(r"\b(?:in|of|for|from|at|to|with|by|near|outside)\s(?:the\s)?$")  # before a name that is no head
_ONE = re.compile(
    r"\b(?:spokes(?:man|woman|person)|official|diplomat|adviser|aide|source|person|governor|mayor)\b(?!s)"
)
_RECENT = 3  # full stops since somebody spoke, within which "he said" means him

Source = tuple[Mention, Channel]


class Referents:
    """Who spoke last, of each sort; updated as the sentences are walked."""

    def __init__(self, text: str, masked: str, names: Names) -> None:
        self.text, self.masked, self.names, self.words = text, masked, names, words_of(text)
        self._stops = [stop.start() for stop in re.finditer(r"\.", text)]
        self.offices = [m for m in names.mentions if m.type == "office"]
        self.office: Frame | None = None
        self.person: Frame | None = None
        self.anonymous: Frame | None = None
        self.subject: Mention | None = None

    def remember(self, frame: Frame) -> None:
        """`frame` is the last to have spoken, of its sort."""
        kind = frame.chain[-1].type
        if kind is SourceType.ANONYMOUS:
            self.anonymous = frame
        elif kind is SourceType.PERSON:
            self.person = frame
        else:
            self.office = frame

    def note_subject(self, start: int, end: int) -> None:
        """The first person that the writer names in [start, end) is whom a later pronoun may mean."""
        self._note_issuer(start, end)
        within = [m for m in self.names.within(start, end) if self.masked[m.start] != "·"]
        people = [m for m in within if m.type == "person" or (m.type == "group" and _ONE.search(m.name))]
        if people:
            self.subject = people[0]

    def _note_issuer(self, start: int, end: int) -> None:
        """An office that puts out a paper in [start, end) is whom "the statement" means from there on."""
        for mention in self.names.within(start, end):
            if mention.type == "office" and _ISSUES.match(self.masked, mention.end):
                said = link(mention, Channel.STATEMENT, None)
                self.office = Frame(0, mention.start, mention.end, (said,), mention)

    def source_in(self, start: int, end: int, *, last: bool) -> Source | None:
        """The source that the noun phrase [start, end) names; `last` where it is the nearest to a verb behind it."""
        channel = channel_in(self.masked, self.words, start, end)
        within = [m for m in self.names.within(start, end) if m.end <= end and m.type != "platform"]
        mentions = [m for m in within if m.form != "demonym"]
        document = DOCUMENT.search(self.masked, start, end)
        country = next((m for m in within if m.type == "country"), None)
        if document and country and not any(m.type == "office" for m in mentions):
            return self._office_of(country), document_channel(self.words, document)
        if mentions:
            chosen = self._chosen(mentions, end, last=last and not document)
            if document and channel in (Channel.UNKNOWN, Channel.STATEMENT):
                channel = document_channel(self.words, document)
            return chosen, channel
        if document:
            return self._issuer(document, start)
        return self._mentioned_before(start, end)

    def _chosen(self, mentions: list[Mention], end: int, *, last: bool) -> Mention:
        """The person or group of the phrase, else its first name; the head before an apposition, else the nearest."""
        people = [m for m in mentions if m.type in ("person", "group")] or mentions
        owned = [m for m in people if not _POSSESSIVE.match(self.text, m.end, m.end + 2)]
        people = owned or people
        heads = (
            [m for m in people if not _OBJECT.search(self.masked[max(0, m.start - 12) : m.start])]
            if len(people) > 1
            else people
        )
        people = heads or people
        if last and not _APPOSED.match(self.masked, people[0].end, end):
            return people[-1]
        return people[0]

    def _office_of(self, country: Mention) -> Mention:
        """The office of a country that spoke last, or one that the text names, or the country itself."""
        if self.office and self.office.speaker and self.office.speaker.country == country.country:
            return self.office.speaker
        own = (m for m in self.offices if country.country and m.country == country.country)
        return next(own, country._replace(type="country"))

    def _issuer(self, document: re.Match[str], before: int) -> Source | None:
        """Whose "the statement" is: the office that spoke last, else the one named last before it."""
        channel = document_channel(self.words, document)
        if self.office:
            known = self.office.chain[-1].channel
            return self._again(self.office), channel if known is Channel.UNKNOWN else known
        named = bisect_left(self.offices, before, key=lambda m: m.start)
        return (self.offices[named - 1], channel) if named else None

    def _mentioned_before(self, start: int, end: int) -> Source | None:
        """Whom "the source", "he", "they" or "it" means."""
        if SOMEONE.search(self.masked, start, end) and (known := self.anonymous or self.person):
            return self._again(known), known.chain[-1].channel
        if HE.search(self.masked, start, end):
            return self._he(start)
        if THEY.search(self.masked, start, end) and self.anonymous:
            return self._again(self.anonymous), self.anonymous.chain[-1].channel
        speaks = IT.search(self.masked, start, end) or PRESS.search(self.masked, start, end)
        if speaks and self.office:
            return self._again(self.office), self.office.chain[-1].channel
        return None

    def _he(self, at: int) -> Source | None:
        """Whom "he said" means: who spoke a moment ago, else the person the writer named last as a subject."""
        spoken = self.person
        if spoken and spoken.speaker:
            newer = self.subject and self.subject.start > spoken.end
            close = newer and self.subject and self._stops_between(self.subject.end, at) == 1
            if self.subject and newer and (self.subject.type == "group" or close):
                return self.subject, Channel.UNKNOWN
            stale = self._stops_between(spoken.end, at) > _RECENT
            if not (stale and self.subject and self.subject.name != spoken.speaker.name):
                return spoken.speaker, spoken.chain[-1].channel
        return (self.subject, Channel.UNKNOWN) if self.subject else None

    def _stops_between(self, start: int, end: int) -> int:
        return bisect_left(self._stops, end) - bisect_left(self._stops, start)

    def _again(self, frame: Frame) -> Mention:
        return frame.speaker or Mention(frame.start, frame.end, "office", frame.chain[-1].name)
