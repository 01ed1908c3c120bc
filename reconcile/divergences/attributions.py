"""One accord in; `attribution` divergences out: the same told as one party's account here, as the other's there."""

from collections.abc import Iterator

from reconcile.divergences.accords import Accord
from reconcile.divergences.finding import Finding, against, by, in_order, official
from reconcile.telling import Telling
from schemas import DivergenceType, Severity

OFTEN = 2


def attribution_divergences(accord: Accord) -> Iterator[Finding]:
    """Whose account an act stands in, and whose a term."""
    for act in accord.acts():
        for alike in by((t for t in act if official(t)), lambda t: t.kind):
            readings = by(alike, lambda t: t.side)
            if len(readings) > 1 and len(alike) > OFTEN:
                yield _finding(accord, readings, "attribution: one act in two parties' accounts")
    yield from _term(accord)


def _term(accord: Accord) -> Iterator[Finding]:
    """A term that one article alone has in a party's account, where others have it in another party's."""
    tellings = [t for t in accord.tellings if official(t)]
    termed = in_order(t for t in tellings if _has_term(t))
    readings = by(termed, lambda t: t.side)
    if len(readings) < 2 or max(len(reading) for reading in readings) < OFTEN:
        return
    for reading in readings:
        side = [t for t in tellings if t.side == reading[0].side]
        without = {t.article.id for t in side if not _has_term(t)} - {t.article.id for t in reading}
        if len(reading) == 1 and len(without) >= OFTEN:
            yield _finding(accord, readings, "attribution: a term of one account, told as the other's")
            return


def _has_term(telling: Telling) -> bool:
    return any(stem.startswith("~") for stem in (*telling.about, *telling.said))


def _finding(accord: Accord, readings: tuple[tuple[Telling, ...], ...], rule: str) -> Finding:
    return Finding(DivergenceType.ATTRIBUTION, Severity.MEDIUM, readings, accord.claims, against(readings), rule)
