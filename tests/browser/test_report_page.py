"""The page in a real browser: what clicks, filters, keys and addresses do."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.report_sample import EVENTS, RECORDS

WITHOUT_LABELS = """paragraph => {
  const copy = paragraph.cloneNode(true);
  for (const label of copy.querySelectorAll(".tag")) label.remove();
  return copy.textContent;
}"""


def claims(page: Page) -> list[str]:
    """The claims that are shown, top to bottom."""
    return page.locator("#matrix-body .open").all_inner_texts()


def kept(page: Page) -> str:
    """What the address keeps."""
    return str(page.evaluate("decodeURIComponent(location.hash)"))


def test_nothing_is_asked_of_the_network_or_said_on_the_console(open_page: Open) -> None:
    """Opening the page, and using all of it, asks for the page and nothing else."""
    view = open_page()
    page = view.page
    page.locator("#matrix-body .open").first.click()
    page.locator("#silences summary").click()
    page.locator(".tag").first.click()
    page.locator("#theme").click()
    assert [address for address in view.asked if not address.startswith("data:")] == [view.asked[0]]
    assert view.asked[0].startswith("file:")


def test_claims_are_grouped_by_the_sides_that_carry_them(open_page: Open) -> None:
    """Both sides' claims come first, then each side's own, then the press's."""
    page = open_page().page
    groups = page.locator("#matrix-body .group span").all_inner_texts()
    assert groups == [
        "XA and XB 1 claim",
        "XB only 2 claims",
        "XA only 1 claim",
        "Neither side: the press and others 2 claims",
    ]


def test_cells_say_agree_differ_and_silent_without_colour(open_page: Open) -> None:
    """Each cell has a text of its own, and the three signs have three shapes."""
    page = open_page().page
    row = page.locator("tr.claim", has_text="How long the call lasted")
    expect(row.locator("td.differs")).to_have_count(2)
    expect(row.locator("td.silent").first).to_have_text("silent")
    expect(row.locator("td.differs button").first).to_have_attribute("aria-label", re.compile("differs"))
    agreed = page.locator("tr.claim", has_text="10-day port truce").first
    expect(agreed.locator("td.agrees")).to_have_count(2)


def test_a_cell_opens_the_words_of_its_account(open_page: Open) -> None:
    """A click on a sign shows all words of the claim and goes to that account's."""
    page = open_page().page
    row = page.locator("tr.claim", has_text="How long the call lasted")
    row.locator("td.differs button").first.click()
    detail = page.locator("tr.detail")
    expect(detail.locator("mark")).to_have_text(["lasted nearly two hours", "exactly 40 minutes"])
    expect(detail.locator(".wording.here")).to_contain_text("exactly 40 minutes")
    row.locator(".open").click()
    expect(page.locator("tr.detail")).to_have_count(0)


def test_one_witness_behind_two_articles_is_said_with_the_shared_words(open_page: Open) -> None:
    """The words of a claim come with its independent witnesses."""
    page = open_page().page
    page.locator("tr.claim", has_text="10-day port truce").first.locator(".open").click()
    expect(page.locator(".witness-list")).to_contain_text("Rose Palace in A, C: one witness")
    expect(page.locator(".witness-list")).to_contain_text("agreed to a 10-day port truce")


def test_divergences_show_wordings_type_chain_and_word_diff(open_page: Open) -> None:
    """Worst first; quote drift with what was cut and what is new."""
    page = open_page().page
    cards = page.locator(".divergence")
    expect(cards.locator(".severity")).to_have_text(["high", "low"])
    drift = cards.nth(1)
    expect(drift.locator(".type")).to_have_text("Other words inside the quotation marks")
    expect(drift.locator(".chain").first).to_contain_text("NPA")
    expect(drift.locator(".diff p:last-child del")).to_have_text(["will", "at once"])
    expect(drift.locator(".diff p:last-child ins")).to_have_text(["shall", "soon"])


@pytest.mark.parametrize(
    ("control", "choice", "left"),
    [
        ("kind", "no_comment", ["When ships sail"]),
        ("side", "XA", ["The ports will open", "10-day port truce"]),
        ("account", "wire", ["10-day port truce", "When ships sail"]),
        ("certainty", "CT-", ["When ships sail"]),
    ],
)
def test_filter_narrows_claims_and_is_kept_in_the_address(
    open_page: Open, control: str, choice: str, left: list[str]
) -> None:
    """Choosing a filter leaves what passes it, and the address alone brings the same view back."""
    page = open_page().page
    page.locator(f"#filter-{control}").select_option(choice)
    assert claims(page) == left
    assert kept(page) == f"#{control}={choice}"
    page.reload()
    assert claims(page) == left
    expect(page.locator(f"#filter-{control}")).to_have_value(choice)


