"""A telling of the contact itself in; which property of it is told out: duration, start, end, day or status."""

from reconcile.telling import Telling
from reconcile.words import property_words, stems
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
    """The property that the object names; else the one whose word stands nearest to the value in the evidence."""
    named = [name for name, roots in property_words().items() if not roots.isdisjoint(telling.about)]
    if len(named) == 1 or not telling.fact.value:
        return named[0] if named else None
    before, found, after = telling.evidence.partition(telling.fact.value.as_written)
    left, right = (list(reversed(stems(before))), list(stems(after))) if found else ([], list(telling.said))
    nearest = [
        (min(place for place, stem in enumerate(side) if stem in roots), at, name)
        for at, side in enumerate((left, right))
        for name, roots in property_words().items()
        if not roots.isdisjoint(side)
    ]
    return min(nearest)[2] if nearest else None
