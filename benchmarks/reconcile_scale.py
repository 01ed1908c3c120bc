"""No input; prints how long reconciliation takes for 5, 50 and 500 generated articles, and the time a fact.

Run: python benchmarks/reconcile_scale.py

Two shapes: an archive, where every contact is told by five articles, and one contact that all articles tell. Articles
are generated from a seed: invented leaders, each claim from either side's palace in other words, some values off.
"""

import random
import sys
from datetime import date, timedelta
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from reconcile import reconcile
from schemas import Actor, ArticleInfo, Comparator, Evidence, Fact, Kind, Provenance, Record, SourceLink, Value
from schemas.vocabulary import Channel, SourceRole, SourceType, ValueType

SIZES = (5, 50, 500)
A_CONTACT = 5
FACTS = 30
NOUNS = [
    "harbour",
    "grain",
    "truce",
    "pipeline",
    "border",
    "prisoners",
    "tariffs",
    "fishing",
    "railway",
    "uranium",
    "visas",
    "airspace",
    "dam",
    "flood",
    "bridge",
    "satellites",
    "telecoms",
    "steel",
    "cotton",
    "vaccines",
    "refugees",
    "islands",
    "ferries",
    "gas",
    "copper",
    "journalists",
    "museums",
    "patrols",
    "minefields",
    "embassies",
    "loans",
    "drought",
    "rivers",
    "cables",
    "ports",
    "wheat",
    "timber",
    "lithium",
    "ballast",
]
ACTS = {
    Kind.AGREEMENT: "agreed on {} {}",
    Kind.COMMITMENT: "accepted {} {}",
    Kind.CONDITION: "demanded {} {}",
    Kind.TOPIC: "discussed {} {}",
    Kind.POSITION: "supported {} {}",
    Kind.REFUSAL: "ruled out {} {}",
}
MADE = Provenance(model="none", endpoint_host=None, strategy="", prompt_digest=None, schema_digest="", tool_version="")
WRITER = SourceLink(name="article", type=SourceType.WRITER, role=SourceRole.PUBLISHER)


def article(number: int, contact: int, chance: random.Random) -> Record:
    """One article about one contact, of FACTS facts."""
    leaders = (Actor(name=f"Ada Ruun{contact}", as_written="Ruun"), Actor(name=f"Ilo Best{contact}", as_written="Best"))
    day = date(2031, 1, 1) + timedelta(days=7 * contact)
    lasted = Value(
        type=ValueType.DURATION,
        iso=f"PT{chance.choice((40, 40, 45, 90))}M",
        comparator=chance.choice((Comparator.ABOUT, Comparator.EXACTLY)),
        as_written="minutes",
    )
    held = Value(type=ValueType.DATE, iso=day.isoformat(), as_written="Monday")
    words = f"article {number}: {leaders[0].name} and {leaders[1].name} spoke"
    facts = [
        _fact("1", Kind.MEETING, leaders, "call: day", words, (WRITER,), held),
        _fact("2", Kind.MEETING, leaders, "call: duration", words, (WRITER,), lasted),
    ]
    theme = random.Random(contact)
    claims = [(theme.choice(list(ACTS)), theme.sample(NOUNS, 2)) for _ in range(FACTS - 2)]
    for at, (kind, (one, two)) in enumerate(claims, 3):
        who = leaders[: 2 if kind in (Kind.AGREEMENT, Kind.TOPIC) else 1]
        office = SourceLink(
            name=f"Palace of {chance.choice(leaders).name}",
            type=SourceType.OFFICE,
            role=SourceRole.SPEAKER,
            channel=Channel.OFFICIAL_READOUT,
        )
        said = " ".join([*chance.sample(NOUNS, 3), ACTS[kind].format(one, two)])
        facts.append(_fact(str(at), kind, who, f"{one} {two}", said, (WRITER, office), None))
    info = ArticleInfo(id=f"{number:04}", sha256=f"{number:064x}", anchor_date=day, chars=5000)
    return Record(article=info, facts=tuple(facts), provenance=MADE)


def _fact(  # noqa: PLR0913, PLR0917 - the parts of a fact
    name: str,
    kind: Kind,
    actor: tuple[Actor, ...],
    thing: str,
    words: str,
    chain: tuple[SourceLink, ...],
    value: Value | None,
) -> Fact:
    evidence = (Evidence.of(words, 0, len(words)),)
    return Fact(id=name, kind=kind, actor=actor, object=thing, attribution=chain, value=value, evidence=evidence)


def seconds(records: list[Record]) -> tuple[float, int]:
    """How much processor time one reconciliation takes, and how many facts it had."""
    start = process_time()
    reconcile(records)
    return process_time() - start, sum(len(record.facts) for record in records)


def main() -> None:
    """Print one line a size and shape; the ratio is the time a fact against the smallest size's."""
    reconcile([article(0, 0, random.Random(0))])  # tables and stems are read once, before the clock runs
    for shape, contacts in (("five articles a contact", None), ("one contact", 1)):
        first = 0.0
        for size in SIZES:
            chance = random.Random(size)
            count = contacts or max(1, size // A_CONTACT)
            taken, facts = seconds([article(at, at % count, chance) for at in range(size)])
            each = 1000 * taken / facts
            first = first or each
            ratio = f"{each:7.3f} ms a fact, x{each / first:.2f}"
            print(f"{shape:24} {size:4} articles {facts:6} facts {taken:8.2f} s {ratio}")


if __name__ == "__main__":
    main()
