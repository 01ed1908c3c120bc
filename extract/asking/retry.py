"""One attempt in, its result out: the only place that tries again, on two budgets that do not feed each other.

Faults of transport may pass, so they are waited out, as long as the endpoint asks or with growing random pauses. An
answer that does not fit its schema is worth one more question that names the problem. Nothing else is tried twice.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import tenacity

from extract.asking.completion import Malformed
from extract.asking.faults import Fault

FAULTS = 4  # further attempts after a fault
CORRECTIONS = 1  # further attempts after an answer that does not fit

R = TypeVar("R")
Attempt = Callable[[Malformed | None], Awaitable[R]]
Sleep = Callable[[float], Awaitable[None]]

_growing = tenacity.wait_random_exponential(multiplier=1, max=30)


async def persist(attempt: Attempt[R], longest_wait: float, sleep: Sleep = asyncio.sleep) -> R:
    """The result of `attempt`, called with the last answer that did not fit, or None.

    No pause is longer than `longest_wait` seconds, also where the endpoint asks for more.

    Raises the last Fault or Malformed once its budget is spent, and everything else at once.
    """
    budgets = _Budgets()
    correction: Malformed | None = None
    async for trial in tenacity.AsyncRetrying(
        sleep=sleep,
        retry=tenacity.retry_if_exception_type((Fault, Malformed)),
        stop=budgets.spent,
        wait=lambda state: min(_pause(state), longest_wait),
        reraise=True,
    ):
        with trial:
            try:
                return await attempt(correction)
            except Malformed as error:
                correction = error
                raise
    raise AssertionError("a retry loop ends by returning or raising")


class _Budgets:
    """What is left of each budget during one question."""

    def __init__(self) -> None:
        self._faults = FAULTS
        self._corrections = CORRECTIONS

    def spent(self, state: tenacity.RetryCallState) -> bool:
        if isinstance(_error(state), Malformed):
            self._corrections -= 1
            return self._corrections < 0
        self._faults -= 1
        return self._faults < 0


def _pause(state: tenacity.RetryCallState) -> float:
    error = _error(state)
    if not isinstance(error, Fault):
        return 0.0
    return _growing(state) if error.retry_after is None else error.retry_after


def _error(state: tenacity.RetryCallState) -> BaseException | None:
    return state.outcome.exception() if state.outcome else None
