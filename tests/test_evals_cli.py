"""The commands of `python -m evals`, as somebody with articles and labels of his own calls them."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from evals.__main__ import main
from evals.runs import read_records
from extract.errors import InputError
from schemas import Fact, Failure, Kind
from tests.evals_example import GOLD, TEXT, perfect, record


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with labels, their article and the perfect run."""
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "truce.gold.json").write_text(GOLD.model_dump_json(), encoding="utf-8")
    (tmp_path / "truce.txt").write_text(TEXT, encoding="utf-8", newline="")
    write_run(tmp_path / "good", perfect())
    return tmp_path


def write_run(folder: Path, facts: list[Fact] | None, *failures: Failure) -> Path:
    """An output folder with the example's record, if there are facts."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [record(facts).model_dump_json() + "\n"] if facts is not None else []
    (folder / "records.jsonl").write_text("".join(lines), encoding="utf-8")
    (folder / "failures.jsonl").write_text("".join(one.model_dump_json() + "\n" for one in failures), encoding="utf-8")
    return folder


def run(place: Path, *arguments: object) -> int:
    """One command on the labels of `place`."""
    return main([*map(str, arguments), "--gold", str(place / "gold"), "--texts", str(place / "truce.txt")])


def test_score_says_how_good_records_are(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The table is on stdout, what machines need in the files."""
    out = [place / "s.json", place / "s.xml"]
    assert run(place, "score", place / "good", "--by-kind", "--leave-one-out", "-o", out[0], "-o", out[1]) == 0
    printed = capsys.readouterr().out
    assert "| facts right \\(strict\\): F1 | 1.000 |" in printed or "| facts right (strict): F1 | 1.000 |" in printed
    assert "this one article" in printed
    scores = json.loads(out[0].read_text(encoding="utf-8"))
    assert scores["runs"][0]["figures"]["strict_f1"] == 1.0
    assert scores["runs"][0]["intervals"]["strict"]["low"] is None
    assert ET.parse(out[1]).getroot().findall(".//failure") == []


