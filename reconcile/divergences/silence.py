"""The claims of one contact in; `silence` divergences out: what only one side's own account carries.

Silence is no conflict. It is told only of acts in the contact that a side's official account reports, and only where
another side's official account is there to be silent; a claim that the other side tells otherwise is not silence.
"""

from collections.abc import Iterator, Sequence

from reconcile.clusters import Claim
from reconcile.divergences.accords import Accord
from reconcile.divergences.finding import Finding, in_order, is_view, official
from reconcile.names import OTHER, PRESS
from reconcile.telling import Telling
from schemas import DivergenceType, Kind, Severity

_WEIGHTY = frozenset(
    {
        Kind.AGREEMENT, Kind.COMMITMENT, Kind.DIRECTIVE, Kind.CONDITION, Kind.THREAT, Kind.REFUSAL, Kind.NON_COMMITMENT,
    }
)  # fmt: skip
_TOLD = _WEIGHTY | {Kind.TOPIC, Kind.PROPOSAL, Kind.POSITION, Kind.REQUEST, Kind.CONCERN, Kind.SCHEDULING}


def silence_divergences(claims: Sequence[Claim], accords: Sequence[Accord] = ()) -> Iterator[Finding]:
    """One for each claim that one side's official account alone carries."""
    parties = {country for claim in claims for t in claim.tellings if t.kind == Kind.MEETING for country in t.countries}
    sides = {t.side for claim in claims for t in claim.tellings if official(t)} & parties
    if len(sides) < 2:
        return
    related = {claim: accord.claims for accord in accords for claim in accord.claims}
    for claim in claims:
        tellings = in_order(t for t in claim.tellings if official(t) and t.kind in _TOLD)
        speaking = {t.side for other in related.get(claim, (claim,)) for t in other.tellings} - {PRESS, OTHER}
        if tellings and len(speaking) == 1:
            silent = sorted(sides - speaking)
            detail = f"only {tellings[0].source} tells it: {tellings[0].fact.object}; silent: {', '.join(silent)}"
            severity = Severity.MEDIUM if any(_weighty(t) for t in tellings) else Severity.LOW
            rule = "silence: one side's account only"
            yield Finding(DivergenceType.SILENCE, severity, (tellings,), (claim,), detail, rule)


def _weighty(telling: Telling) -> bool:
    """Whether somebody is bound, ordered or required."""
    return telling.kind in _WEIGHTY and not is_view(telling)
