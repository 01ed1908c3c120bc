"""Records and failures in, a directory out that the same command can go on with after any interruption.

    records.jsonl    one Record a line, in the order of the inputs
    texts.jsonl      {"id", "sha256", "text"} of the same articles, so that nobody has to read the inputs again
    failures.jsonl   one Failure a line: what the last run could not do; the next run tries again
    run.json         what ran, with which settings, how far it came, what it cost

An article is done when its id, the digest of its text and how the record was made (model, strategy, digests of prompt
and schema) are those of a record that is there. One whose text or making has changed is extracted again, and its new
record takes the place of the old one. Records of articles that are not among the inputs stay where they are. After an
interruption the lines are in the order they were written, and of two with one id the later counts.
"""

import fcntl
import os
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Self

from pydantic import BaseModel
from pydantic_core import PydanticSerializationError

from extract.errors import OutputError
from extract.journal import Journal
from extract.run import Run
from schemas import Article, Failure, Provenance, Record, Schema

RECORDS, TEXTS, FAILURES, RUN = "records.jsonl", "texts.jsonl", "failures.jsonl", "run.json"
_LINE_ENDS = re.compile("[\x85\u2028\u2029]")


class Text(Schema):
    """The text of an article as read: a line of `texts.jsonl`."""

    id: str
    sha256: str
    text: str


class _Done(BaseModel):
    """What is looked at in a record that is there already."""

    class Head(BaseModel):
        id: str
        sha256: str

    article: Head
    provenance: Provenance


class Output:
    """An open directory of results. Only one process at a time can have it open."""

    def __init__(self, directory: Path, is_current: Callable[[Provenance], bool]) -> None:
        """Make the directory where it is missing and read what is in it. `is_current` knows how records are made now.

        Raises:
            OutputError: it cannot be written, another run has it open, or it holds lines that are none of ours.

        """
        self.directory = directory
        self._is_current = is_current
        self._record_of: dict[str, str | None] = {}
        self._text_of: dict[str, str] = {}
        with self._writing(), ExitStack() as stack:
            directory.mkdir(parents=True, exist_ok=True)
            stack.enter_context(_only_here(directory))
            self._records = stack.enter_context(Journal(directory / RECORDS, self._read_record))
            self._texts = stack.enter_context(Journal(directory / TEXTS, self._read_text))
            self._failures = stack.enter_context((directory / FAILURES).open("w", encoding="utf-8"))
            self._stack = stack.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._stack.close()

    def has(self, article: Article) -> bool:
        """Whether this article, with this text, is done."""
        return self._record_of.get(article.id) == article.info.sha256 == self._text_of.get(article.id)

    @property
    def outdated(self) -> int:
        """How many records are there that were made in another way than now."""
        return sum(digest is None for digest in self._record_of.values())

    def add(self, article: Article, record: Record) -> None:
        """Keep a record, and the text that its offsets are in. On disk when this returns."""
        text = Text(id=article.id, sha256=article.info.sha256, text=article.text)
        with self._writing():
            if self._text_of.get(article.id) != text.sha256:
                self._texts.append(article.id, json_line(text), sync=False)
                self._text_of[article.id] = text.sha256
            self._records.append(article.id, json_line(record))
            self._record_of[article.id] = text.sha256

    def fail(self, failure: Failure) -> None:
        """Keep a failure."""
        with self._writing():
            self._failures.write(json_line(failure) + "\n")
            self._failures.flush()

    def arrange(self, order: list[str]) -> None:
        """Put the records of these articles in this order."""
        with self._writing():
            self._texts.arrange(order)
            self._records.arrange(order)

    def write_run(self, run: Run) -> None:
        """Say what ran, in place of what ran before."""
        new = self.directory / "run.tmp"
        with self._writing():
            new.write_text(run.model_dump_json(indent=2) + "\n", encoding="utf-8")
            new.replace(self.directory / RUN)

    def _read_record(self, line: bytes) -> str:
        done = _Done.model_validate_json(line)
        self._record_of[done.article.id] = done.article.sha256 if self._is_current(done.provenance) else None
        return done.article.id

    def _read_text(self, line: bytes) -> str:
        text = Text.model_validate_json(line)
        self._text_of[text.id] = text.sha256
        return text.id

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise OutputError(
                f"{self.directory} cannot be written: {error.strerror or error}",
                "Make room or give another directory with -o, then run the same command: it goes on where it stopped.",
            ) from None


def json_line(value: Schema) -> str:
    """One line of JSON, also for readers that take U+0085, U+2028 or U+2029 for the end of a line."""
    try:
        line = value.model_dump_json()
    except PydanticSerializationError as error:  # Ctrl-C while it serializes comes out as a fault of its own
        if "KeyboardInterrupt" in str(error):
            raise KeyboardInterrupt from None
        raise
    return _LINE_ENDS.sub(lambda end: f"\\u{ord(end[0]):04x}", line)


@contextmanager
def _only_here(directory: Path) -> Iterator[None]:
    """A lock that ends with the process, however that ends."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise OutputError(
            f"another run is writing to {directory}", "Wait until it ends, or give another directory with -o."
        ) from None
    try:
        yield
    finally:
        os.close(handle)
