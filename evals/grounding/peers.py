"""The words of a case and its text in; whether a peer takes them as standing there, and where, out.

Peers look at words alone, so they are given the cases whose words were edited. Which they take is recorded once, by

    python3 -m venv peers-env
    peers-env/bin/pip install -U pip  # 25.1 knows groups
    peers-env/bin/pip install -r requirements.lock
    peers-env/bin/pip install --group peers
    peers-env/bin/python -m evals grounding --record

and read from `recordings/` ever after, by digest of text and words, so that no peer need be installed.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from time import perf_counter_ns
from typing import Any, Protocol

from pydantic import ValidationError

from evals.grounding.case import Case
from extract.errors import ConfigError, InputError
from schemas import Schema

RECORDINGS = Path(__file__).parent / "recordings"


class Find(Protocol):
    """How a peer is asked: where the words stand in the text, None where it does not find them."""

    def __call__(self, words: str, text: str) -> tuple[int, int] | None:
        """The span [start, end)."""


class Found(Schema):
    """Where a peer says the words stand, None where it does not find them; and how long it took."""

    span: tuple[int, int] | None
    microseconds: float


class Recording(Schema):
    """What a peer said of every case, by `key`."""

    peer: str
    versions: dict[str, str]
    recorded: date
    found: dict[str, Found]


def key(case: Case) -> str:
    """A digest of the case's text and words."""
    return sha256(f"{case.reading.text}\0{case.words}".encode()).hexdigest()[:16]


def _langextract() -> Find:
    from langextract.core.data import Extraction  # noqa: PLC0415 - installed for recording alone
    from langextract.resolver import WordAligner  # noqa: PLC0415

    def find(words: str, text: str) -> tuple[int, int] | None:
        groups: list[list[Any]] = [[Extraction("fact", words)]]
        at = WordAligner().align_extractions(groups, text)[0][0].char_interval
        return (at.start_pos, at.end_pos) if at else None

    return find


def _instructor() -> Find:
    from instructor.dsl.citation import CitationMixin  # noqa: PLC0415

    def find(words: str, text: str) -> tuple[int, int] | None:
        cited = CitationMixin.model_validate({"substring_quotes": [words]}, context={"context": text})
        if not cited.substring_quotes:
            return None
        start = text.find(cited.substring_quotes[0])
        return start, start + len(cited.substring_quotes[0])

    return find


PEERS: dict[str, tuple[Callable[[], Find], tuple[str, ...]]] = {
    "langextract": (_langextract, ("langextract",)),
    "instructor": (_instructor, ("instructor", "regex")),
}


def record(peer: str, cases: Iterable[Case], folder: Path = RECORDINGS) -> Path:
    """Ask `peer` about every case with edited words. Raises ConfigError where it is not installed."""
    make, distributions = PEERS[peer]
    try:
        find = make()
    except ImportError as error:
        raise ConfigError(
            f"{peer} is not installed: {error}", "See evals/grounding/peers.py on how to record."
        ) from None
    found: dict[str, Found] = {}
    for case in cases:
        if case.words is not None and key(case) not in found:
            started = perf_counter_ns()
            span = find(case.words, case.reading.text)
            found[key(case)] = Found(span=span, microseconds=round((perf_counter_ns() - started) / 1000, 1))
    versions = {name: version(name) for name in distributions}
    recording = Recording(peer=peer, versions=versions, recorded=datetime.now(UTC).date(), found=found)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{peer}.json"
    path.write_text(_lines(recording), encoding="utf-8")
    return path


def _lines(recording: Recording) -> str:
    """JSON with a case a line, so that two recordings compare."""
    head = recording.model_copy(update={"found": {}}).model_dump_json()[: -len("{}}")]
    lines = [f'"{name}":{found.model_dump_json()}' for name, found in sorted(recording.found.items())]
    return head + "{\n" + ",\n".join(lines) + "\n}}\n"


def load(peer: str, folder: Path = RECORDINGS) -> Recording:
    """What `peer` said when it was recorded. Raises InputError."""
    path = folder / f"{peer}.json"
    try:
        return Recording.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise InputError(f"{path} is no recording: {error}", "See evals/grounding/peers.py on how to record.") from None
