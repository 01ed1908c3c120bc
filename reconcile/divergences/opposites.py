"""The claims of one contact in; `stance` divergences out between an accord and the refusal or the missing yes to it.

Only what sources tell is compared: a writer who looks back at an earlier no tells of another moment.
"""

from collections.abc import Iterator, Sequence

from reconcile.clusters import Claim, neighbours
from reconcile.divergences.finding import ACCORD, Finding, in_order, included, words_of
from reconcile.likeness import Rarity
from reconcile.telling import Telling
from reconcile.words import stems
from schemas import DivergenceType, Kind, Severity

WITHHELD = frozenset({Kind.REFUSAL, Kind.NON_COMMITMENT})
CONTAINED = 0.5
FEWEST_STEMS = 2


def opposite_divergences(claims: Sequence[Claim], rarity: Rarity) -> Iterator[Finding]:
    """What one account has an actor agree to, and another has him refuse or leave open."""
    found = [claim.exemplars for claim in claims]
    for left, right in neighbours(found):
        for yes, no in ((claims[left], claims[right]), (claims[right], claims[left])):
            given = [t for t in yes.tellings if t.kind in ACCORD and not t.by_writer]
            withheld = [t for t in no.tellings if t.kind in WITHHELD and not t.by_writer]
            pairs = [(one, two) for one in given for two in withheld if _one_object(one, two, rarity)]
            if pairs:
                readings = (in_order(one for one, _ in pairs), in_order(two for _, two in pairs))
                yield _finding(readings, (yes, no))


def _one_object(given: Telling, withheld: Telling, rarity: Rarity) -> bool:
    """Whether the same actor gives and withholds the same thing: most of either object stands in the other.

    What an object merely includes is left out: a truce that includes ports is a truce, a port truce is another thing.
    """
    one, two = (set(stems(included(telling)[0])) for telling in (given, withheld))
    shared = rarity.weight(one & two)
    most = max(rarity.weight(one), rarity.weight(two))
    return bool(given.actors & withheld.actors) and len(one & two) >= FEWEST_STEMS and shared >= CONTAINED * most


def _finding(readings: tuple[tuple[Telling, ...], ...], claims: tuple[Claim, ...]) -> Finding:
    inside = len({telling.article.id for reading in readings for telling in reading}) == 1
    severity = Severity.MEDIUM if inside else Severity.HIGH
    detail = " — but: ".join("; ".join(words_of(telling) for telling in reading) for reading in readings)
    return Finding(
        DivergenceType.STANCE, severity, readings, claims, detail, "accord: given in one account, withheld in another"
    )
