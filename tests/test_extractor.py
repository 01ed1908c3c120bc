"""The Python interface: one article, many, interruptions, memory."""

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from extract.errors import (
    InputError,
)
from extract.extractor import Extractor
from schemas import Failure, Record
from tests.batches import article, ids

ROOT = Path(__file__).parent.parent


class TestExtractor:
    """The Python interface."""

    def test_text(self) -> None:
        """A text is enough."""
        assert Extractor().extract_article("They spoke for an hour, the minister said.").article.id == "article"

    def test_failures_pass_through(self) -> None:
        """Failures among the articles come out in their place."""
        bad = Failure(article="b", origin="b.txt", error="InputError", cause="x")
        first, second, third = Extractor().extract_articles([article("a"), bad, article("c")])
        assert isinstance(first, Record)
        assert second == bad
        assert isinstance(third, Record)

    async def test_inside_a_running_loop(self) -> None:
        """It works where an event loop is running already, as in a notebook."""
        assert Extractor().extract_article("They spoke.").article.chars == 11

    @pytest.mark.parametrize("text", [" \n", "half \ud800 a pair", "\0"])
    def test_text_that_is_none(self, text: str) -> None:
        """What cannot be an article raises, with what to do."""
        with pytest.raises(InputError) as refused:
            Extractor().extract_article(text)
        assert refused.value.advice


SLOW = """
import sys, time
from extract.extractor import Extractor
from schemas import Article

def articles():
    for number in range(50):
        time.sleep(0.005)
        yield Article(id=f"a{number}", text=f"They spoke for {number} minutes, the minister said.")

for result in Extractor("rules").extract_into(sys.argv[1], articles()):
    print("one", flush=True)
"""


def run_and_stop(directory: Path, stop: Callable[[subprocess.Popen[bytes]], None], after: int) -> int:
    """Extract 50 articles slowly in another process and stop it after so many; its exit code."""
    with subprocess.Popen([sys.executable, "-c", SLOW, directory], stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout
        for _ in range(after):
            process.stdout.readline()
        stop(process)
        process.stdout.read()
        return process.wait(30)


def test_killed_at_any_moment(tmp_path: Path) -> None:
    """After kill -9, time after time, the same command ends with the bytes of a run in one go, and nothing twice."""
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    run_and_stop(whole, lambda process: None, 50)
    for after in (1, 25):
        assert run_and_stop(killed, lambda process: process.kill(), after) == -signal.SIGKILL
        there = ids(killed)
        assert len(there) == len(set(there)) >= after
    run_and_stop(killed, lambda process: None, 50)
    for name in ("records.jsonl", "texts.jsonl"):
        assert (killed / name).read_bytes() == (whole / name).read_bytes()


def test_memory_does_not_grow(tmp_path: Path) -> None:
    """Ten times the articles take about the same memory."""
    code = """
import resource, sys
from extract.extractor import Extractor
from schemas import Article

def articles(count):
    for number in range(count):
        yield Article(id=str(number), text="They spoke." + " " * 40_000)

for _ in Extractor("rules").extract_into(sys.argv[1], articles(int(sys.argv[2]))): pass
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
    peaks = [
        int(subprocess.check_output([sys.executable, "-c", code, tmp_path / count, count], cwd=ROOT))
        for count in ("10", "60")
    ]
    assert peaks[1] - peaks[0] < 50 * 40 / 2
