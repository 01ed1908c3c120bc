"""Ceilings: what the structure around a model lets through of a perfect answer."""

import sys
from pathlib import Path

import pytest

from evals.ceiling import main, perfect_record
from evals.gold_files import GOLD, default_texts, load_labelled
from evals.runs import Recorded, score_run
from extract.strategies import read_by_rules
from extract.strategies.trust import WHOLE, WINDOWS
from schemas import Record

LABELLED = load_labelled(GOLD, default_texts(GOLD))


def found(records: list[Record]) -> float:
    """Recall of facts."""
    run = score_run(Recorded("run", tuple(records)), LABELLED)
    return sum(article.prf["relaxed"].right for article in run.articles) / sum(
        article.prf["relaxed"].expected for article in run.articles
    )


def test_a_perfect_model_takes_nothing_away() -> None:
    """A perfect answer finds at least what the rules find, and asked about every sentence more than about some."""
    rules = found([read_by_rules(one.article) for one in LABELLED])
    windows = found([perfect_record(one, WINDOWS) for one in LABELLED])
    whole = found([perfect_record(one, WHOLE) for one in LABELLED])
    assert rules <= windows < whole


def test_the_command_prints_each_strategy(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """One table has rules and both strategies; a folder without labels is an error with advice."""
    monkeypatch.setattr(sys, "argv", ["ceiling"])
    assert main() == 0
    assert "| figure | rules | windows, perfect model | whole, perfect model |" in capsys.readouterr().out
    monkeypatch.setattr(sys, "argv", ["ceiling", "--gold", str(Path(__file__).parent)])
    assert main() == 2
