"""Requests and tokens in, their sums out: all that is asked inside `with metered() as meter`, failures too."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from schemas import Usage


class Meter:
    """A running sum that also adds to the meter it was opened inside."""

    def __init__(self, outer: "Meter | None" = None) -> None:
        self.usage = Usage()
        self._outer = outer

    def add(self, usage: Usage) -> None:
        """Count here and in every meter around this one."""
        self.usage += usage
        if self._outer is not None:
            self._outer.add(usage)


_current: ContextVar[Meter | None] = ContextVar("meter", default=None)


@contextmanager
def metered() -> Iterator[Meter]:
    """A meter for all that is asked inside, by tasks started inside as well."""
    meter = Meter(_current.get())
    token = _current.set(meter)
    try:
        yield meter
    finally:
        _current.reset(token)


@contextmanager
def apart() -> Iterator[Meter]:
    """A meter that adds to no other: for requests that no article asked for."""
    token = _current.set(None)
    try:
        with metered() as meter:
            yield meter
    finally:
        _current.reset(token)


def count(usage: Usage) -> None:
    """Add to the meter in force, if there is one."""
    meter = _current.get()
    if meter is not None:
        meter.add(usage)
