"""`records.jsonl` in, records out; `Events` in, the stable bytes of `events.json` out."""

import os
from pathlib import Path

from pydantic import ValidationError

from extract.errors import InputError, OutputError
from schemas import Events, Record

RECORDS, EVENTS = "records.jsonl", "events.json"


def read_records(path: Path) -> list[Record]:
    """The records of a file, by article id; of two with one id the later counts. Raises InputError."""
    records: dict[str, Record] = {}
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    record = _record(line, f"{path}, line {number}")
                    records[record.article.id] = record
    except OSError as error:
        advice = f"Run: readouts extract INPUT -o {path.parent}"
        raise InputError(f"cannot read {path}: {error.strerror}", advice) from None
    if not records:
        raise InputError(f"{path} holds no record", f"Run: readouts extract INPUT -o {path.parent}")
    return [records[name] for name in sorted(records)]


def _record(line: bytes, where: str) -> Record:
    try:
        return Record.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise InputError(f"{where} is no record: {place}: {first['msg']}", "Extract the article again.") from None


def events_bytes(events: Events) -> bytes:
    """The events as UTF-8 JSON, the same bytes for the same events."""
    return f"{events.model_dump_json(indent=1)}\n".encode()


def write_whole(path: Path, content: bytes) -> None:
    """Writes a file whole or not at all. Raises OutputError."""
    try:
        aside = path.with_name(f"{path.name}.{os.getpid()}.tmp")
        aside.write_bytes(content)
        aside.replace(path)
    except OSError as error:
        advice = "Is the folder writable and the disk not full?"
        raise OutputError(f"cannot write {path}: {error.strerror}", advice) from None
