"""The claims of one story in; `denial` divergences out: what one account tells and another rejects."""

from collections.abc import Iterator, Sequence

from reconcile.clusters import Claim
from reconcile.divergences.finding import Finding, in_order, told
from reconcile.likeness import Rarity
from reconcile.telling import Telling
from reconcile.words import stems
from schemas import Anonymity, DivergenceType, Kind, Severity

DENIED = 0.35
FEWEST_STEMS = 2


def denial_divergences(claims: Sequence[Claim], rarity: Rarity) -> Iterator[Finding]:
    """Each denial with the claim whose words come nearest to what it rejects, if any does."""
    for claim in claims:
        for telling in claim.tellings:
            if telling.kind == Kind.DENIAL:
                yield from _denied(telling, claim, claims, rarity)


def _denied(denial: Telling, own: Claim, claims: Sequence[Claim], rarity: Rarity) -> Iterator[Finding]:
    rejected = {*stems(denial.fact.denies or ""), *denial.about}
    scored = [
        (max(_rejects(rejected, e, rarity) for e in claim.exemplars), -at, claim)
        for at, claim in enumerate(claims)
        if claim is not own
    ]
    score, _, claim = max(scored, key=lambda found: found[:2], default=(0.0, 0, own))
    if score < DENIED:
        return
    readings = (in_order(claim.exemplars), (denial,))
    leaked = all(t.fact.primary_source.anonymity != Anonymity.NAMED for t in claim.tellings)
    severity = Severity.MEDIUM if leaked else Severity.HIGH
    detail = f"{told([denial])} — denies: {told(in_order(claim.exemplars))}"
    yield Finding(
        DivergenceType.DENIAL,
        severity,
        readings,
        (claim, own),
        detail,
        "denial: what is rejected is told elsewhere",
    )


def _rejects(rejected: set[str], claim: Telling, rarity: Rarity) -> float:
    told = {*claim.about, *claim.said}
    return rarity.cosine(rejected, told) if len(rejected & told) >= FEWEST_STEMS else 0.0