def test_text_filter_looks_into_words_names_and_sources(open_page: Open) -> None:
    """A source's name finds the claims it told; clearing brings everything back."""
    page = open_page().page
    everything = claims(page)
    page.locator("#filter-q").fill("npa")
    assert claims(page) == ["The ports will open"]
    expect(page.locator("#claims-count")).to_have_text("1 claim of 6")
    expect(page.locator(".divergence")).to_have_count(1)
    page.locator("#clear").click()
    assert claims(page) == everything
    assert kept(page) == ""


def test_nothing_found_is_said(open_page: Open) -> None:
    """An empty result is a sentence, not an empty table."""
    page = open_page(address="#q=nowhere").page
    expect(page.locator("#matrix-body")).to_have_text("No claim passes these filters.")
    expect(page.locator("#divergences-list")).to_have_text("No divergence passes these filters.")


def test_words_jump_to_their_fact_and_back(open_page: Open) -> None:
    """A label in the text leads to the fact, the fact's number back to the words, and Back undoes a jump."""
    page = open_page().page
    page.locator(".tag", has_text="4 meeting").click()
    card = page.locator(".fact", has_text="start of the call")
    expect(card).to_be_focused()
    assert kept(page).endswith("at=fact/kelm/k3")
    card.locator(".number").click()
    expect(page.locator("#text mark.here")).to_have_text("It began at 10 a.m. in Norvan")
    page.go_back()
    expect(card).to_be_focused()


def test_address_leads_to_a_fact_of_another_article(open_page: Open) -> None:
    """A shared address opens the article it points into, at the fact."""
    page = open_page(address="#at=fact%2Fpost%2Fp2").page
    expect(page.locator("#article-title")).to_contain_text("Ports to open, says Best")
    expect(page.locator(".fact", has_text="length of the call")).to_be_focused()


def test_jump_to_a_claim_that_is_filtered_away_lifts_the_filter(open_page: Open) -> None:
    """A link always arrives."""
    page = open_page(address="#kind=no_comment").page
    page.locator("#tabs button").first.click()
    page.goto(page.url.split("#")[0] + "#kind=no_comment&at=claim%2F0%2Fc3")
    expect(page.locator("tr.claim", has_text="How long the call lasted")).to_be_focused()


def test_overlapping_marks_keep_every_label(open_page: Open) -> None:
    """Where facts overlap, the words between are marked for each, and the text reads as it was written."""
    page = open_page().page
    marks = page.locator("#text mark").evaluate_all("nodes => nodes.map((node) => node.dataset.facts)")
    assert "0 1" in marks
    assert "1 2" in marks
    text = page.locator("#text p").first.evaluate(WITHOUT_LABELS)
    assert text == (
        "The Rose Palace said Ada Ruun and Ilo Best agreed to a 10-day port truce. The call lasted nearly two hours."
    )


def test_rejected_facts_come_with_their_reasons(open_page: Open) -> None:
    """What was proposed and did not pass is shown in its article, and why."""
    page = open_page(address="#at=article%2Fwire").page
    page.locator("#rejected summary").click()
    expect(page.locator("#rejected-list li")).to_contain_text(["the evidence has no threat in it"])


def test_article_without_text_shows_evidence_and_says_so(open_page: Open) -> None:
    """The facts carry their words where the text is missing."""
    page = open_page(RECORDS, EVENTS, {}).page
    expect(page.locator("#no-text")).to_be_visible()
    expect(page.locator(".fact .words").first).to_contain_text("Ada Ruun and Ilo Best agreed")


def test_keyboard_steps_searches_and_helps(open_page: Open) -> None:
    """Keys: j and k step through what is shown, Enter opens, / searches, ? explains, t turns the theme."""
    page = open_page().page
    page.keyboard.press("j")
    expect(page.locator("tr.claim").nth(0)).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator("tr.claim").nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("tr.detail")).to_have_count(1)
    page.keyboard.press("/")
    expect(page.locator("#filter-q")).to_be_focused()
    page.keyboard.type("j?")
    expect(page.locator("#filter-q")).to_have_value("j?")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    page.keyboard.press("t")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_theme_follows_the_system_until_it_is_chosen(open_page: Open) -> None:
    """Dark where the system is dark, light again at a click."""
    page = open_page(theme="dark").page
    shade = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(shade)
    page.locator("#theme").click()
    assert page.evaluate(shade) != dark
