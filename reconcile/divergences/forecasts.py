"""The claims of one contact in; the outcome of each expectation out, and `stale` divergences."""

from collections.abc import Iterator, Sequence

from reconcile.clusters import Claim
from reconcile.divergences.finding import Finding, by, in_order, official, told
from reconcile.likeness import Rarity
from reconcile.properties import contact_property
from reconcile.telling import Telling
from reconcile.words import awaited_words, is_contact
from schemas import DivergenceType, Kind, Realis, Severity, ValueType

OUTCOME = 0.4
FEWEST_STEMS = 2
_FUTURE = frozenset({Realis.EXPECTED, Realis.SCHEDULED})
_PAST = frozenset({Realis.OCCURRED, Realis.ONGOING})
_FORECAST = frozenset({Kind.EXPECTATION, Kind.SCHEDULING})
_COMES_TO = frozenset(
    {
        Kind.MEETING, Kind.TOPIC, Kind.AGREEMENT, Kind.COMMITMENT, Kind.DIRECTIVE, Kind.CONDITION, Kind.REQUEST,
        Kind.REFUSAL, Kind.NON_COMMITMENT, Kind.THREAT,
    }
)  # fmt: skip


def outcome(forecast: Claim, claims: Sequence[Claim], rarity: Rarity) -> Claim | None:
    """The claim that an expectation came to: told as past, of the same actors and thing; None if none is near."""
    waiting = [t for t in forecast.exemplars if is_forecast(t)]
    if not waiting:
        return None
    scored = [(_came(waiting, claim, rarity), -at) for at, claim in enumerate(claims) if claim is not forecast]
    best = max(scored, default=(0.0, 0))
    return claims[-best[1]] if best[0] >= OUTCOME else None


def _came(waiting: Sequence[Telling], claim: Claim, rarity: Rarity) -> float:
    past = [t for t in claim.exemplars if t.kind in _COMES_TO and t.fact.realis in _PAST]
    pairs = [(one, two) for one in waiting for two in past if one.actors & two.actors]
    return max((_likely(one, two, rarity) for one, two in pairs), default=0.0)


def _likely(waiting: Telling, past: Telling, rarity: Rarity) -> float:
    """How likely the one came to the other: a planned contact to the contact, anything else to what it is like."""
    if waiting.kind == Kind.SCHEDULING and is_contact(waiting.about):
        return float(contact_property(past) == "day" and waiting.actors | waiting.targets == past.actors)
    if past.kind == Kind.MEETING:
        return 0.0
    thing = set(waiting.about) - awaited_words().get(past.kind, frozenset())
    if len(thing) < len(set(waiting.about)) and len(thing & set(past.about)) >= FEWEST_STEMS:
        return rarity.weight(thing & set(past.about)) / rarity.weight(thing)
    return rarity.cosine({*waiting.about, *waiting.said}, {*past.about, *past.said})


def is_forecast(telling: Telling) -> bool:
    """Whether it tells of the contact as still open; a readout of the contact looks beyond it."""
    return telling.kind in _FORECAST and telling.fact.realis in _FUTURE and not official(telling)


def stale_divergences(claims: Sequence[Claim], outcomes: dict[Claim, Claim]) -> Iterator[Finding]:
    """Forecasts of the contact, in nobody's quoted words, that an article leaves standing though the contact is over.

    What a participant was expected to do weighs more than a plan or what others were expected to do.
    """
    meetings = [t for c in claims for t in c.tellings if t.kind == Kind.MEETING and t.fact.realis == Realis.OCCURRED]
    over = {telling.article.id for telling in meetings}
    participants = {country for telling in meetings for country in telling.countries}
    home = {t: claim for claim in claims for t in claim.tellings if t.article.id in over}
    days = {t.fact.value.iso for t in meetings if t.fact.value and t.fact.value.type is ValueType.DATE}
    last = max((day for day in days if day), default="")
    waiting = [t for t, claim in home.items() if _left_in(t, claim, outcomes) and not _later(t, last)]
    for group in by(waiting, lambda t: (t.article.id, t.kind, bool(t.countries & participants))):
        weighty = group[0].kind == Kind.EXPECTATION and group[0].countries & participants
        severity = Severity.MEDIUM if weighty else Severity.LOW
        known = [outcomes[home[t]] for t in group if home[t] in outcomes]
        came = f" — came to: {told(in_order(t for claim in known for t in claim.exemplars)[:1])}" if known else ""
        involved = tuple(dict.fromkeys([*(home[t] for t in group), *known]))
        rule = "forecast: the event is over"
        yield Finding(DivergenceType.STALE, severity, (group,), involved, told(group) + came, rule)


def _later(telling: Telling, day: str) -> bool:
    """Whether it is dated, and not to the day of the contact or before: then it looks forward to another one."""
    value = telling.fact.value
    if value is None or value.type is not ValueType.DATE:
        return False
    return value.iso is None or value.iso > day[: len(value.iso)]


def _left_in(telling: Telling, claim: Claim, outcomes: dict[Claim, Claim]) -> bool:
    if not is_forecast(telling) or telling.fact.quote is not None:
        return False
    return claim in outcomes or is_contact(telling.about)
