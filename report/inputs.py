"""An output folder in; its records, events, texts and run file out, checked against each other."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from extract.errors import InputError
from reconcile.files import EVENTS, RECORDS, read_records
from schemas import Event, Events, FactRef, Record


@dataclass(frozen=True)
class Inputs:
    """All that a page is made of.

    `texts` maps an article's id to its text; an article whose text is not there, or is not the one that was read, is
    missing from it. `run` is the run file's object, empty where there is none.
    """

    records: tuple[Record, ...]
    events: Events
    texts: Mapping[str, str] = field(default_factory=dict)
    run: Mapping[str, Any] = field(default_factory=dict)


def read_folder(folder: Path) -> Inputs:
    """Read records.jsonl and events.json, and texts.jsonl and run.json where they stand. Raises InputError.

    Of two records of one article the later counts, as everywhere in an output folder.
    """
    records = tuple(read_records(folder / RECORDS))
    events = _events(folder / EVENTS)
    _check(records, events)
    texts = dict(_texts(folder / "texts.jsonl", {record.article.id: record.article.sha256 for record in records}))
    return Inputs(records, events, texts, _run(folder / "run.json"))


def _events(path: Path) -> Events:
    advice = f"Run: readouts reconcile {path.parent}"
    try:
        return Events.model_validate_json(path.read_bytes())
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}", advice) from None
    except ValidationError as error:
        raise InputError(f"{path} holds no events: {_first(error)}", advice) from None


def _texts(path: Path, digests: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if not path.exists():
        return
    for number, line in enumerate(_bytes(path).splitlines(), 1):
        try:
            row = json.loads(line)
            article, text = row["id"], row["text"]
            digest = sha256(text.encode()).hexdigest()
        except (ValueError, KeyError, TypeError, AttributeError):
            message = f"{path}, line {number} is not an article's id and text"
            raise InputError(message, "Delete the file; the page then shows the evidence alone.") from None
        if digests.get(article) == digest:
            yield article, text


def _run(path: Path) -> Mapping[str, Any]:
    if not path.exists():
        return {}
    try:
        run = json.loads(_bytes(path))
    except ValueError:
        run = None
    if not isinstance(run, dict):
        raise InputError(f"{path} is not a JSON object", "Delete it; the page then leaves the date out.")
    return run


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}", "Is the file yours to read?") from None


def _check(records: tuple[Record, ...], events: Events) -> None:
    """Raise InputError where an event speaks of a fact which is not there."""
    known = {(record.article.id, fact.id) for record in records for fact in record.facts}
    for event in events.events:
        for ref in _refs(event):
            if (ref.article, ref.fact) not in known:
                message = f"events.json speaks of fact {ref.fact} of article {ref.article}, which is in no record"
                raise InputError(message, "The records changed since: run readouts reconcile again.")


def _refs(event: Event) -> Iterator[FactRef]:
    for cluster in event.clusters:
        yield from cluster.facts
    for divergence in event.divergences:
        yield from divergence.facts
    for account in event.accounts:
        yield from account.facts


def _first(error: ValidationError) -> str:
    """The first complaint, without the input's own words."""
    complaint = error.errors(include_input=False, include_url=False)[0]
    return f"{'.'.join(str(part) for part in complaint['loc'])}: {complaint['msg']}"
