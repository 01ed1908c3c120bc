"""A folder or file of records in, one scored run out, repeat by repeat. Nothing here asks a model."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from evals.gold_files import Labelled
from evals.metrics import RunScore, Spending
from evals.score import ArticleScore, score_article
from extract.errors import InputError
from extract.output import FAILURES, RECORDS, RUN, TEXTS
from extract.run import Run
from schemas import Failure, Record, Schema, Usage

REPEAT = "repeat-"

Line = TypeVar("Line", bound=Schema)


@dataclass(frozen=True)
class Recorded:
    """What one pass left: records, failures, and how long it took where somebody measured."""

    name: str
    records: tuple[Record, ...]
    failures: tuple[Failure, ...] = ()
    seconds: float | None = None

    @property
    def usage(self) -> Usage:
        """Tokens and requests of all articles."""
        return sum((record.provenance.usage for record in self.records), Usage())

    @property
    def live(self) -> bool:
        """Whether a model was asked, so that another pass could come out differently."""
        return self.usage.requests > self.usage.cached


def _lines(path: Path, model: type[Line]) -> Iterator[Line]:
    number = 0
    try:
        with path.open("rb") as stream:
            for line in stream:
                number += 1
                yield model.model_validate_json(line)
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}", "readouts extract INPUT -o DIR writes it.") from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise InputError(f"{path}, line {number}: {where}: {first['msg']}", "See: readouts schema record") from None


def _seconds(path: Path) -> float | None:
    """How long the run took, None unless it ran from beginning to end in one go."""
    if not path.exists():
        return None
    try:
        run = Run.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        raise InputError(f"{path} is no run file", "Remove it, or extract again.") from None
    return (run.ended - run.started).total_seconds() if run.ended and not run.tally.kept else None


def _read(path: Path, name: str) -> Recorded:
    if not path.is_dir():
        return Recorded(name, tuple(_lines(path, Record)))
    failures = path / FAILURES
    return Recorded(
        name,
        tuple(_lines(path / RECORDS, Record)),
        tuple(_lines(failures, Failure)) if failures.exists() else (),
        _seconds(path / RUN),
    )


def read_records(path: Path) -> list[Recorded]:
    """What `readouts extract` or `python -m evals run` left at `path`: one pass, or one for each repeat.

    `path` is a folder with `records.jsonl`, a folder of repeats, or a file of records. Raises InputError.
    """
    repeats = sorted(path.glob(f"{REPEAT}*"), key=lambda one: (len(one.name), one.name)) if path.is_dir() else []
    return [_read(one, path.name) for one in repeats] or [_read(path, path.name if path.is_dir() else path.stem)]


def texts_beside(path: Path) -> list[Path]:
    """The files in which `path` keeps the texts that its records were made of."""
    if not path.is_dir():
        return []
    return [file for file in (path / TEXTS, *sorted(path.glob(f"{REPEAT}*/{TEXTS}"))) if file.exists()]


def _spending(recorded: Recorded) -> Spending:
    costs = [record.provenance.cost_usd for record in recorded.records if record.provenance.usage.requests]
    known = [cost for cost in costs if cost is not None]
    usage = recorded.usage
    return Spending(
        prompt_tokens=usage.prompt_tokens,
        completion_tokens=usage.completion_tokens,
        requests=usage.requests,
        cached=usage.cached,
        seconds=recorded.seconds,
        cost_usd=sum(known) if len(known) == len(costs) else None,
    )


def _scores(recorded: Recorded, labelled: Iterable[Labelled]) -> Iterator[ArticleScore]:
    by_text = {record.article.sha256: record for record in recorded.records}  # of two, the later counts
    by_id = {record.article.id: record for record in recorded.records}
    causes = {failure.article: f"{failure.error}: {failure.cause}" for failure in recorded.failures}
    for one in labelled:
        record = by_text.get(one.gold.article.sha256)
        other = by_id.get(one.gold.article.id)
        if record is None and other is not None:
            raise InputError(
                f"{recorded.name}: article {other.article.id} was extracted from another text than was labelled",
                "Extract the labelled text, or label the text that was extracted.",
            )
        yield score_article(one.gold, one.article, record, causes.get(one.gold.article.id))


def score_run(recorded: Recorded, labelled: Sequence[Labelled]) -> RunScore:
    """Score one pass over every labelled article; records of other articles are not looked at.

    Raises:
        InputError: a record has a labelled article's id and another text.

    """
    return RunScore(
        name=recorded.name,
        articles=tuple(_scores(recorded, labelled)),
        spending=_spending(recorded),
        live=recorded.live,
    )
