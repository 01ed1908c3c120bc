"""The page in a real browser at its limits: accessibility, phones, paper, hostile words, thousands of facts."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from schemas import Article, Events, Evidence, Fact, Record
from tests.browser.conftest import Open
from tests.report_many import many
from tests.report_sample import ACCOUNTS, CLUSTERS, EVENT, PROVENANCE, WRITER

HOSTILE = "</script><script>window.owned=1</script><img src=http://localhost/x onerror=window.owned=1>"
LINK = "javascript:window.owned=1"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(open_page: Open, theme: str, width: int) -> None:
    """No violation of accessibility rules, with everything opened, in both themes and at both widths."""
    page = open_page(theme=theme, width=width, bypass_csp=True).page
    page.locator("#matrix-body .open").first.click()
    page.locator("#silences summary").click()
    if width < 600:
        page.locator("#show-filters").click()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_axe_finds_nothing_in_an_article_with_rejected_facts_and_the_help(open_page: Open) -> None:
    """The parts that are closed at first are accessible as well."""
    page = open_page(address="#at=article%2Fwire", bypass_csp=True).page
    page.locator("#rejected summary").click()
    page.keyboard.press("?")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_phone_scrolls_the_matrix_in_its_own_box(open_page: Open) -> None:
    """At phone width the page itself does not scroll sideways."""
    page = open_page(width=390).page
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("#matrix-body .open").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_print_leaves_the_controls_out(open_page: Open) -> None:
    """On paper there is nothing to press."""
    page = open_page().page
    page.emulate_media(media="print")
    expect(page.locator(".bar")).to_be_hidden()
    expect(page.locator(".matrix")).to_be_visible()


def test_hostile_article_title_and_claim_stay_words(open_page: Open) -> None:
    """Markup and script schemes in any text that comes from outside are shown as they are written, and do nothing."""
    text = f"Before {HOSTILE} after {LINK}."
    article = Article(id=HOSTILE, text=text, title=HOSTILE, outlet=LINK)
    fact = Fact(
        id=LINK,
        kind="statement",
        summary=HOSTILE,
        object=HOSTILE,
        attribution=(WRITER, WRITER.model_copy(update={"name": HOSTILE})),
        evidence=(Evidence.of(text, 7, 7 + len(HOSTILE)),),
    )
    record = Record(article=article.info, facts=(fact,), provenance=PROVENANCE.model_copy(update={"model": HOSTILE}))
    ref = {"article": HOSTILE, "fact": LINK}
    cluster = CLUSTERS[0].model_validate(
        {
            **CLUSTERS[0].model_dump(),
            "id": HOSTILE,
            "label": HOSTILE,
            "facts": [ref],
            "sides": [HOSTILE],
            "witnesses": [],
        }
    )
    account = ACCOUNTS[0].model_validate({"id": HOSTILE, "side": HOSTILE, "article": HOSTILE, "facts": [ref]})
    event = EVENT.model_copy(
        update={
            "title": HOSTILE,
            "articles": (HOSTILE,),
            "clusters": (cluster,),
            "divergences": (),
            "accounts": (account,),
        }
    )
    view = open_page((record,), Events(events=(event,)), {HOSTILE: text}, address=f"#q={HOSTILE}&at={LINK}")
    page = view.page
    page.locator("#clear").click()
    page.locator("#matrix-body .open").first.click()
    expect(page.locator("#text mark")).to_have_text(HOSTILE)
    page.locator("#text .tag").click()
    expect(page.locator(".fact")).to_be_focused()
    expect(page.locator("h1")).to_have_text(HOSTILE)
    assert page.evaluate("window.owned") is None
    assert page.locator("img").count() == 0
    assert page.locator("a:not([href^='#'])").count() == 0
    assert [address for address in view.asked if address.startswith("http")] == []


def test_thousands_of_facts_draw_a_bounded_page(open_page: Open) -> None:
    """5,000 facts in 100 articles: only a page of each list is in the document, at first and after turning."""
    page = open_page(*many(100, 50)).page
    bound = 6000
    assert page.evaluate("document.querySelectorAll('*').length") < bound
    expect(page.locator("tr.claim")).to_have_count(60)
    page.locator("#claims-pages button", has_text="Next").click()
    expect(page.locator("#claims-pages")).to_contain_text("Claims 61–120 of 5,000")
    page.locator("#filter-q").fill("point 49 of")
    expect(page.locator("#claims-count")).to_have_text("100 claims of 5,000")
    page.goto(page.url.split("#")[0] + "#at=fact%2Farticle-99%2Ff49")
    expect(page.locator(".fact", has_text="point 49")).to_be_focused()
    assert page.evaluate("document.querySelectorAll('*').length") < bound


def test_one_article_of_thousands_of_facts_draws_a_bounded_page(open_page: Open) -> None:
    """5,000 facts in one article: its text and its facts come in parts, and a jump turns to the right one."""
    page = open_page(*many(1, 5000), address="#at=words%2Farticle-0%2Ff4999").page
    expect(page.locator("#text mark.here")).to_have_text("Ruun raised point 4999 of the long list with Best.")
    assert page.evaluate("document.querySelectorAll('*').length") < 9000
