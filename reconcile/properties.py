"""A telling of the contact itself in; which property of it is told out: duration, start, end, day or status."""

from reconcile.telling import Telling
from reconcile.words import property_words
from schemas import Kind, ValueType


def contact_property(telling: Telling) -> str | None:
    """The property, where every telling of it speaks of the same thing; None for everything else.

    An ordinal is none: the "second call since May" and the "first call since June" may be one call.
    """
    value = telling.fact.value
    if telling.kind != Kind.MEETING or value is None:
        return None
    if value.type == ValueType.DURATION:
        return "duration"
    if value.type == ValueType.DATE:
        return "day"
    return named_property(telling) if value.type == ValueType.INSTANT else None


def named_property(telling: Telling) -> str | None:
    """The property that the words name, the object's before the evidence's."""
    for stems in (telling.about, telling.said):
        for name, roots in property_words().items():
            if not roots.isdisjoint(stems):
                return name
    return None
