"""A directory of results that the same command goes on with."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.errors import (
    OutputError,
)
from extract.extractor import Extractor
from extract.output import Output, json_line
from schemas import Article, Failure, Record
from tests.batches import article, articles, ids, into, read_lines, record


class TestOutput:
    """A directory of results."""

    def test_finished_directory_stays_as_it_is(self, tmp_path: Path) -> None:
        """A second run over a finished directory does nothing and changes no byte of the records."""
        into(tmp_path, *articles(5))
        before = (tmp_path / "records.jsonl").read_bytes(), (tmp_path / "texts.jsonl").read_bytes()
        assert into(tmp_path, *articles(5)) == [None] * 5
        assert before == ((tmp_path / "records.jsonl").read_bytes(), (tmp_path / "texts.jsonl").read_bytes())

    @given(done=st.sets(st.integers(0, 7)), limit=st.integers(0, 8))
    @settings(deadline=None, max_examples=10)
    def test_resumed_is_as_in_one_go(
        self, tmp_path_factory: pytest.TempPathFactory, done: set[int], limit: int
    ) -> None:
        """Whatever was done before and in which order, the end is the same bytes as a run in one go."""
        whole, parts = tmp_path_factory.mktemp("whole"), tmp_path_factory.mktemp("parts")
        every = articles(8)
        into(whole, *every)
        into(parts, *(every[number] for number in sorted(done, reverse=True)))
        into(parts, *every[:limit])
        assert into(parts, *every).count(None) == len(done | set(range(limit)))
        for name in ("records.jsonl", "texts.jsonl"):
            assert (parts / name).read_bytes() == (whole / name).read_bytes()

    def test_changed_text_is_extracted_again(self, tmp_path: Path) -> None:
        """Another text under a known id takes the place of the old one, record and text."""
        into(tmp_path, article("a"), article("b"))
        changed = article("a", "They met for two hours, the minister said.")
        made, kept = into(tmp_path, changed, article("b"))
        assert isinstance(made, Record)
        assert kept is None
        assert ids(tmp_path) == ids(tmp_path, "texts.jsonl") == ["a", "b"]
        assert read_lines(tmp_path / "texts.jsonl")[0]["text"] == changed.text

    def test_other_making_is_extracted_again(self, tmp_path: Path) -> None:
        """A record that other settings made does not count as done."""
        with Output(tmp_path, lambda _: True) as output:
            output.add(article("a"), record(article("a"), "other"))
        assert isinstance(into(tmp_path, article("a"))[0], Record)
        assert into(tmp_path, article("a")) == [None]

    def test_other_inputs_leave_records_alone(self, tmp_path: Path) -> None:
        """A run over other articles adds to a directory and takes nothing away."""
        into(tmp_path, article("a"), article("b"))
        into(tmp_path, article("c"))
        into(tmp_path, article("b"))
        assert ids(tmp_path) == ["a", "b", "c"]

    def test_failures_are_tried_again(self, tmp_path: Path) -> None:
        """failures.jsonl holds what the last run could not do; an article that works the next time is in its place."""
        bad = Failure(article="a0", origin="a0.txt", error="InputError", cause="the text is empty", advice="x")
        into(tmp_path, bad, article("a1"))
        assert [line["article"] for line in read_lines(tmp_path / "failures.jsonl")] == ["a0"]
        into(tmp_path, article("a0"), article("a1"))
        assert (tmp_path / "failures.jsonl").read_text() == ""
        assert ids(tmp_path) == ["a0", "a1"]

    def test_lost_text_is_written_again(self, tmp_path: Path) -> None:
        """A record without its text is not done."""
        into(tmp_path, article("a"))
        (tmp_path / "texts.jsonl").unlink()
        assert isinstance(into(tmp_path, article("a"))[0], Record)
        assert ids(tmp_path, "texts.jsonl") == ["a"]

    def test_two_runs_at_once(self, tmp_path: Path) -> None:
        """A second run over a directory in use is refused; after the first it is not."""
        with Output(tmp_path, lambda _: True), pytest.raises(OutputError, match="another run"):
            Output(tmp_path, lambda _: True)
        Output(tmp_path, lambda _: True).__exit__()

    def test_unwritable(self, tmp_path: Path) -> None:
        """Where nothing can be written, nothing is read or asked."""
        (tmp_path / "file").write_text("x")

        def unread() -> Iterator[Article]:
            raise AssertionError
            yield

        with pytest.raises(OutputError, match="cannot be written"):
            list(Extractor("rules").extract_into(tmp_path / "file", unread()))

    def test_run_json_says_what_ran(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """run.json has inputs, settings without keys, the tally and the status."""
        monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-of-the-tests")
        list(Extractor("rules").extract_into(tmp_path, articles(2), ["some.jsonl"]))
        run = json.loads((tmp_path / "run.json").read_text())
        assert (run["status"], run["inputs"], run["settings"]["model"]) == ("finished", ["some.jsonl"], "rules")
        assert (run["tally"]["extracted"], run["tally"]["kept"], run["tally"]["failed"]) == (2, 0, 0)
        assert "sk-secret" not in json.dumps(run)

    def test_stopping_early_is_an_interruption(self, tmp_path: Path) -> None:
        """A caller that stops leaves what is done, and says that it stopped."""
        results = Extractor("rules").extract_into(tmp_path, articles(50))
        next(results)
        results.close()
        assert json.loads((tmp_path / "run.json").read_text())["status"] == "interrupted"
        assert ids(tmp_path) == ["a0"]
        assert into(tmp_path, *articles(50)).count(None) == 1

    def test_odd_line_ends_stay_inside_a_line(self, tmp_path: Path) -> None:
        """A text with U+2028 or U+0085 in it is one line for every reader, and read back as it was."""
        odd = article("a", "One\u2028two\x85three\u2029, she said.\r\n")
        into(tmp_path, odd)
        (line,) = (tmp_path / "texts.jsonl").read_text().splitlines()
        assert json.loads(line)["text"] == odd.text
        assert len(json_line(record(odd)).splitlines()) == 1
