"""Records in, `Events` out: the whole of reconciliation, pure and deterministic."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from reconcile.clusters import Claim, borderline, claims
from reconcile.contacts import Contact, contacts
from reconcile.divergences.accords import accords
from reconcile.divergences.attributions import attribution_divergences
from reconcile.divergences.course import course_divergences
from reconcile.divergences.denials import denial_divergences
from reconcile.divergences.extent import extent_divergences
from reconcile.divergences.finding import Finding
from reconcile.divergences.forecasts import outcome, stale_divergences
from reconcile.divergences.opposites import opposite_divergences
from reconcile.divergences.silence import silence_divergences
from reconcile.divergences.stances import accord_stances, claim_stances
from reconcile.divergences.values import value_divergences
from reconcile.divergences.wording import wording_divergences
from reconcile.judging import Judged
from reconcile.likeness import Rarity
from reconcile.names import names_of
from reconcile.telling import Telling, tellings
from reconcile.witnesses import witnesses
from schemas import Account, Cluster, Divergence, DivergenceType, Event, Events, Kind, Record, Severity

_SEVERITIES, _TYPES = list(Severity), list(DivergenceType)


def reconcile(records: Iterable[Record], judged: Judged | None = None) -> Events:
    """The events that `records` tell of: clusters of facts that are one claim, divergences, accounts, witnesses.

    The order of the records does not matter, and no text, network or clock is looked at. `judged` settles borderline
    pairs where a model was asked about them.
    """
    events = tuple(_event(f"E{at}", contact, judged) for at, contact in enumerate(_contacts(records), 1))
    return Events(events=events, judge=judged.model if judged else None)


def borderline_pairs(records: Iterable[Record]) -> list[tuple[Claim, Claim]]:
    """The pairs of claims that a judge may be asked about, contact by contact."""
    return [
        pair
        for contact in _contacts(records)
        for pair in borderline(claims(contact.tellings), Rarity(sorted(contact.tellings, key=lambda t: t.key)))
    ]


def _contacts(records: Iterable[Record]) -> list[Contact]:
    known = sorted(records, key=lambda record: record.article.id)
    return sorted(contacts(tellings(known, names_of(known))), key=_most_told)


def _most_told(contact: Contact) -> tuple[object, ...]:
    """Contacts that articles are about come first, background last; the one that most articles tell leads."""
    articles = {telling.article.id for telling in contact.tellings}
    return contact.background, contact.mentioned, -len(articles), -len(contact.tellings), _key(contact.tellings)


def _key(told: Sequence[Telling]) -> tuple[str, str]:
    return min(telling.key for telling in told)


def _event(name: str, contact: Contact, judged: Judged | None) -> Event:
    found = sorted(
        claims(contact.tellings, judged), key=lambda c: (-len({t.article.id for t in c.tellings}), _key(c.tellings))
    )
    ids = {claim: f"{name}-C{at}" for at, claim in enumerate(found, 1)}
    rarity = Rarity(sorted(contact.tellings, key=lambda t: t.key))
    outcomes = {claim: came for claim in found if (came := outcome(claim, found, rarity))}
    findings = _once(sorted(_findings(found, outcomes, rarity, background=contact.background), key=_worst_first))
    return Event(
        id=name,
        title=_title(contact),
        participants=tuple(sorted(contact.participants)),
        background=contact.background,
        articles=tuple(sorted({t.article.id for t in contact.tellings})),
        accounts=_accounts(name, contact.tellings),
        clusters=tuple(_cluster(claim, ids, outcomes) for claim in found),
        divergences=tuple(_divergence(f"{name}-D{at}", item, ids) for at, item in enumerate(findings, 1)),
    )


def _findings(
    found: Sequence[Claim], outcomes: dict[Claim, Claim], rarity: Rarity, *, background: bool
) -> Iterator[Finding]:
    for claim in found:
        yield from value_divergences(claim)
        yield from wording_divergences(claim)
    if background:
        return
    for claim in found:
        yield from claim_stances(claim)
    told = accords(found, rarity)
    for accord in told:
        yield from extent_divergences(accord)
        yield from accord_stances(accord)
        yield from attribution_divergences(accord)
    yield from course_divergences(found)
    yield from opposite_divergences(found)
    yield from silence_divergences(found, told)
    yield from denial_divergences(found, rarity)
    yield from stale_divergences(found, outcomes)


def _once(findings: Sequence[Finding]) -> list[Finding]:
    """Of several findings of one type about the same facts, the worst."""
    first: dict[tuple[str, frozenset[tuple[str, str]]], Finding] = {}
    for finding in findings:
        first.setdefault((finding.type, frozenset(t.key for t in finding.tellings)), finding)
    return list(first.values())


def _worst_first(finding: Finding) -> tuple[object, ...]:
    return (
        _SEVERITIES.index(finding.severity),
        _TYPES.index(finding.type),
        [t.key for t in finding.tellings],
        finding.rule,
    )


def _title(contact: Contact) -> str:
    if contact.background:
        return "Background"
    people = sorted(contact.participants)
    return " and ".join([", ".join(people[:-1]), people[-1]] if len(people) > 1 else people) or "Contact not told"


def _accounts(name: str, told: Sequence[Telling]) -> tuple[Account, ...]:
    groups: dict[tuple[str, str], list[Telling]] = defaultdict(list)
    for telling in sorted(told, key=lambda t: t.key):
        groups[telling.side, telling.article.id].append(telling)
    return tuple(
        Account(
            id=f"{name}-{side}-{article}", side=side, article=article, facts=tuple(t.ref for t in groups[side, article])
        )
        for side, article in sorted(groups)
    )


def _cluster(claim: Claim, ids: dict[Claim, str], outcomes: dict[Claim, Claim]) -> Cluster:
    told = sorted(claim.tellings, key=lambda t: t.key)
    clearest = _clearest(told)
    came = outcomes.get(claim)
    return Cluster(
        id=ids[claim],
        kind=_commonest_kind(told),
        label=clearest.fact.summary or clearest.evidence,
        object=clearest.fact.object,
        facts=tuple(t.ref for t in told),
        sides=tuple(sorted({t.side for t in told})),
        witnesses=witnesses(told),
        rule=claim.rule,
        outcome=ids[came] if came else None,
    )


def _clearest(told: Sequence[Telling]) -> Telling:
    """The telling whose kind and object are the commonest; of several the one with the shortest object."""
    kinds, objects = Counter(t.kind for t in told), Counter(t.about for t in told)
    return min(told, key=lambda t: (-kinds[t.kind], -objects[t.about], len(t.fact.object), t.key))


def _commonest_kind(told: Sequence[Telling]) -> Kind:
    counts = Counter(telling.kind for telling in told)
    return min(counts, key=lambda kind: (-counts[kind], list(Kind).index(kind)))


def _divergence(name: str, finding: Finding, ids: dict[Claim, str]) -> Divergence:
    return Divergence(
        id=name,
        type=finding.type,
        severity=finding.severity,
        facts=tuple(t.ref for t in finding.tellings),
        readings=tuple(tuple(t.ref for t in reading) for reading in finding.readings),
        clusters=tuple(ids[claim] for claim in finding.claims),
        detail=finding.detail,
        rule=finding.rule,
        diff=finding.diff,
    )
