"""The claims of one contact in; `stance` divergences out between an accord and the refusal or the missing yes to it.

Accounts of the contact are compared with each other, and what is told from outside it likewise: a no from before the
contact does not speak against a yes in it.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from reconcile.clusters import EXEMPLARS, Claim, neighbours
from reconcile.divergences.finding import ACCORD, Finding, against, in_order, included, official
from reconcile.telling import Telling
from reconcile.words import stems
from schemas import DivergenceType, Kind, Severity

WITHHELD = frozenset({Kind.REFUSAL, Kind.NON_COMMITMENT, Kind.CONCERN})
FEWEST_STEMS = 2


def opposite_divergences(claims: Sequence[Claim]) -> Iterator[Finding]:
    """What one account has an actor agree to, and another has him refuse, doubt or leave open; one for each accord."""
    against: dict[Claim, list[Claim]] = defaultdict(list)
    for left, right in neighbours([claim.exemplars for claim in claims]):
        for yes, no in ((claims[left], claims[right]), (claims[right], claims[left])):
            if any(_opposed(given, held) for given in yes.exemplars for held in no.exemplars):
                against[yes].append(no)
    for yes, held in against.items():
        withheld = in_order(t for no in held for t in no.tellings if any(_opposed(g, t) for g in yes.exemplars))
        given = in_order(t for t in yes.tellings if any(_opposed(t, w) for w in withheld[:EXEMPLARS]))
        yield _finding((given, withheld), (yes, *held))


def _opposed(given: Telling, withheld: Telling) -> bool:
    kinds = given.kind in ACCORD and withheld.kind in WITHHELD
    return kinds and official(given) == official(withheld) and _one_object(given, withheld)


def _one_object(given: Telling, withheld: Telling) -> bool:
    """Whether the same actor gives what he withholds: all that narrows what is given narrows what is withheld as well.

    What an object merely includes is left out: a truce that includes ports is a truce, a port truce is another thing.
    """
    one, two = (set(stems(included(telling)[0])) for telling in (given, withheld))
    return bool(given.actors & withheld.actors) and len(one) >= FEWEST_STEMS and one <= two


def _finding(readings: tuple[tuple[Telling, ...], ...], claims: tuple[Claim, ...]) -> Finding:
    inside = len({telling.article.id for reading in readings for telling in reading}) == 1
    accounts = all(official(telling) for reading in readings for telling in reading)
    severity = Severity.HIGH if accounts and not inside else Severity.MEDIUM
    detail = against(readings)
    return Finding(
        DivergenceType.STANCE, severity, readings, claims, detail, "accord: given in one account, withheld in another"
    )
