"""A recording of one peer: what it was, what it asked and was answered, what it made of that; as a committed file."""

from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from evals.peers.task import PeerFact
from extract.errors import InputError
from schemas import Schema

RECORDINGS = Path(__file__).parent / "recordings"


class Exchange(Schema):
    """One request's answer as it came: HTTP status, body, and seconds from request to last byte."""

    status: int
    seconds: float
    body: Any


class Located(Schema):
    """A fact as the peer gave it, with the span that the peer itself found for its words, and how ("match_fuzzy")."""

    fact: PeerFact
    start: int | None = None
    end: int | None = None
    status: str | None = None


class PeerArticle(Schema):
    """What a peer did with one article. `error` is what it raised, None where it gave an answer, be it an empty one."""

    article: str
    sha256: str
    seconds: float
    exchanges: tuple[Exchange, ...]
    facts: tuple[Located, ...] = ()
    error: str | None = None


class PeerRecording(Schema):
    """All articles of one peer. `versions` are of its distributions, `parameters` what was not left at defaults."""

    peer: str
    versions: dict[str, str]
    model: str
    engine: str
    recorded: date
    parameters: dict[str, Any]
    articles: tuple[PeerArticle, ...] = ()


def load(path: Path) -> PeerRecording:
    """The recording in `path`. Raises InputError where it does not fit."""
    try:
        return PeerRecording.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise InputError(
            f"{path} is no recording of a peer: {error}", "Record it: python -m evals.peers.record"
        ) from None


def save(recording: PeerRecording, folder: Path) -> Path:
    """Write the recording to `folder`, named after its peer."""
    path = folder / f"{recording.peer}.json"
    path.write_text(recording.model_dump_json(indent=1) + "\n", encoding="utf-8")
    return path
