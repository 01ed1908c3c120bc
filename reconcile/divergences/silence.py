"""The claims of one contact in; `silence` divergences out: what only one side's own account carries.

Silence is no conflict. It is told only of acts in the contact that a side's official account reports, and only where
another side's official account is there to be silent.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from reconcile.clusters import Claim
from reconcile.divergences.finding import Finding, in_order
from reconcile.names import OTHER, PRESS
from reconcile.telling import Telling
from schemas import Channel, DivergenceType, Kind, Severity

_WEIGHTY = frozenset({Kind.DIRECTIVE, Kind.CONDITION, Kind.THREAT, Kind.REFUSAL})
_TOLD = _WEIGHTY | {
    Kind.AGREEMENT, Kind.COMMITMENT, Kind.NON_COMMITMENT, Kind.TOPIC, Kind.PROPOSAL, Kind.POSITION, Kind.REQUEST,
    Kind.CONCERN, Kind.SCHEDULING,
}  # fmt: skip


def silence_divergences(claims: Sequence[Claim]) -> Iterator[Finding]:
    """One for each claim that one side's official account alone carries."""
    sides = Counter(t.side for claim in claims for t in claim.tellings if official(t))
    if len(sides) < 2:
        return
    for claim in claims:
        tellings = [t for t in claim.tellings if official(t) and t.kind in _TOLD]
        speaking = {t.side for t in claim.tellings} - {PRESS, OTHER}
        if not tellings or len(speaking) != 1:
            continue
        others = sorted(set(sides) - speaking)
        severity = Severity.MEDIUM if any(t.kind in _WEIGHTY for t in tellings) else Severity.LOW
        first = in_order(tellings)[0]
        detail = (
            f"only the account of {next(iter(speaking))} tells it ({first.fact.object}); silent: {', '.join(others)}"
        )
        yield Finding(
            DivergenceType.SILENCE,
            severity,
            (in_order(tellings),),
            (claim,),
            detail,
            "silence: one side's account only",
        )


def official(telling: Telling) -> bool:
    """Whether it stands in a side's own account of the contact."""
    return telling.fact.primary_source.channel == Channel.OFFICIAL_READOUT and telling.side not in (PRESS, OTHER)
