"""Committed runs and new ones: what is replayed needs no network, and what is missing is told."""

from pathlib import Path

import pytest

from evals.__main__ import main
from evals.replay import committed_runs, replay
from evals.runs import read_records, score_run
from extract.errors import ConfigError
from tests.evals_example import GOLD, LABELLED, TEXT

PROFILES = """
[profiles.rules]
model = "rules"

[profiles.small]
model = "small-1b"
base_url = "http://127.0.0.1:9/v1"
strategy = "windows"
"""


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    """A folder of committed runs: rules, and a model whose recording is not there yet."""
    (tmp_path / "readouts.toml").write_text(PROFILES, encoding="utf-8")
    return tmp_path


def test_rules_come_out_the_same_every_time() -> None:
    """The committed run by rules is deterministic, asks nobody and has no failure."""
    first, second = replay("rules", [LABELLED]), replay("rules", [LABELLED])
    assert first.records == second.records
    assert first.failures == ()
    assert not first.live
    assert first.seconds is not None


def test_the_runs_are_those_of_the_file(recordings: Path) -> None:
    """One profile a run, in their order; another name is a usage error that lists them."""
    assert committed_runs(recordings) == ["rules", "small"]
    with pytest.raises(ConfigError, match="other"):
        replay("other", [LABELLED], recordings)


def test_a_model_without_a_recording_is_not_asked(recordings: Path) -> None:
    """Nothing goes over the network, and nothing comes from anybody's own cache."""
    with pytest.raises(ConfigError, match=r"small\.jsonl is not there"):
        replay("small", [LABELLED], recordings)


def test_an_answer_that_is_not_recorded_fails_its_article(recordings: Path) -> None:
    """A changed prompt finds no answer: the article scores 0, with the cause, instead of a number from nowhere."""
    (recordings / "small.jsonl").write_text('{"dialects":[],"meta":{},"readouts_pack":1}\n', encoding="utf-8")
    recorded = replay("small", [LABELLED], recordings)
    assert recorded.records == ()
    assert score_run(recorded, [LABELLED]).failed["truce"].startswith("CacheMiss")


def test_run_makes_a_folder_for_each_repeat(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Records, texts and the run file of each pass, scored as one run without naming the texts again."""
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "truce.gold.json").write_text(GOLD.model_dump_json(), encoding="utf-8")
    (tmp_path / "truce.txt").write_text(TEXT, encoding="utf-8", newline="")
    where = ["--gold", str(tmp_path / "gold"), "--texts", str(tmp_path / "truce.txt")]
    out = tmp_path / "out"
    assert main(["run", "-m", "rules", "--repeats", "2", "-o", str(out), *where]) == 0
    passes = read_records(out)
    assert [len(one.records) for one in passes] == [1, 1]
    assert passes[0].records == passes[1].records
    assert all(one.seconds is not None for one in passes)
    assert "repeat 2 of 2: 1 records" in capsys.readouterr().err
    assert main(["score", str(out), "--gold", str(tmp_path / "gold")]) == 0
