"""Records in; which contact each fact belongs to out.

An article is about the contact that its `meeting` facts tell of. Articles tell of one contact when the same people take
part and the dates can be the same. Within an article, a past call of somebody else, or of one participant with somebody
else, is another contact, and what was said in it belongs there. What is dated and belongs to no contact is background.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from reconcile.intervals import DAY, Interval, interval
from reconcile.telling import Telling
from reconcile.words import is_contact
from schemas import ArticleInfo, Kind, Value, ValueType

NEWS_DAYS = (
    3  # an article without a date of the contact tells of one that is at most so many days older than its anchor
)
_JOINT = frozenset({Kind.AGREEMENT, Kind.TOPIC, Kind.COMMITMENT, Kind.SCHEDULING, Kind.POSITION})

Participants = frozenset[str]


@dataclass(slots=True)
class Contact:
    """One contact: who took part, when, and the facts that belong to it.

    `mentioned` contacts are those that no article is about; `background` holds what belongs to no contact.
    """

    participants: Participants
    when: Interval | None = None
    mentioned: bool = False
    background: bool = False
    tellings: list[Telling] = field(default_factory=list)


def contacts(tellings: Iterable[Telling]) -> list[Contact]:
    """The contacts that articles are about, those they mention, and background. Order of input does not matter."""
    articles: dict[str, list[Telling]] = defaultdict(list)
    for telling in sorted(tellings, key=lambda t: t.key):
        articles[telling.article.id].append(telling)
    groups = _by_contact([(_main(told), told) for told in articles.values()])
    known: dict[Participants, list[Contact]] = defaultdict(list)
    for main, _ in groups:
        known[main.participants].append(main)
    background = [_share_out(main, told, known) for main, told in groups]
    found = [*(main for main, _ in groups), *(c for here in known.values() for c in here if c.mentioned), *background]
    return [contact for contact in found if contact.tellings]


def _main(told: Sequence[Telling]) -> Contact:
    """The contact that one article is about; no participants where it does not tell."""
    participants = _commonest(t for t in told if t.kind == Kind.MEETING)
    participants = participants or _commonest(t for t in told if t.kind in _JOINT)
    return Contact(participants, _date(told, participants))


def _commonest(told: Iterable[Telling]) -> Participants:
    counts = Counter(t.actors if len(t.actors) > 1 else t.actors | t.targets for t in told)
    counts = Counter({people: count for people, count in counts.items() if len(people) > 1})
    return min(counts, key=lambda people: (-counts[people], sorted(people)), default=frozenset())


def _date(told: Sequence[Telling], participants: Participants) -> Interval | None:
    dates = [t for t in told if t.kind == Kind.MEETING and t.actors == participants and t.interval]
    calendar = [t.interval for t in dates if t.interval and t.interval.type in (ValueType.DATE, ValueType.INSTANT)]
    if calendar:
        return min(calendar, key=lambda span: (span.high - span.low, span.low))
    return _news(told[0].article)


def _news(article: ArticleInfo) -> Interval | None:
    if article.anchor_date is None:
        return None
    day = interval(Value(type=ValueType.DATE, iso=article.anchor_date.isoformat(), as_written="anchor"))
    return Interval(day.type, day.low - NEWS_DAYS * DAY, day.high) if day else None


def _by_contact(articles: list[tuple[Contact, list[Telling]]]) -> list[tuple[Contact, list[Telling]]]:
    """Joins articles about the same contact: those that tell most participants and the narrowest date come first."""
    articles.sort(key=lambda item: (-len(item[0].participants), _width(item[0]), item[1][0].key))
    by_person: dict[str, list[int]] = defaultdict(list)
    groups: list[tuple[Contact, list[Telling]]] = []
    for contact, told in articles:
        people = sorted(contact.participants, key=lambda p: (len(by_person[p]), p))
        known = by_person[people[0]] if people else []
        place = next((at for at in known if _same(contact, groups[at][0])), None)
        if place is None:
            place = len(groups)
            groups.append((contact, []))
            for person in contact.participants:
                by_person[person].append(place)
        groups[place][1].extend(told)
    return groups


def _width(contact: Contact) -> float:
    return contact.when.high - contact.when.low if contact.when else float("inf")


def _same(contact: Contact, known: Contact) -> bool:
    if not contact.participants <= known.participants:
        return False
    return contact.when is None or known.when is None or contact.when.meets(known.when)


def _share_out(main: Contact, told: list[Telling], known: dict[Participants, list[Contact]]) -> Contact:
    """Gives the facts of articles about `main` to the contacts they belong to; returns the background they leave."""
    others = _others(told, main, known)
    background = Contact(frozenset(), background=True)
    for telling in sorted(told, key=lambda t: t.key):
        _home(telling, main, others, background).tellings.append(telling)
    return background


def _others(told: list[Telling], main: Contact, known: dict[Participants, list[Contact]]) -> list[Contact]:
    """Other contacts that these articles mention, each once; new ones become known."""
    found: dict[int, Contact] = {}
    for telling in told:
        people = telling.actors | telling.targets
        if telling.kind != Kind.BACKGROUND_EVENT or len(people) < 2 or not is_contact(telling.about):
            continue
        contact = Contact(people, _dated(telling), mentioned=True)
        if people == main.participants and contact.when is None:
            continue
        other = next((c for c in known[people] if c is not main and _may_be(contact, c)), None)
        if other is None:
            other = contact
            known[people].append(contact)
        found[id(other)] = other
    return list(found.values())


def _may_be(contact: Contact, known: Contact) -> bool:
    """Whether a contact mentioned is one already known: the subject of other articles only if both dates are told."""
    if known.mentioned:
        return _same(contact, known)
    return contact.when is not None and known.when is not None and contact.when.meets(known.when)


def _dated(telling: Telling) -> Interval | None:
    return telling.interval if telling.interval and telling.interval.type == ValueType.DATE else None


def _home(telling: Telling, main: Contact, others: list[Contact], background: Contact) -> Contact:
    people = telling.actors | telling.targets
    if telling.kind == Kind.BACKGROUND_EVENT:
        told = Contact(people, _dated(telling))
        return next((o for o in others if o.participants == people and _same(told, o)), background)
    if telling.actors and not telling.actors & main.participants and len(people) > 1:
        return next((o for o in others if people <= o.participants), main)
    return main
