"""What the output formats do with text that wants to be more than text."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.document import Case, Document, Table, shown
from evals.outputs import as_html, as_json, as_junit, as_markdown, check_output, write_outputs
from extract.errors import ConfigError

HOSTILE = "<script>alert(1)</script> | `x` ![i](http://evil.test/x) & \x1b[31m\x00 \u202e ]]> \"'\n# head"


def document(words: str) -> Document:
    """The same words in every place that a document has."""
    table = Table(words, [words, "figure"], [[words, 0.5], [words, None]], words)
    return Document(words, [table], [Case(words, words, words), Case(words, "fine")], {"words": words})


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@settings(deadline=None)
@given(st.text(max_size=60) | st.just(HOSTILE))
def test_no_text_becomes_a_tag(words: str) -> None:
    """The page has our elements alone, and shows the words."""
    page = _Tags()
    page.feed(as_html(document(words)))
    ours = "html head meta title style body main h1 h2 p div table thead tbody tr th td"
    assert page.tags <= set(ours.split())
    assert shown(words) in page.text


def test_the_page_may_load_nothing() -> None:
    """Its policy forbids scripts and every request."""
    assert "default-src 'none'" in as_html(document("x"))


@settings(deadline=None)
@given(st.text(max_size=60) | st.just(HOSTILE))
def test_junit_is_xml_whatever_it_says(words: str) -> None:
    """Control characters and markup leave it well-formed, with each case counted."""
    suites = ET.fromstring(as_junit(document(words)))
    assert [suite.get("tests") for suite in suites] == ["2"]
    assert [suite.get("failures") for suite in suites] == ["1"]
    assert len(suites.findall(".//failure")) == 1


@settings(deadline=None)
@given(st.text(max_size=60) | st.just(HOSTILE))
def test_a_cell_stays_in_its_cell(words: str) -> None:
    """In Markdown every row has the columns it should have, and markup in a cell is escaped."""
    lines = as_markdown(document(words)).splitlines()
    rows = [line for line in lines if line.startswith("| ")]
    assert len(rows) == 4
    assert all(line.replace("\\\\", "").replace("\\|", "").count("|") == 3 for line in rows)
    assert not re.search(r"(?<!\\)(\\\\)*<", "\n".join(lines))


def test_no_control_character_reaches_a_terminal() -> None:
    """Escape sequences and direction marks are blanks."""
    assert shown(HOSTILE).isprintable()


def test_json_holds_the_data_as_it_is() -> None:
    """Machines get every character."""
    assert json.loads(as_json(document(HOSTILE)))["words"] == HOSTILE


def test_the_extension_chooses_the_format(tmp_path: Path) -> None:
    """One document goes to as many files as are named, folders included."""
    names = ["a.json", "b.md", "deep/c.xml", "d.html"]
    write_outputs(document("x"), [tmp_path / name for name in names])
    begins = [(tmp_path / name).read_text(encoding="utf-8")[:2] for name in names]
    assert begins == ["{\n", "##", "<?", "<!"]


def test_an_unknown_extension_is_refused_before_any_work() -> None:
    """A typing error costs nothing."""
    with pytest.raises(ConfigError, match=r"\.pdf"):
        check_output(Path("scores.pdf"))