def test_a_failed_article_is_scored_and_makes_it_incomplete(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is not dropped, its cause is printed, and the exit code says that something is missing."""
    failure = Failure(article="truce", origin="truce.txt", error="LengthStop", cause="cut short", advice="")
    both = run(place, "score", place / "good", write_run(place / "bad", None, failure))
    assert both == 3
    assert "LengthStop: cut short" in capsys.readouterr().out


def test_nothing_evaluated_is_never_a_pass(place: Path) -> None:
    """No record of a labelled article: 5, for score, compare and gate alike."""
    empty = write_run(place / "empty", None)
    assert run(place, "score", empty) == 5
    assert run(place, "compare", empty, empty) == 5
    assert run(place, "gate", empty) == 5


@pytest.mark.parametrize(
    "arguments",
    [["score", "missing"], ["score", "x", "-o", "s.pdf"], ["gate", "--config", "missing.toml"], ["nothing"], []],
)
def test_wrong_usage_is_two(place: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """With a message on stderr and nothing on stdout."""
    try:
        code = run(place, *arguments)
    except SystemExit as stop:
        code = int(stop.code or 0)
    printed = capsys.readouterr()
    assert (code, printed.out) == (2, "")
    assert printed.err


def test_gate_holds_what_was_reached(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A baseline is written once; the same run passes, a worse one fails with the fact named."""
    base = place / "base.json"
    assert run(place, "gate", place / "good", "--baseline", base, "--update") == 0
    assert run(place, "gate", place / "good", "--baseline", base) == 0
    worse = write_run(place / "worse", [perfect()[0].model_copy(update={"kind": Kind.TOPIC}), *perfect()[1:]])
    capsys.readouterr()
    assert run(place, "gate", worse, "--baseline", base, "-o", place / "gate.md") == 1
    printed = capsys.readouterr().out
    assert "10-day port truce" in printed
    assert (place / "gate.md").read_text(encoding="utf-8").strip() == printed.strip()


def test_gate_with_a_missing_article_is_incomplete(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What cannot be compared is no pass and no plain failure."""
    (place / "gold" / "b.gold.json").write_text(_second(place), encoding="utf-8")
    base = place / "base.json"
    texts = ["--texts", str(place / "b.txt")]
    assert run(place, "gate", place / "two", "--baseline", base, "--update", *texts) == 0
    assert run(place, "gate", place / "good", "--baseline", base, *texts) == 3
    assert "b failed: no record" in capsys.readouterr().err


def _second(place: Path) -> str:
    """Another labelled article without facts, and a run over both."""
    from schemas import Article, GoldArticle, GoldArticleRef  # noqa: PLC0415

    article = Article(id="b", text="Nothing.")
    (place / "b.txt").write_text("Nothing.", encoding="utf-8")
    folder = write_run(place / "two", perfect())
    with (folder / "records.jsonl").open("a", encoding="utf-8") as lines:
        lines.write(record([], article).model_dump_json() + "\n")
    return GoldArticle(article=GoldArticleRef(id="b", sha256=article.info.sha256), annotator="t").model_dump_json()


def test_compare_names_what_was_won_and_lost(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Fact by fact, with the words of both."""
    worse = write_run(place / "worse", perfect()[1:])
    assert run(place, "compare", place / "good", worse) == 0
    printed = capsys.readouterr().out
    assert "| lost | truce | f1 |" in printed
    assert "missed" in printed


def test_agree_needs_two_passes(place: Path) -> None:
    """Two folders of labels, told by name."""
    for name in ("pass_a", "pass_b"):
        (place / "gold" / name).mkdir()
        (place / "gold" / name / "truce.gold.json").write_text(GOLD.model_dump_json(), encoding="utf-8")
    assert run(place, "agree", "-o", place / "agree.json") == 0
    assert json.loads((place / "agree.json").read_text(encoding="utf-8"))["facts_f1"] == 1.0


def test_validate_gold_fails_on_a_breach(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Sound labels pass; a fact id that occurs twice is printed."""
    assert run(place, "validate-gold") == 0
    twice = GOLD.model_copy(update={"facts": (*GOLD.facts, GOLD.facts[-1])})
    (place / "gold" / "truce.gold.json").write_text(twice.model_dump_json(), encoding="utf-8")
    assert run(place, "validate-gold") == 1
    assert "f13 occurs 2 times" in capsys.readouterr().out


def test_labels_go_to_label_studio_and_back(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Export, import into another folder: the same labels, and a file name that cannot leave the folder."""
    assert run(place, "label-studio", "export") == 0
    tasks = json.loads(capsys.readouterr().out)
    tasks[0]["data"]["id"] = "../truce"
    (place / "export.json").write_text(json.dumps(tasks), encoding="utf-8")
    assert main(["label-studio", "import", str(place / "export.json"), "--gold", str(place / "new")]) == 0
    assert [path.name for path in (place / "new").iterdir()] == ["___truce.gold.json"]
    assert main(["label-studio", "config"]) == 0
    assert capsys.readouterr().out.startswith("<View>")


def test_repeats_are_read_in_order_and_their_mean_is_shown(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder of repeats is one run: the figures are means, the number of repeats is told."""
    for number, facts in ((1, perfect()), (2, [])):
        write_run(place / "runs" / f"repeat-{number}", facts)
    assert [len(one.records[0].facts) for one in read_records(place / "runs")] == [len(GOLD.facts), 0]
    assert run(place, "score", place / "runs") == 0
    assert "| facts found: F1 | 0.500 |" in capsys.readouterr().out


def test_a_damaged_line_is_named(place: Path) -> None:
    """File and line number, not a traceback."""
    (place / "good" / "records.jsonl").write_text("{}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"records\.jsonl, line 1"):
        read_records(place / "good")
