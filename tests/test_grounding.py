"""Adversarial grounding: what the edits are, what comes of them here, and what is replayed of peers."""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from evals.__main__ import main
from evals.gold_files import CHECKOUT
from evals.grounding.cases import MOST, checked, grounds
from evals.grounding.peers import PEERS, Found, Recording, key, load, record
from evals.grounding.table import document, results
from evals.grounding.words import affirmed, invisible, negated, renumbered, reversed_act
from extract.errors import ConfigError, InputError

FAMILIES = {
    "straight quotes",
    "double spaces",
    "dashes",
    "ligatures",
    "non-breaking spaces",
    "negation put in",
    "negation taken out",
    "agreed to refused",
    "changed number",
    "swapped actor",
    "swapped speaker",
    "joined words",
    "invented tail",
    "homoglyphs",
    "zero-width characters",
}


@cache
def everything() -> list[tuple[str, bool, bool]]:
    """Each case: its name, whether it must pass, and whether what came of it is right."""
    rows = results([case for one in grounds() for case in one.cases], [])
    return [(f"{row.name}: {row.failure}", row.case.must_pass, row.right) for row in rows]


def test_every_allowed_variant_is_given_its_exact_span() -> None:
    """Quotation marks, spaces, dashes and ligatures in another form change nothing, in the words or in the article."""
    allowed = [(name, right) for name, must_pass, right in everything() if must_pass]
    assert len(allowed) >= 500
    assert not [name for name, right in allowed if not right]


def test_no_false_claim_passes_as_verified() -> None:
    """Of at least 500 edits that make a claim false, each is rejected or flagged."""
    false = [(name, right) for name, must_pass, right in everything() if not must_pass]
    assert len(false) >= 500
    assert not [name for name, right in false if not right]


def test_a_check_that_is_meant_for_the_edit_catches_it() -> None:
    """The check of the edited field fails, not just any: in all but one of a hundred cases."""
    rows = [row for row in results(grounds()[0].cases, []) if not row.case.must_pass]
    assert sum(row.named for row in rows) >= 0.99 * len(rows)


def test_most_true_facts_pass_as_they_are() -> None:
    """A verifier that flags everything catches every edit too: half of the labelled facts have no failed check."""
    stated = [true for one in grounds() for true in one.stated]
    assert len(checked(stated)) >= len(stated) / 2


def test_every_family_is_there_and_none_crowds_out_the_rest() -> None:
    """All named families, in words, fact or article; of each at most so many an article."""
    cases = grounds()[0].cases
    assert {case.family for one in grounds() for case in one.cases} == FAMILIES
    for family, edited in {(case.family, case.edited) for case in cases}:
        assert sum((case.family, case.edited) == (family, edited) for case in cases) <= MOST


def test_the_cases_are_the_same_every_time() -> None:
    """Another process, with another hash seed, makes the same cases in the same order."""
    script = (
        "from evals.grounding.cases import grounds\n"
        "from evals.grounding.peers import key\n"
        "for case in grounds()[5].cases: print(case.family, case.edited, key(case), case.fact.model_dump_json())"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", script],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(CHECKOUT)},
            cwd=CHECKOUT,
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert told[0]
    assert told[0] == told[1]


def test_edits_change_the_words_and_nothing_but_what_they_say() -> None:
    """Each edit of words on a plain sentence."""
    words = "Ruun agreed to a 30-day truce"
    assert negated(words) == "Ruun did not agree to a 30-day truce"
    assert negated("The truce will hold") == "The truce will not hold"
    assert affirmed("Best did not commit to it") == "Best did commit to it"
    assert affirmed("They don’t agree") == "They do agree"
    assert reversed_act(words) == "Ruun refused to a 30-day truce"
    assert reversed_act(words, ("rejected",)) is None
    assert renumbered(words) == "Ruun agreed to a 40-day truce"
    assert renumbered("for two hours") == "for five hours"
    assert invisible("truce", 0) == "tr\u200buce"
    assert (negated("Best on grain"), affirmed(words), renumbered("no figures")) == (None, None, None)


def test_peers_are_replayed_without_being_installed() -> None:
    """The committed recordings cover the cases with edited words, and their figures stand beside ours."""
    recordings = [load(peer) for peer in PEERS]
    asked = [case for one in grounds() for case in one.cases if case.words is not None]
    for recording in recordings:
        assert recording.versions
        assert sum(key(case) in recording.found for case in asked) >= 0.9 * len(asked)
    table = document(grounds()[:1], recordings).tables[1]
    row = next(row for row in table.rows if row[:2] == ["negation put in", "words"])
    ours, theirs = row[table.columns.index("passed")], row[table.columns.index("langextract")]
    assert ours == 0
    assert int(str(theirs).split()[0]) > 0


def test_a_peer_is_asked_only_about_words_and_once_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Recording keeps where the peer finds the words, by text and words; the file reads back as it was."""
    asked: list[str] = []

    def find(words: str, text: str) -> tuple[int, int] | None:
        asked.append(words)
        at = text.find(words)
        return (at, at + len(words)) if at >= 0 else None

    monkeypatch.setitem(PEERS, "plain", (lambda: find, ("pydantic",)))
    cases = grounds()[0].cases
    record("plain", [*cases, *cases], tmp_path)
    found = load("plain", tmp_path)
    assert len(asked) == len(found.found) == len({key(case) for case in cases if case.words is not None})
    assert set(found.versions) == {"pydantic"}
    [tail, *_] = [case for case in cases if case.family == "invented tail"]
    assert found.found[key(tail)].span is None


def test_a_peer_that_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Recording without the peer says how to get it; a missing recording says how to make one."""

    def absent() -> None:
        raise ImportError("no such thing")

    monkeypatch.setitem(PEERS, "absent", (absent, ()))
    with pytest.raises(ConfigError, match="absent is not installed"):
        record("absent", [], tmp_path)
    with pytest.raises(InputError, match="no recording"):
        load("absent", tmp_path)


def test_cases_that_no_recording_has_are_no_figures_of_the_peer() -> None:
    """A peer that was asked about part of the cases shows of how many."""
    cases = grounds()[0].cases
    tails = [case for case in cases if case.family == "invented tail"]
    some = Recording(
        peer="plain",
        versions={},
        recorded="2031-01-01",
        found={key(tails[0]): Found(span=(0, 3), microseconds=5.0)},
    )
    table = document(grounds()[:1], [some]).tables[1]
    by_family = {(row[0], row[1]): row[table.columns.index("plain")] for row in table.rows}
    assert by_family["invented tail", "words"] == "1 of 1"
    assert by_family["joined words", "words"] is None


def test_the_command_prints_the_tables_and_writes_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 0 where nothing false passed; figures as JSON for machines."""
    assert main(["grounding", "-o", str(tmp_path / "out.json")]) == 0
    told = capsys.readouterr().out
    assert "Allowed variants" in told
    assert "False claims" in told
    figures = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert figures["passed"] == 0
    assert figures["accepted"] == figures["allowed"]
    assert figures["cases"] >= 1000
