"""A browser for the tests of this folder, and a page of the sample that records whatever it says and asks for."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from report.page import render
from schemas import Events
from tests.browser.chromium import EXECUTABLE, MISSING, chromium
from tests.report_sample import EVENTS, RECORDS, TEXTS


@dataclass
class Opened:
    """A page in the browser, what it logged, and every address it asked for."""

    page: Page
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


Open = Callable[..., Opened]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium; its absence fails the tests and says how to install it."""
    if not EXECUTABLE.exists():
        pytest.fail(MISSING)
    with chromium() as running:
        yield running


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Opens the sample's page, or that of other inputs, and fails the test if the page logged anything."""
    opened: list[Opened] = []

    def opening(
        *inputs: Any, address: str = "", theme: str = "light", width: int = 1280, bypass_csp: bool = False
    ) -> Opened:
        records, events, texts = inputs or (RECORDS, EVENTS, TEXTS)
        assert isinstance(events, Events)
        path = tmp_path / f"report-{len(opened)}.html"
        path.write_text(render(records, events, texts), encoding="utf-8")
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme="dark" if theme == "dark" else "light",
            bypass_csp=bypass_csp,
        )
        view = Opened(context.new_page())
        view.page.on("console", lambda message: view.said.append(message.text))
        view.page.on("pageerror", lambda error: view.said.append(str(error)))
        view.page.on("request", lambda request: view.asked.append(request.url))
        view.page.set_default_timeout(10_000)
        view.page.goto(path.as_uri() + address)
        opened.append(view)
        return view

    yield opening
    for view in opened:
        view.page.context.close()
        assert view.said == []
