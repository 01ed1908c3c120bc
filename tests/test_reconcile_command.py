"""The command: files in and out, what a terminal and a spreadsheet get, and the judge."""

import argparse
import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from extract.asking.asker import Asker
from extract.asking.cache import ResponseCache
from extract.errors import ConfigError, InputError
from reconcile import reconcile
from reconcile.commands import add_arguments, run
from reconcile.files import read_records
from reconcile.judge import verdicts
from reconcile.matrix import State, matrix
from reconcile.reconciling import borderline_pairs
from reconcile.sheet import inert, sheet
from reconcile.table import show
from schemas import Events, Kind, Record
from tests.fakes import HOSTED, MODEL, FakeModel
from tests.reconcile_facts import ROSE, TIDE, call, duration, fact, record

HOSTILE = "=HYPERLINK(1) [bold]\x1b[31m<script>"


def _records() -> list[Record]:
    return [
        record("a", call(), fact("1", Kind.MEETING, "call: duration", value=duration("PT40M")), _topic("t", ROSE)),
        record("b", call(), fact("1", Kind.MEETING, "call: duration", value=duration("PT2H")), _topic("t", TIDE)),
    ]


def _topic(name: str, source: Any) -> Any:
    return fact(name, Kind.TOPIC, "grain exports", HOSTILE, source)


def _folder(path: Path, records: list[Record]) -> Path:
    (path / "records.jsonl").write_text("".join(f"{r.model_dump_json()}\n" for r in records), encoding="utf-8")
    return path


def _run(folder: Path, *flags: str) -> int:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return run(parser.parse_args([str(folder), *flags]))


def test_the_command_writes_stable_bytes(tmp_path: Path) -> None:
    """Two runs over the same records leave the same events.json, which reads back as the events."""
    folder = _folder(tmp_path, _records())
    assert _run(folder) == 0
    first = (folder / "events.json").read_bytes()
    assert _run(folder) == 0
    assert (folder / "events.json").read_bytes() == first
    assert Events.model_validate_json(first) == reconcile(_records())


def test_json_on_stdout_is_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """For programs, stdout holds the events and nothing else."""
    folder = _folder(tmp_path, _records())
    assert _run(folder, "--json") == 0
    assert capsys.readouterr().out.encode() == (folder / "events.json").read_bytes()


def test_of_two_records_with_one_id_the_later_counts(tmp_path: Path) -> None:
    """A file that was cut off between two runs is read as it was meant."""
    folder = _folder(tmp_path, [record("a"), *_records()])
    assert read_records(folder / "records.jsonl") == _records()


@pytest.mark.parametrize("content", ["", "\n", "{}\n", "no json\n"])
def test_what_holds_no_records_is_named(tmp_path: Path, content: str) -> None:
    """An empty or broken file is an error that names it and says what to do."""
    (tmp_path / "records.jsonl").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"records\.jsonl") as caught:
        _run(tmp_path)
    assert caught.value.advice


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    """Nothing to read is an error, never an empty result."""
    with pytest.raises(InputError, match="cannot read"):
        _run(tmp_path / "nowhere")


def test_the_matrix_says_who_agrees_differs_and_is_silent() -> None:
    """A cell for each account of each claim, parties before press."""
    table = matrix(reconcile(_records()).events[0])
    assert [(a.side, a.article) for a in table.accounts] == [("XN", "a"), ("XO", "b"), ("press", "a"), ("press", "b")]
    states = {row.cluster.object: [cell.state for cell in row.cells] for row in table.rows}
    silent, agree, differs = State.SILENT, State.AGREE, State.DIFFERS
    assert states["call: duration"] == [silent, silent, differs, differs]
    assert states["grain exports"] == [agree, agree, silent, silent]


def test_a_terminal_gets_text_and_nothing_else() -> None:
    """No markup and no control character of an article reaches the terminal."""
    out = io.StringIO()
    hostile = [
        r.model_copy(update={"facts": (*r.facts, fact("x", Kind.TOPIC, HOSTILE, source=ROSE))}) for r in _records()
    ]
    show(reconcile(hostile), Console(file=out, width=200, force_terminal=False))
    shown = out.getvalue()
    assert "\x1b" not in shown
    assert "[bold]" in shown
    assert "call: duration" in shown


def test_the_spreadsheet_has_no_formula(tmp_path: Path) -> None:
    """A cell that a spreadsheet could run begins with an apostrophe; every claim has a row for each account."""
    target = tmp_path / "out.csv"
    assert _run(_folder(tmp_path, _records()), "--csv", str(target)) == 0
    rows = list(csv.DictReader(io.StringIO(target.read_bytes().decode("utf-8-sig"))))
    said = {row["words"] for row in rows if row["what"] == "grain exports"}
    assert said == {f"'{HOSTILE}", ""}
    assert {row["state"] for row in rows} == {"agree", "differs", "silent"}
    assert len(rows) == 3 * 4


@given(st.text())
def test_no_cell_begins_a_formula(cell: str) -> None:
    """Whatever the text, what begins like a formula is made text, and nothing else is touched."""
    made = inert(cell)
    assert made in (cell, f"'{cell}")
    assert made[:1] not in tuple("=+-@\t\r\n|%＝＋－＠")


def test_the_sheet_of_nothing_is_its_heading() -> None:
    """No events, no rows."""
    assert sheet(Events(), {}).count("\n") == 1


def _borderline() -> list[Record]:
    return [
        record("c", call(), fact("1", Kind.TOPIC, "wider harbour security", "wider harbour security", ROSE)),
        record("d", call(), fact("1", Kind.TOPIC, "broader harbour security", "security along the coast", ROSE)),
    ]


@pytest.mark.parametrize("same", [True, False])
async def test_the_judge_is_asked_about_borderline_pairs_only(cache: ResponseCache, *, same: bool) -> None:
    """One question for the one pair in doubt; the verdict decides, is the rule, and the output says who judged."""
    records = [*_borderline(), *_records()]
    pairs = borderline_pairs(records)
    assert len(pairs) == 1
    model = FakeModel(lambda _: {"same": same, "why": "because"})
    async with Asker(HOSTED, cache, transport=model) as asker:
        judged = await verdicts(pairs, asker)
    events = reconcile(records, judged)
    assert events.judge == MODEL
    assert len(model.requests) == 1
    joined = [c for c in events.events[0].clusters if "judged" in c.rule]
    assert len(joined) == (1 if same else 0)


async def test_verdicts_are_replayed(cache: ResponseCache) -> None:
    """A second judgement of the same pairs asks nobody."""
    model = FakeModel(lambda _: {"same": True, "why": "because"})
    for _ in range(2):
        async with Asker(HOSTED, cache, transport=model) as asker:
            judged = await verdicts(borderline_pairs([*_borderline(), *_records()]), asker)
    assert len(model.requests) == 1
    assert len(judged.same) == 1


def test_a_judge_must_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked to judge with no model configured, the command says how to name one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("READOUTS_MODEL", raising=False)
    with pytest.raises(ConfigError, match="--judge"):
        _run(_folder(tmp_path, _records()), "--judge")


def test_without_a_judge_nobody_is_named() -> None:
    """By default no model is asked, and the events say so."""
    assert reconcile(_borderline()).judge is None
