"""A telling of the contact itself in; which property of it is told out: duration, start, end, day, venue and so on."""

from reconcile.telling import Telling
from reconcile.words import property_words
from schemas import Kind, ValueType

_BY_VALUE = {ValueType.DURATION: "duration", ValueType.DATE: "day"}


def contact_property(telling: Telling) -> str | None:
    """The property, where there is one that all tellings of the contact share; None for everything else."""
    if telling.kind != Kind.MEETING:
        return None
    value = telling.fact.value
    named = _named(telling)
    if value is None:
        return named
    if value.type == ValueType.INSTANT:
        return named or "start"
    return _BY_VALUE.get(value.type, "ordinal")


def _named(telling: Telling) -> str | None:
    """The property that the words name, the object's before the evidence's."""
    for stems in (telling.about, telling.said):
        for name, roots in property_words().items():
            if not roots.isdisjoint(stems):
                return name
    return None
