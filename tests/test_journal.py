"""A file of JSON lines that survives being killed."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import (
    OutputError,
)
from extract.journal import Journal
from tests.batches import read_lines


class TestJournal:
    """Lines that survive."""

    def key(self, line: bytes) -> str:
        """The key of `{"k": …}`."""
        key = json.loads(line).get("k")
        if key is None:
            raise ValueError("no k")
        return str(key)

    def fill(self, path: Path, keys: str) -> None:
        """Append a line for each letter."""
        with Journal(path, self.key) as journal:
            for letter in keys:
                journal.append(letter, json.dumps({"k": letter}))

    @given(
        keys=st.lists(st.sampled_from("abcdef"), max_size=12), order=st.permutations("abcdef"), part=st.integers(0, 6)
    )
    def test_arrange(
        self, tmp_path_factory: pytest.TempPathFactory, keys: list[str], order: list[str], part: int
    ) -> None:
        """One line a key is left; those named are in that order, the others where they were."""
        path = tmp_path_factory.mktemp("journal") / "j.jsonl"
        self.fill(path, "".join(keys))
        named = order[:part]
        with Journal(path, self.key) as journal:
            journal.arrange(named)
        found = [str(line["k"]) for line in read_lines(path)]
        before = sorted(set(keys), key=lambda key: max(i for i, each in enumerate(keys) if each == key))
        assert [key for key in found if key in named] == [key for key in named if key in keys]
        assert [key if key not in named else "*" for key in found] == [
            key if key not in named else "*" for key in before
        ]

    @given(cut=st.integers(1, 11))
    def test_torn_line(self, tmp_path_factory: pytest.TempPathFactory, cut: int) -> None:
        """Wherever the last line was cut, it is dropped, the ones before it stay, and writing goes on."""
        path = tmp_path_factory.mktemp("journal") / "j.jsonl"
        self.fill(path, "abc")
        path.write_bytes(path.read_bytes()[:-cut])
        with Journal(path, self.key) as journal:
            assert "c" not in journal
        self.fill(path, "d")
        assert [line["k"] for line in read_lines(path)] == ["a", "b", "d"]

    def test_arranged_file_is_not_touched(self, tmp_path: Path) -> None:
        """A file that is in order already is not written again."""
        path = tmp_path / "j.jsonl"
        self.fill(path, "abc")
        inode = path.stat().st_ino
        with Journal(path, self.key) as journal:
            journal.arrange("abc")
        assert path.stat().st_ino == inode

    def test_line_of_something_else(self, tmp_path: Path) -> None:
        """A whole line that is none of ours is named, not dropped."""
        path = tmp_path / "j.jsonl"
        path.write_text('{"k": 1}\n{"other": 1}\n')
        with pytest.raises(OutputError, match=r"j\.jsonl:2.*no k"):
            Journal(path, self.key)
