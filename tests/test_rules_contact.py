"""What a text states of the contact itself. Countries and people are invented."""

import pytest

from extract.rules import propose
from extract.rules.contact import find_properties
from schemas import Kind
from tests.readings import MET, reading


def properties(text: str) -> list[tuple[str, str, str | None]]:
    """Aspect, words and value of each property of the contact that follows on `MET`."""
    read = reading(MET + text)
    found = [p for p in find_properties(read) if p.start >= len(MET)]
    return [(p.aspect, read.text[p.start : p.end], p.value.value.iso if p.value else None) for p in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The call lasted about 90 minutes.", [("duration", "The call lasted about 90 minutes", "PT90M")]),
        ("The talks ended after nine hours.", [("duration", "The talks ended after nine hours", "PT9H")]),
        ("They spoke. It lasted two hours.", [("duration", "It lasted two hours", "PT2H")]),
        ("The 90-minute call was frank.", [("duration", "The 90-minute call was frank", "PT90M")]),
        ("The call began at 09:15.", [("start", "The call began at 09:15", "2031-05-14T09:15")]),
        (
            "The call began at 09:15 and ended at noon.",
            [("start", "The call began at 09:15", "2031-05-14T09:15"), ("end", "ended at noon", "2031-05-14T12:00")],
        ),
        (
            "They met from 14:00 to 15:10 UTC.",
            [
                ("start", "They met from 14:00 to 15:10 UTC", "2031-05-14T14:00+00:00"),
                ("end", "They met from 14:00 to 15:10 UTC", "2031-05-14T15:10+00:00"),
            ],
        ),
        ("The call took place at 9:15.", [("start", "The call took place at 9:15", "2031-05-14T09:15")]),
        ("They spoke for the first time in three years.", [("ordinal", "the first time in three years", "1")]),
        ("The call is still under way.", [("status", "The call is still under way", None)]),
        ("The call was still going at 10:30.", [("status", "The call was still going at 10:30", "2031-05-14T10:30")]),
        ("The call has ended.", [("status", "The call has ended", None)]),
        ("When breakfast television had finished, the call was old news.", []),
        ("The call, requested by Kelm, was frank.", [("initiator", "requested by Kelm", None)]),
        ("It was the second such call this year.", [("ordinal", "the second such call this year", "2")]),
        ("It was the latest such call.", [("ordinal", "the latest such call", None)]),
        ("The war lasted 90 days.", []),
        ("The call was frank.", []),
    ],
)
def test_properties_of_the_contact(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    """Duration, start, end, status and ordinal are of the contact only where the sentence speaks of it."""
    assert properties(text) == expected


def test_the_contact_itself() -> None:
    """The first sentence that names both principals and the contact states it, with its day, once."""
    read = reading("Grain is dear. " + MET + MET.replace("Tuesday", "Monday"))
    (contact,) = [p for p in find_properties(read) if p.aspect == "participants"]
    assert read.text[contact.start : contact.end] == MET.strip(" .")
    assert contact.value is not None
    assert contact.value.value.iso == "2031-05-13"


def test_a_call_between_two_is_told_whole() -> None:
    """The words of the contact go on to the second of the two, over what describes the first."""
    told = "a phone call took place between President Ada Ruun, of Teku, and Chancellor Ilo Best"
    (contact,) = [p for p in find_properties(reading(f"Today {told}.")) if p.aspect == "participants"]
    assert reading(f"Today {told}.").text[contact.start : contact.end].endswith("Chancellor Ilo Best")
    assert contact.value is not None
    assert contact.value.value.iso == "2031-05-14"


def test_her_talks_with_somebody_are_the_contact() -> None:
    """One principal named beside "his" or "her" talks is enough for the contact."""
    read = reading(
        "Ruun went home. Her talks with Chancellor Ilo Best, held on Tuesday, were long. President Ada Ruun slept."
    )
    (contact,) = [p for p in find_properties(read) if p.aspect == "participants"]
    assert contact.value is not None
    assert contact.value.value.iso == "2031-05-13"


def test_what_a_contact_was_held_for_is_a_topic() -> None:
    """The purpose of a contact is a fact of its own, and the contact is another one."""
    met, topic = propose(
        reading("President Ada Ruun spoke on Tuesday with Chancellor Ilo Best to discuss the harvest.")
    )
    assert (met.kind, met.value and met.value.iso) == (Kind.MEETING, "2031-05-13")
    assert (topic.kind, topic.evidence[0].exact) == (Kind.TOPIC, "to discuss the harvest")


def test_what_was_agreed_in_the_contact_is_told_beside_it() -> None:
    """An agreement stands, however much of its clause the contact has, whose day is not that on which it was told."""
    told = "President Ada Ruun and Chancellor Ilo Best had agreed to a truce of 30 days in a call that ran for an hour."
    found = propose(reading(f"The Norvanian Ministry said on Tuesday that {told}"))
    assert Kind.AGREEMENT in [fact.kind for fact in found]
    assert "2031-05-13" not in [fact.value.iso for fact in found if fact.value]


def test_an_earlier_contact_is_not_the_contact() -> None:
    """Of a contact that is told of and one of years before, the former is what the article is about."""
    found = propose(reading("Best last met Ruun in 2028 at a summit. " + MET))
    assert [fact.evidence[0].exact[:4] for fact in found if fact.kind is Kind.MEETING] == ["Pres"]


def test_the_contact_is_told_once() -> None:
    """What a property of the contact states already is no other fact as well."""
    assert [fact.kind for fact in propose(reading(MET))] == [Kind.MEETING]
