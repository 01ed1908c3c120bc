"""The parts that the page is made of: highlights, times, sources, witnesses."""

from hypothesis import given
from hypothesis import strategies as st

from reconcile.matrix import matrix
from report import headline, sources, times, witnesses
from report.highlights import Segment, cut, paragraphs
from report.index import Index
from report.sides import parties
from report.view import page_data
from report.words import FAMILY_OF, letters
from schemas import DivergenceType, Events, Kind, Provenance, Span
from tests.report_many import many
from tests.report_sample import ACCOUNTS, CLUSTERS, EVENT, EVENTS, PROVENANCE, RECORDS, refs

TEXTS = st.text(alphabet=st.sampled_from("ab \n𝔸é\u2028"), min_size=1, max_size=40)


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[tuple[Span, int]]]:
    """A text and spans of it, overlapping in every way."""
    text = draw(TEXTS)
    ends = draw(st.lists(st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))), max_size=8))
    return text, [(Span.of(text, low, high), mark) for mark, (low, high) in enumerate(ends) if low < high]


@given(marked_texts())
def test_segments_are_the_text_and_every_mark_covers_its_span(case: tuple[str, list[tuple[Span, int]]]) -> None:
    """Joined, the segments are the text; the segments with a mark, joined, are the words of its span."""
    text, spans = case
    segments = cut(text, spans)
    assert "".join(segment.text for segment in segments) == text
    for span, mark in spans:
        assert "".join(segment.text for segment in segments if mark in segment.marks) == span.exact


@given(marked_texts())
def test_paragraphs_lose_only_line_breaks_and_blank_lines(case: tuple[str, list[tuple[Span, int]]]) -> None:
    """Each line that has words in it is a paragraph, whole."""
    text, spans = case
    lines = ["".join(segment.text for segment in line) for line in paragraphs(cut(text, spans))]
    assert lines == [line for line in text.split("\n") if line.strip()]


def test_two_spans_of_one_fact_may_overlap() -> None:
    """A mark that is there twice ends only where both of its spans have ended."""
    text = "abcdef"
    segments = cut(text, [(Span.of(text, 0, 4), 7), (Span.of(text, 2, 6), 7)])
    assert "".join(segment.text for segment in segments if segment.marks == (7,)) == text


def test_span_of_another_text_is_not_drawn() -> None:
    """Words that do not stand at their offsets would mark other words."""
    assert cut("some text", [(Span(start=0, end=4, exact="none"), 1)]) == [Segment("some text", ())]


def test_every_kind_has_a_family() -> None:
    """No kind is left without colour and underline."""
    assert set(FAMILY_OF) == set(Kind)


def test_letters_go_on_after_z() -> None:
    """Accounts are counted as spreadsheets count columns."""
    assert [letters(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_press_is_no_party() -> None:
    """A claim from one side and the press is that side's alone."""
    assert parties(CLUSTERS[2]) == ("XB",)


def test_lengths_are_drawn_from_the_earliest_time() -> None:
    """Both lengths of the call start where it began; the longer one's box lies further along."""
    contact, others = times.draw(RECORDS, EVENT)
    shorter, longer, start = contact.bars
    assert (shorter.words, longer.words, start.words) == ("exactly 40 minutes", "nearly two hours", "10 a.m.")
    assert shorter.reach == longer.reach == start.low
    assert shorter.high < longer.low
    assert contact.ticks[0].clock == "10:00"
    assert shorter.parts
    assert not start.parts
    assert {bar.words for bar in others.bars} == {"10-day"}


def test_bars_stay_on_the_axis() -> None:
    """No bar leaves the drawing, and no box ends before it starts."""
    for drawing in times.draw(RECORDS, EVENT):
        for bar in drawing.bars:
            assert times.LEFT <= bar.low <= bar.high <= 100


def test_chains_run_from_the_primary_source_through_relayers_to_the_article() -> None:
    """The relayed source reaches its article through the agency; the agency is no source of its own."""
    drawing = sources.draw(RECORDS, EVENTS)
    assert drawing is not None
    assert {place.name for place in drawing.places if place.column == "source"} == {
        "Rose Palace",
        "Ilo Best",
        "Office of Ilo Best",
    }
    titles = [curve.title for curve in drawing.curves]
    assert "Ilo Best to NPA: 1 fact" in titles
    assert "NPA to article A: 1 fact" in titles
    assert "Ilo Best to article A: 1 fact" not in titles


def test_a_crowd_of_articles_is_drawn_in_part_and_says_so() -> None:
    """The drawing is bounded; what is left out is counted."""
    records, events, _ = many(60, 1)
    drawing = sources.draw(records, events)
    assert drawing is not None
    assert len(drawing.places) < 50
    assert drawing.left_out > 0


def test_nothing_told_by_others_draws_no_graph() -> None:
    """Without any source beside the writers there is nothing to draw."""
    assert sources.draw((), Events()) is None


def test_a_claim_in_two_articles_from_one_source_is_pointed_out() -> None:
    """Two articles that relay one source are one witness."""
    assert [claim.claim for claim in witnesses.widely_carried_from_one(EVENT)] == ["c1", "c4"]
    assert [(count.witnesses, count.claims) for count in witnesses.counts(EVENT)] == [(0, 2), (1, 3), (2, 1)]


def test_headline_counts_conflicts_by_severity_and_leaves_silence_out() -> None:
    """One high, one low; the silence is no divergence of the headline."""
    head = headline.headline(RECORDS, EVENT, 1)
    assert list(head.severities.values()) == [1, 0, 1]
    assert (head.articles, head.facts, head.rejected, head.claims) == (3, 10, 1, 6)
    assert head.cost == "$0.03"


def test_one_unknown_price_makes_the_cost_unknown() -> None:
    """A sum with a hole in it is no sum."""
    free = RECORDS[0].model_copy(update={"provenance": PROVENANCE.model_copy(update={"cost_usd": None})})
    assert headline.cost([free, RECORDS[1]]) == "unknown"


def test_command_to_make_it_again_is_safe_to_paste() -> None:
    """A model's name cannot smuggle in a second command, and what no command did gets none."""
    (found, _), *_ = headline.origins([RECORDS[0].model_copy(update={"provenance": _by("evil; rm -r x", "whole")})])
    assert found.command == "readouts extract INPUT -o DIR -m 'evil; rm -r x' --strategy whole"
    (found, _), *_ = headline.origins([RECORDS[0].model_copy(update={"provenance": _by("people", "by hand")})])
    assert found.command is None


def _by(model: str, strategy: str) -> Provenance:
    return PROVENANCE.model_copy(update={"model": model, "strategy": strategy})


def test_accounts_of_the_sample_cover_its_facts() -> None:
    """The sample is what reconcile would write: every fact is in one account."""
    assert sum(len(account.facts) for account in ACCOUNTS) == sum(len(record.facts) for record in RECORDS)


def test_cells_are_those_of_the_matrix() -> None:
    """The page's cells are the ones that reconcile's matrix holds, the silent ones left out."""
    stale = EVENT.divergences[1].model_copy(update={"id": "d4", "type": DivergenceType.STALE, "facts": refs("k3")})
    event = EVENT.model_copy(update={"divergences": (*EVENT.divergences, stale)})
    index = Index(RECORDS)
    expected = [
        [(place, cell.state, index.of(cell.facts)) for place, cell in enumerate(row.cells) if cell.facts]
        for row in matrix(event).rows
    ]
    assert [claim["cells"] for claim in page_data(RECORDS, Events(events=(event,)), {})["claims"]] == expected
