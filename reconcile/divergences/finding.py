"""What every divergence rule returns, and the few questions that several of them ask."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reconcile.clusters import Claim
from reconcile.telling import Telling
from schemas import DiffPart, DivergenceType, Kind, Severity

ACCORD = frozenset({Kind.AGREEMENT, Kind.COMMITMENT, Kind.POSITION})


@dataclass(frozen=True, eq=False)
class Finding:
    """One divergence, before it has an id. `claims` are those it touches."""

    type: DivergenceType
    severity: Severity
    tellings: tuple[Telling, ...]
    claims: tuple[Claim, ...]
    detail: str
    rule: str
    diff: tuple[DiffPart, ...] = ()


def in_order(tellings: Iterable[Telling]) -> tuple[Telling, ...]:
    """Each telling once, by article and fact."""
    return tuple(sorted({t.key: t for t in tellings}.values(), key=lambda t: t.key))


def words_of(telling: Telling) -> str:
    """Who says what, for the detail of a divergence."""
    value = telling.fact.value
    said = value.as_written if value else telling.fact.object or telling.evidence
    return f"{telling.source} ({telling.article.id}): {said}"


def told(tellings: Sequence[Telling]) -> str:
    """The tellings of both sides, one after the other."""
    return "; ".join(dict.fromkeys(words_of(telling) for telling in tellings))
