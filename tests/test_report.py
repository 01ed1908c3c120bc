"""The report's page as text: what it holds, that nothing in it becomes markup, that it is the same every time."""

import json
import re
import subprocess
import sys
from argparse import ArgumentParser
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from extract.errors import InputError
from report.commands import add_arguments, run
from report.inputs import read_folder
from report.page import render
from schemas import Events, Record, Severity
from tests.report_many import many
from tests.report_sample import EVENT, EVENTS, PROVENANCE, RECORDS, TEXTS

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}{% raise %}\u2028javascript:alert(1)"


class Elements(HTMLParser):
    """The elements of a page, their attributes, and the text of scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, list[str]] = {"script": [], "style": []}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element."""
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Keep the text of a script or style."""
        if self.lasttag in self.inside and not data.isspace():
            self.inside[self.lasttag].append(data)


def page_of(records: tuple[Record, ...] = RECORDS, events: Events = EVENTS) -> str:
    """The sample's page."""
    return render(records, events, TEXTS, {"ended": "2031-05-07T09:00:00Z"})


def data_of(page: str) -> dict[str, list[dict[str, Any]]]:
    """The JSON that the page's script reads."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    data: dict[str, list[dict[str, Any]]] = json.loads(found[1])
    return data


def folder_of(tmp_path: Path) -> Path:
    """A folder as extract and reconcile leave it, with the sample in it."""
    lines = [record.model_dump_json() for record in RECORDS]
    texts = [{"id": r.article.id, "sha256": r.article.sha256, "text": TEXTS[r.article.id]} for r in RECORDS]
    (tmp_path / "records.jsonl").write_text("\n".join(lines) + "\n")
    (tmp_path / "events.json").write_text(EVENTS.model_dump_json())
    (tmp_path / "texts.jsonl").write_text("".join(json.dumps(text) + "\n" for text in texts))
    (tmp_path / "run.json").write_text('{"ended": "2031-05-07T09:00:00Z"}')
    return tmp_path


def test_page_needs_nothing_but_itself() -> None:
    """No element loads, links to or sends to anything outside the page."""
    for tag, attributes in Elements(page_of()).found:
        assert tag not in {"iframe", "img", "object", "embed", "base", "video", "audio"}
        assert "src" not in attributes
        assert "action" not in attributes
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]
        if "href" in attributes:
            assert (attributes["href"] or "").startswith(("#", "data:,"))


def test_policy_allows_the_shipped_style_and_script_by_digest_and_nothing_else() -> None:
    """The policy's digests are those of what the page holds, and no source is allowed by kind."""
    elements = Elements(page_of())
    policy = next(a["content"] for _, a in elements.found if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    for kind, text in (("style", elements.inside["style"][0]), ("script", elements.inside["script"][-1])):
        digest = b64encode(sha256(text.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy


def test_hostile_words_stay_words() -> None:
    """Markup, templates and script schemes in titles, ids, summaries, reasons and models end up escaped."""
    first = RECORDS[0]
    fact = first.facts[0].model_copy(update={"id": HOSTILE, "summary": HOSTILE, "object": HOSTILE})
    record = Record(
        article=first.article.model_copy(update={"id": HOSTILE, "title": HOSTILE, "outlet": HOSTILE}),
        facts=(fact,),
        rejected=({"fact": fact, "reason": HOSTILE},),
        provenance=PROVENANCE.model_copy(update={"model": HOSTILE, "endpoint_host": HOSTILE, "strategy": HOSTILE}),
    )
    events = Events(
        events=(EVENT.model_copy(update={"title": HOSTILE, "clusters": (), "divergences": (), "accounts": ()}),)
    )
    page = render([record], events, {HOSTILE: HOSTILE}, {"ended": HOSTILE})
    plain = render([RECORDS[0]], EVENTS.model_copy(update={"events": ()}), {})
    count = [tag for tag, _ in Elements(page).found].count
    assert (count("script"), count("img")) == ([tag for tag, _ in Elements(plain).found].count("script"), 0)
    assert "{{ 7*7 }}" in page.replace("&#34;", '"')
    assert "\u2028" not in page.split('id="data">')[1].split("</script>")[0]
    assert data_of(page)["articles"][0]["title"] == HOSTILE


def test_same_inputs_give_the_same_bytes_in_any_process() -> None:
    """No clock, and no order that depends on the process, is in the page."""
    program = "from tests.test_report import page_of; import sys; sys.stdout.buffer.write(page_of().encode())"
    pages = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed},
            cwd=Path(__file__).parent.parent,
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert pages == {page_of().encode()}


def test_date_is_the_runs() -> None:
    """The footer's date comes from the run file, and is left out where that has none."""
    assert "2031-05-07T09:00:00Z" in page_of()
    assert "Read on" not in render(RECORDS, EVENTS, TEXTS)


def test_divergences_come_worst_first() -> None:
    """Severity decides the order, whatever the order in events.json and the type."""
    drift, value, silence = EVENT.divergences
    for ranked in (("low", "high"), ("high", "low")):
        graded = zip((drift, value), ranked, strict=True)
        found = (*(entry.model_copy(update={"severity": Severity(grade)}) for entry, grade in graded), silence)
        shown = data_of(page_of(events=Events(events=(EVENT.model_copy(update={"divergences": found}),))))[
            "divergences"
        ]
        order = [entry["severity"] for entry in shown if entry["type"] != "silence"]
        assert order == ["high", "low"]


def test_cells_differ_where_a_fact_is_in_a_conflict_and_silence_is_none() -> None:
    """Facts of a value divergence part; a fact that one account alone tells does not."""
    states = {claim["id"]: {state for _, state, _ in claim["cells"]} for claim in data_of(page_of())["claims"]}
    assert states == {
        "c1": {"agree"},
        "c2": {"agree"},
        "c3": {"differs"},
        "c4": {"differs"},
        "c5": {"agree"},
        "c6": {"agree"},
    }


def test_facts_keep_every_link_of_their_chain_and_both_sides_of_their_words() -> None:
    """A relayed fact shows relayer and primary source; its words come with what stands before and after."""
    fact = next(fact for fact in data_of(page_of())["facts"] if fact["id"] == "k4")
    assert fact["chain"] == [["NPA", "relays"], ["Ilo Best", ""]]
    assert fact["words"] == [
        ["…began at 10 a.m. in Norvan. ", "“We will open the ports at once,” Best said", ", according to NPA."]
    ]


def test_article_without_its_text_is_shown_by_its_evidence() -> None:
    """The page says that a text is missing, and still has the facts with their words."""
    page = render(RECORDS, EVENTS, {name: text for name, text in TEXTS.items() if name != "post"})
    assert "The text of 1 article is not in the folder" in page
    data = data_of(page)
    assert [article["text"] is None for article in data["articles"]] == [False, True, False]
    assert all(fact["words"] for fact in data["facts"])


def test_no_events_at_all_still_make_a_page() -> None:
    """Nothing to compare is said, not a crash."""
    page = render((), Events(), {})
    assert "No event found" in page
    assert "No account gives a length or a clock time." in page


def test_many_facts_do_not_make_many_elements() -> None:
    """What is drawn on demand is data: the page of 5,000 facts has hardly more elements than a small one."""
    records, events, texts = many(100, 50)
    large, small = (Elements(page).found for page in (render(records, events, texts), page_of()))
    assert len(large) < len(small) + 400


def test_command_writes_the_page_beside_its_inputs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`readouts report DIR` writes DIR/report.html, prints its path, and leaves nothing else."""
    parser = ArgumentParser()
    add_arguments(parser)
    before = {path.name for path in folder_of(tmp_path).iterdir()}
    assert run(parser.parse_args([str(tmp_path)])) == 0
    assert capsys.readouterr().out.strip() == str(tmp_path / "report.html")
    assert {path.name for path in tmp_path.iterdir()} - before == {"report.html"}
    assert (tmp_path / "report.html").read_text() == page_of()


def test_command_says_what_to_run_when_there_is_nothing_to_show(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without events the command fails with the command to run first."""
    (folder_of(tmp_path) / "events.json").unlink()
    parser = ArgumentParser()
    add_arguments(parser)
    assert run(parser.parse_args([str(tmp_path)])) == 1
    assert "readouts reconcile" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("records.jsonl", '{"article": 1}\n', "line 1 is no record"),
        ("records.jsonl", "", "holds no record"),
        ("records.jsonl", RECORDS[0].model_dump_json(), "in no record"),
        ("events.json", "[]", "holds no events"),
        ("texts.jsonl", '["not an object"]\n', "line 1 is not an article's id and text"),
        ("run.json", "[1]", "not a JSON object"),
    ],
)
def test_damaged_input_is_named(tmp_path: Path, name: str, content: str, message: str) -> None:
    """Each file that cannot be used is named, with what to do about it."""
    (folder_of(tmp_path) / name).write_text(content)
    with pytest.raises(InputError, match=message) as caught:
        read_folder(tmp_path)
    assert caught.value.advice


def test_text_that_was_not_the_one_read_is_left_out(tmp_path: Path) -> None:
    """A text whose digest is not the record's has other offsets, so it is not shown."""
    path = folder_of(tmp_path) / "texts.jsonl"
    path.write_text(path.read_text().replace("nearly two hours", "nearly ten hours"))
    assert set(read_folder(tmp_path).texts) == {"post", "wire"}


def test_later_of_two_records_counts(tmp_path: Path) -> None:
    """An article that was read again is shown once, as read last."""
    path = folder_of(tmp_path) / "records.jsonl"
    again = RECORDS[0].model_copy(update={"provenance": PROVENANCE.model_copy(update={"model": "later"})})
    path.write_text(path.read_text() + again.model_dump_json() + "\n")
    records = read_folder(tmp_path).records
    assert len(records) == 3
    assert next(r for r in records if r.article.id == "kelm").provenance.model == "later"
