"""The building blocks of attribution: a frame, a link, a channel, and who relays whose words."""

import re
from typing import NamedTuple

from extract.reading.keyed import Keyed, Words
from extract.reading.mentions import Mention
from extract.reading.names import Names
from extract.reading.segment import Sentence
from schemas import Anonymity, Channel, SourceLink, SourceRole, SourceType, Span

RELAYERS = ("agency", "outlet", "platform")
ACCORDING = Keyed(r"\b[Aa]ccording to\s", "according")
# A paper that speaks for whoever put it out.
DOCUMENT = re.compile(
    r"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir)\s(?:[\w.’'-]+\s){0,3}(?:statement|readout|read-out|summary|communiqu[eé]|account"
    r"|release|declaration|note|bulletin|text)\b"
)
# Words that hand on what somebody else said, or say to whom it was said, before a name.
_RELAY = re.compile(
    r"\b(?:as (?:reported|quoted|cited|carried|relayed) (?:by|in)"
    r"|(?:reported|quoted|cited|carried|relayed|translated) by|citing|shared through|quoting)\s"
)
_TOLD = re.compile(r"\b(?:told|telling|interview with|to|by|citing|with|said)\s(?:[\w’'.-]+\s){0,4}$")
# "…, the agency <name> reported" behind what somebody else said.
_REPORTS = re.compile(r"\s(?:reported|reports|quoted|carried)\b")
_LAST = re.compile(r",\s(?:[a-z-]+\s){0,4}$")
# "<name> translation", "translated by <name>".
_TRANSLATION = re.compile(r"\btranslat(?:ion|ed)\b")
_TRANSLATED_BY = re.compile(r"translat\w+ (?:is )?by\s(?:the\s)?$")
# A group whose members speak without being asked to.
_LEAKING = re.compile(r"\b(?:sources?|person|people|insiders?|informed|familiar|briefed)\b")
_OF_THE_CONTACT = re.compile(r"call|conversation|talks|discussion|readout|summary|meeting")
# The first that fits is the channel.
_CHANNELS = {
    Channel.OFFICIAL_READOUT: Keyed(
        r"\b(?:readout|read-out|summary of the (?:\w+\s)?(?:call|talks|conversation|meeting))\b", "readout read summary"
    ),
    Channel.SOCIAL_POST: Keyed(
        r"\b(?:post(?:ed|s)?|tweet(?:ed|s|ing)?|social media|social network|wrote on"
        r"|on (?:X|Twitter|Telegram|Facebook|Truth Social|Weibo))\b",
        "post posted posts tweet tweeted tweets tweeting social wrote x twitter telegram facebook truth weibo",
    ),
    Channel.TO_REPORTERS: Keyed(
        r"\b(?:told|to|with)\s(?:the\s)?(?:reporters|journalists|media|press)\b", "reporters journalists media press"
    ),
    Channel.PRESS_BRIEFING: Keyed(
        r"\b(?:press (?:briefing|conference)|news conference|briefing)\b", "briefing conference"
    ),
    Channel.INTERVIEW: Keyed(r"\binterview\b", "interview"),
    Channel.ADDRESS: Keyed(
        r"\b(?:address|speech|remarks to|addressing|in parliament)\b", "address speech remarks addressing parliament"
    ),
    Channel.STATEMENT: Keyed(
        r"\b(?:statement|communiqu[eé]|press release|declaration|letter|note|bulletin)\b",
        "statement communique communiqu release declaration letter note bulletin",
    ),
}
_TYPES = {
    "person": SourceType.PERSON,
    "office": SourceType.OFFICE,
    "country": SourceType.OFFICE,
    "organisation": SourceType.OFFICE,
    "agency": SourceType.AGENCY,
    "outlet": SourceType.OUTLET,
    "platform": SourceType.OUTLET,
    "group": SourceType.ANONYMOUS,
}


class Frame(NamedTuple):
    """`chain` answers for the code points [start, end) of sentence `number`; `speaker` is the mention it ends in."""

    number: int
    start: int
    end: int
    chain: tuple[SourceLink, ...]
    speaker: Mention | None = None


def link(mention: Mention, channel: Channel, cue: Span | None, role: SourceRole = SourceRole.SPEAKER) -> SourceLink:
    """A chain link for a named source. A seat of government that speaks of a contact does so in its readout."""
    anonymity = Anonymity.NAMED
    if mention.type == "group":
        anonymity = Anonymity.DESCRIBED if mention.title else Anonymity.UNNAMED
        if channel is Channel.UNKNOWN and _LEAKING.search(mention.name):
            channel = Channel.LEAK
    if channel in (Channel.UNKNOWN, Channel.STATEMENT) and mention.type == "office":
        channel = Channel.OFFICIAL_READOUT
    spokes = "spokes" in (mention.name if mention.type == "group" else mention.title)
    return SourceLink(
        name=mention.name,
        type=_TYPES.get(mention.type, SourceType.OFFICE),
        role=SourceRole.SPOKESPERSON if spokes and role is SourceRole.SPEAKER else role,
        on_behalf_of=mention.of if spokes else None,
        channel=channel,
        anonymity=anonymity,
        cue=cue,
    )


def channel_in(masked: str, words: Words, start: int, end: int) -> Channel:
    """Through what [start, end) says that something came; `words` are those of the text, masked or not."""
    for channel, told in _CHANNELS.items():
        if told.search(masked, start, end, words):
            return channel
    return Channel.UNKNOWN


def document_channel(words: Words, document: re.Match[str]) -> Channel:
    """A body's paper on the contact is its readout; any other is what its words say."""
    if _OF_THE_CONTACT.search(document[0]):
        return Channel.OFFICIAL_READOUT
    return channel_in(document.string, words, document.start(), document.end() + 30)


def relayers(text: str, masked: str, names: Names, s: Sentence, speaker: Mention) -> tuple[SourceLink, ...]:
    """Agencies and outlets named as carrying the words: "told NPA", "as reported by NPA", "an NPA translation"."""
    links = []
    for m in names.within(s.start, s.end):
        if m.type not in RELAYERS or m.name == speaker.name or masked[m.start] == "·":
            continue
        left = max(s.start, m.start - 60)
        before, after = masked[left : m.start], masked[m.end : m.end + 30]
        told = _TOLD.search(before)
        around = (
            _RELAY.search(before)
            or ACCORDING.pattern.search(before)
            or told
            or (_REPORTS.match(after) and _LAST.search(before))
        )
        translated = bool(_TRANSLATION.match(after.lstrip()) or _TRANSLATED_BY.search(before))
        if m.type == "platform" and not translated:
            continue
        if around or translated:
            start = left + around.start() if around else m.start
            role = SourceRole.TRANSLATOR if translated else SourceRole.RELAYER
            channel = Channel.TRANSLATION if translated else Channel.UNKNOWN
            links.append(link(m, channel, Span.of(text, start, m.end), role))
    return tuple(links)
