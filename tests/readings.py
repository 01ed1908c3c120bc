"""A text in, its reading out: what the tests of reading and rules share. Countries and people are invented."""

from datetime import date

from hypothesis import strategies as st

from extract.reading.article import Reading
from extract.rules import propose
from schemas import Article, Fact, SourceLink

ANCHOR = date(2031, 5, 14)  # a Wednesday
MET = "President Ada Ruun met Chancellor Ilo Best on Tuesday. "

# Pieces of which news text, whole and broken, is made; and marks and characters, one each.
_PHRASES = (
    "President Ada Ruun|Chancellor Ilo Best|Ruun|the Emir of Kelm|Kelm’s government|Norvanian officials|the Kelm Times"
    "|two sources close to the talks|They|he|it|The statement|both leaders|Mr. Ekk|Mx. Ekk|U.S.| said | told | met "
    "| agreed to | did not agree | added that |according to | ordered |the call |reportedly | lasted about 90 minutes"
    "| at 10 a.m. GMT| on Tuesday| in March 2030| in Feb. 2031| for two and a half hours|30 days|99999 days ago|1,000"
    "| and | but | while | that | unless | must | will | by Friday| a truce|the border|They left. |We met.”|“We met. ”"
)
_MARKS = "“”\"‘’'«»„(),.…!?;:—- \t\n\u00a0\u2028éİßΩ中١😀9"
PIECES = (*_PHRASES.split("|"), '"We met." ', ". ", "  ", "\r\n", "👩‍🚀", *_MARKS)
any_text = st.text(max_size=300) | st.lists(st.sampled_from(PIECES), max_size=50).map("".join)


def reading(text: str, anchor: date | None = ANCHOR) -> Reading:
    """The text, read as an article of that day."""
    return Reading(Article(id="x", text=text, anchor_date=anchor))


def facts(text: str, anchor: date | None = ANCHOR) -> list[Fact]:
    """What the rules propose for the text, less the first contact that `MET` states."""
    found = propose(reading(text, anchor))
    return [fact for fact in found if fact.evidence[0].start >= len(MET)] if text.startswith(MET) else found


def sources(text: str) -> list[tuple[str, str]]:
    """Per frame: the names of the chain, outermost first, and the words that the chain answers for."""
    read = reading(text)
    return [(" > ".join(link.name for link in f.chain), text[f.start : f.end].strip(" ,")) for f in read.frames]


def innermost(text: str) -> SourceLink:
    """The primary source of the last sentence."""
    read = reading(text)
    frame = read.frame_of(read.sentences[-1])
    assert frame is not None
    return frame.chain[-1]
