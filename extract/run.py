"""Results in, their sums out: what ran, how far it came and what it cost (`run.json`)."""

from datetime import UTC, datetime
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import Literal

from pydantic import Field

from schemas import SCHEMA_VERSION, Failure, Record, Schema, Usage


class Tally(Schema):
    """How far a run came. `kept` counts the records that were there already.

    Usage and cost are of this run alone, failed articles included; the cost is None where no price is known.
    """

    extracted: int = 0
    kept: int = 0
    failed: int = 0
    usage: Usage = Usage()
    cost_usd: float | None = 0.0

    def plus(self, result: Record | Failure | None) -> "Tally":
        """With one more result, None for a record that was kept."""
        name = "kept" if result is None else "failed" if isinstance(result, Failure) else "extracted"
        return self.model_copy(update={name: getattr(self, name) + 1})

    def spent(self, usage: Usage, cost_usd: float | None) -> "Tally":
        """With what has been used so far, in place of what had been."""
        return self.model_copy(update={"usage": usage, "cost_usd": cost_usd})


@lru_cache(maxsize=1)
def tool_version() -> str:
    """The version of readouts that is installed; `0` for a checkout that is not."""
    try:
        return version("readouts")
    except PackageNotFoundError:
        return "0"


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


class Run(Schema):
    """What ran. Times are UTC; `settings` holds each setting in force, and of a key only where it came from."""

    schema_version: int = SCHEMA_VERSION
    tool_version: str
    status: Literal["running", "finished", "interrupted"] = "running"
    started: datetime = Field(default_factory=_now)
    ended: datetime | None = None
    inputs: tuple[str, ...]
    settings: dict[str, str | int | float | bool | None]
    tally: Tally = Tally()

    def end(self, status: Literal["finished", "interrupted"], tally: Tally) -> "Run":
        """The same run, over."""
        return self.model_copy(update={"status": status, "ended": _now(), "tally": tally})
