"""The command as a user meets it: what goes to stdout, to stderr, into files, and with which exit code."""

import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from extract.cli import main
from schemas import Failure, Record

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
COMMAND = [sys.executable, "-m", "extract.cli"]
KEY = "sk-secret-of-the-tests"
TEXT = "The two presidents spoke for an hour on Tuesday, the spokeswoman said.\n"


@pytest.fixture(autouse=True)
def _clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty working directory, a cache of its own, and nothing configured."""
    monkeypatch.chdir(tmp_path)
    for name in [*os.environ]:
        if name.startswith(("READOUTS_", "OPENAI_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("READOUTS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


def records(text: str) -> list[Record]:
    """The records of so many lines."""
    return [Record.model_validate_json(line) for line in text.splitlines()]


def code_of(*arguments: str) -> int:
    """The exit code of the command, also where argparse exits."""
    try:
        return main(arguments)
    except SystemExit as ended:
        return int(ended.code or 0)


def wait_for(condition: Callable[[], object]) -> None:
    """Return once it holds; fail after a minute."""
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


class TestExtract:
    """`readouts extract`."""

    def test_without_output(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Without -o, one record a line goes to stdout, in the order of the inputs, and nothing else does."""
        assert code_of("extract", str(SEEDS)) == 0
        out, err = capsys.readouterr()
        assert [record.article.id for record in records(out)] == ["000", "001", "002", "003", "004"]
        assert all(record.provenance.model == "rules" for record in records(out))
        assert err == ""

    def test_evidence_is_verbatim(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Every span of every fact stands in its article at its offsets."""
        main(["extract", str(SEEDS)])
        texts = {path.name[:3]: path.read_bytes().decode() for path in SEEDS.glob("*.txt")}
        for record in records(capsys.readouterr().out):
            assert record.facts
            for fact in record.facts:
                assert fact.evidence
                assert all(span.stands_in(texts[record.article.id]) for span in fact.evidence)

    def test_into_a_directory(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """With -o, results go into files; run again, nothing is done and no byte changes."""
        assert code_of("extract", str(SEEDS), "-o", "out") == 0
        first = capsys.readouterr()
        before = (tmp_path / "out" / "records.jsonl").read_bytes()
        assert code_of("extract", str(SEEDS), "-o", "out") == 0
        second = capsys.readouterr()
        assert first.out == second.out == ""
        assert "5 articles" in first.err
        assert "5 done before" in second.err
        assert len(records(before.decode())) == 5
        assert (tmp_path / "out" / "records.jsonl").read_bytes() == before

    def test_some_failed(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Exit 3 where some articles failed: each on stderr and in failures.jsonl, with cause and next step."""
        Path("empty.txt").write_text("")
        Path("good.txt").write_text(TEXT)
        assert code_of("extract", "empty.txt", "good.txt", "gone.txt", "-o", "out") == 3
        failures = [
            Failure.model_validate_json(line) for line in (tmp_path / "out" / "failures.jsonl").read_text().splitlines()
        ]
        assert [failure.article for failure in failures] == ["empty", "gone.txt"]
        told = capsys.readouterr().err
        for failure in failures:
            assert failure.article in told
            assert failure.cause in told
            assert failure.advice in told

    def test_nothing_could_be_done(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Exit 1 where no article gave a record."""
        assert code_of("extract", "gone.txt") == 1
        assert capsys.readouterr().out == ""

    @pytest.mark.parametrize(
        "arguments",
        [
            (),
            ("--wrong", "x.txt"),
            ("x.txt", "--anchor", "tomorrow"),
            ("x.txt", "--limit", "0"),
            ("x.txt", "--concurrency", "none"),
            ("x.txt", "--max-cost", "-1"),
            ("x.txt", "--strategy", "guess"),
            ("x.txt", "--strategy", "windows"),
            ("x.txt", "--base-url", "http://127.0.0.1:1/v1"),
            ("x.txt", "--base-url", "localhost", "-m", "m"),
            ("x.txt", "--profile", "gone"),
            ("x.txt", "--config", "gone.toml"),
            ("x.txt", "-m", "gpt-5"),
            (".", "-o", "."),
        ],
        ids=" ".join,
    )
    def test_usage(self, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
        """Exit 2 for what cannot be meant, with what to do; nothing is read, written or asked."""
        Path("x.txt").write_text(TEXT)
        assert code_of("extract", *arguments) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert len(err.splitlines()) >= 2
        assert not Path("records.jsonl").exists()

    def test_unwritable_output(self, capsys: pytest.CaptureFixture[str]) -> None:
        """An output that cannot be written is an error before any article is read."""
        Path("file").write_text("x")
        assert code_of("extract", "gone.txt", "-o", "file") == 1
        assert capsys.readouterr().err.startswith("readouts extract: file cannot be written")

    def test_limit_and_anchor(self, capsys: pytest.CaptureFixture[str]) -> None:
        """--limit takes the first articles, --anchor dates those that bring no date."""
        Path("a.txt").write_text(TEXT)
        Path("b.txt").write_text(TEXT)
        assert code_of("extract", "a.txt", "b.txt", "--limit", "1", "--anchor", "2025-01-31") == 0
        (record,) = records(capsys.readouterr().out)
        assert (record.article.id, str(record.article.anchor_date)) == ("a", "2025-01-31")

    def test_hostile_names_reach_no_terminal(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Escape sequences in ids and names of files are not passed on, and no id becomes a path."""
        Path("a\x1b[31m.txt").write_text("")
        Path("b.jsonl").write_text('{"id": "x\\u001b[31m", "text": "x"}\n{"id": "../../up", "text": "They spoke."}\n')
        Path("c\x1b[31m").mkdir()
        Path("c\x1b[31m/index.toml").write_text("broken")
        assert code_of("extract", "a\x1b[31m.txt", "b.jsonl", "c\x1b[31m", "-o", "out") == 3
        assert "\x1b" not in capsys.readouterr().err
        assert {path.name for path in Path("out").iterdir()} == {
            "records.jsonl",
            "texts.jsonl",
            "failures.jsonl",
            "run.json",
        }

    def test_template_in_the_text(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Template syntax in an article stays what it is."""
        Path("a.txt").write_text("“{{7*7}} and {% if %}”, the minister said.\n")
        assert code_of("extract", "a.txt") == 0
        assert "49" not in capsys.readouterr().out.partition('"sha256":')[0]


class TestPipes:
    """As part of a pipeline."""

    def test_head(self) -> None:
        """`| head -1` gives one record and no complaint."""
        line = f"set -o pipefail; {' '.join(COMMAND)} extract {SEEDS} {SEEDS}/*.txt | head -1"
        ran = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)
        assert len(records(ran.stdout)) == 1
        assert (ran.returncode, [line for line in ran.stderr.splitlines() if "failed" not in line][:1]) in [
            (0, []),
            (0, ["  Give each article an id of its own."]),
        ]

    def test_standard_input(self) -> None:
        """`-` reads stdin, and records go to stdout, also beside a directory."""
        for extra in ([], ["-o", "out"]):
            ran = subprocess.run(
                [*COMMAND, "extract", "-", *extra], input=TEXT, capture_output=True, text=True, check=True
            )
            assert [record.article.id for record in records(ran.stdout)] == ["stdin"]

    def test_any_locale(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Records are UTF-8 whatever the locale says."""
        monkeypatch.setenv("PYTHONIOENCODING", "ascii")
        ran = subprocess.run([*COMMAND, "extract", str(SEEDS)], capture_output=True, check=True)
        assert len(records(ran.stdout.decode("utf-8"))) == 5

    def test_no_colour_off_a_terminal(self) -> None:
        """Where stderr is no terminal there is no colour, no bar and no cursor movement."""
        ran = subprocess.run([*COMMAND, "extract", str(SEEDS), "gone", "-o", "out"], capture_output=True, check=False)
        assert ran.returncode == 3
        assert b"\x1b" not in ran.stderr + ran.stdout

    @pytest.mark.parametrize("no_colour", [True, False])
    def test_on_a_terminal(self, monkeypatch: pytest.MonkeyPatch, no_colour: bool) -> None:  # noqa: FBT001
        """On a terminal the sums are shown; NO_COLOR takes the colour out of them."""
        monkeypatch.setenv("TERM", "xterm-256color")
        monkeypatch.setenv("COLUMNS", "200")
        if no_colour:
            monkeypatch.setenv("NO_COLOR", "1")
        ours, theirs = pty.openpty()
        ran = subprocess.run([*COMMAND, "extract", str(SEEDS), "-o", "out"], stderr=theirs, check=True)
        os.close(theirs)
        shown = b""
        try:
            while chunk := os.read(ours, 65536):
                shown += chunk
        except OSError:  # the other end is closed
            pass
        os.close(ours)
        assert ran.returncode == 0
        assert b"5 articles" in shown
        assert bool(re.search(rb"\x1b\[[0-9;]*3[0-9]", shown)) is not no_colour

    @pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
    def test_ctrl_c_and_kill(self, sent: signal.Signals) -> None:
        """Ctrl-C or `kill` ends it, also while it waits, with 130 and how to go on; the same command then does.

        The first record is there although the next article is yet to come.
        """
        lines = [json.dumps({"id": f"a{number}", "text": TEXT}) + "\n" for number in range(6)]
        with subprocess.Popen(
            [*COMMAND, "extract", "-", "-o", "out"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdin
            process.stdin.write(lines[0])
            process.stdin.flush()
            wait_for(lambda: Path("out/records.jsonl").exists() and Path("out/records.jsonl").read_bytes())
            process.send_signal(sent)
            _, told = process.communicate(timeout=30)
        assert process.returncode == 130
        assert "run the same command to go on" in told
        assert "Traceback" not in told
        there = records(Path("out/records.jsonl").read_text())
        assert there
        assert json.loads(Path("out/run.json").read_text())["status"] == "interrupted"
        again = subprocess.run(
            [*COMMAND, "extract", "-", "-o", "out"], input="".join(lines), text=True, check=True, capture_output=True
        )
        assert len(records(Path("out/records.jsonl").read_text())) == 6
        assert f"{len(there)} done before" in again.stderr


class TestOthers:
    """The other commands."""

    @pytest.mark.parametrize("name", ["record", "event", "gold"])
    def test_schema(self, name: str, capsys: pytest.CaptureFixture[str]) -> None:
        """`schema` prints a JSON Schema that allows no unknown field."""
        assert code_of("schema", name) == 0
        schema = json.loads(capsys.readouterr().out)
        assert schema["type"] == "object"
        assert schema["additionalProperties"] is False

    def test_doctor_says_where_from(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        """`doctor` shows each setting, the place that won, and of a key only that there is one."""
        monkeypatch.setenv("READOUTS_MODEL", "small")
        monkeypatch.setenv("OPENAI_API_KEY", KEY)
        Path("readouts.toml").write_text("concurrency = 3\noffline = true")
        assert code_of("doctor") == 0
        out = capsys.readouterr().out
        for expected in (
            r"model +small +environment READOUTS_MODEL",
            r"concurrency +3 +readouts\.toml",
            r"offline +true +readouts\.toml",
            r"deadline +120\.0 +default",
            r"cache +.*nothing recorded yet",
        ):
            assert re.search(expected, out), out
        assert KEY not in out

    def test_doctor_with_an_endpoint_that_is_down(self, capsys: pytest.CaptureFixture[str]) -> None:
        """`doctor` says that an endpoint cannot be reached, and what to do."""
        assert code_of("doctor", "-m", "m", "--base-url", "http://127.0.0.1:1/v1") == 1
        assert "no response from 127.0.0.1" in capsys.readouterr().out

    def test_doctor_makes_nothing(self, tmp_path: Path) -> None:
        """`doctor` leaves no trace."""
        main(["doctor"])
        assert list(tmp_path.iterdir()) == []

    def test_cache(self, capsys: pytest.CaptureFixture[str]) -> None:
        """An empty cache has stats, is whole, and can be exported and imported."""
        for arguments, expected in [
            (("stats",), "0 answers"),
            (("verify",), "every answer is whole"),
            (("export", "pack.jsonl", "--meta", "engine=none"), "0 answers written"),
            (("import", "pack.jsonl"), "0 answers added"),
        ]:
            assert code_of("cache", *arguments) == 0
            assert expected in capsys.readouterr().out
        assert json.loads(Path("pack.jsonl").read_text())["meta"] == {"engine": "none"}

    def test_damaged_pack(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A damaged pack is an error that names the line."""
        Path("pack.jsonl").write_text("{")
        assert code_of("cache", "import", "pack.jsonl") == 1
        assert "line 1 of the pack pack.jsonl is damaged" in capsys.readouterr().err

    @pytest.mark.parametrize("command", ["reconcile", "report"])
    def test_nothing_extracted(self, command: str, capsys: pytest.CaptureFixture[str]) -> None:
        """A directory without records is an error with the command that makes them."""
        assert code_of(command, "nowhere") == 1
        assert "readouts extract" in capsys.readouterr().err.splitlines()[-1]

    def test_version_and_unknown_command(self, capsys: pytest.CaptureFixture[str]) -> None:
        """--version answers; a command that does not exist is a usage error that lists those that do."""
        assert code_of("--version") == 0
        assert capsys.readouterr().out.startswith("readouts ")
        assert code_of("bogus") == 2
        assert "extract" in capsys.readouterr().err
