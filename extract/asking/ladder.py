"""An endpoint in, the strongest way it can be held to a schema out: probed once with a tiny question, then remembered.

The question does not mention JSON and asks for prose, so an answer that fits the schema shows that the mode constrains.
"""

from dataclasses import dataclass, replace
from typing import Literal

import openai
from pydantic import BaseModel, ConfigDict

from extract.asking.completion import Malformed
from extract.asking.endpoint import Dialect, Endpoint, Mode
from extract.asking.faults import Fault
from extract.asking.modes import Line, ask_once
from extract.asking.retry import persist
from extract.errors import AnswerError, BadRequest, EndpointError, ReadoutsError

PROBE_TOKENS = 1024  # room for a model that thinks first
QUESTION = "What colour is the sky on a clear day? Answer in one short sentence."
BROKEN = (500, 501)  # how some servers say that they do not know a response format


class Sky(BaseModel):
    """The colour of the sky."""

    model_config = ConfigDict(extra="forbid")

    hue: Literal["azure", "crimson", "olive"]
    certain: bool


@dataclass(frozen=True)
class Trial:
    """One mode at one endpoint: the dialect tried, and the error where the endpoint does not honour it."""

    dialect: Dialect
    refused: ReadoutsError | None = None


async def climb_down(client: openai.AsyncOpenAI, endpoint: Endpoint) -> Dialect:
    """The strongest dialect that the endpoint honours; Markdown where it honours none.

    Raises what says nothing about modes: AccessDenied, NoSuchModel, EndpointDown and the like.
    """
    trial = Trial(Dialect(Mode.JSON_SCHEMA))
    for mode in Mode:
        trial = await _patiently(Line(client, endpoint, replace(trial.dialect, mode=mode)))
        if trial.refused is None:
            return trial.dialect
    if trial.refused is not None and not isinstance(trial.refused, AnswerError):
        raise trial.refused
    return trial.dialect  # nothing constrains this model; its answers are validated like any other


async def try_modes(client: openai.AsyncOpenAI, endpoint: Endpoint) -> list[Trial]:
    """How each mode fares, strongest first. What says nothing about modes is found out once and stands for all."""
    trials: list[Trial] = []
    for mode in Mode:
        try:
            trials.append(await _try(Line(client, endpoint, Dialect(mode))))
        except Fault as error:
            trials.append(Trial(Dialect(mode), error))
        except EndpointError as error:
            return [Trial(Dialect(each), error) for each in Mode]
    return trials


async def _patiently(line: Line) -> Trial:
    async def attempt(_: Malformed | None) -> Trial:
        return await _try(line)

    return await persist(attempt, line.endpoint.longest_wait)


async def _try(line: Line) -> Trial:
    """One mode, in the dialect as adapted to what the endpoint refuses."""
    messages = [{"role": "user", "content": QUESTION}]
    broken = 0
    while True:
        try:
            await ask_once(line, Sky, messages, PROBE_TOKENS)
        except BadRequest as error:
            adapted = _adapted(line.dialect, str(error))
            if adapted == line.dialect:
                return Trial(line.dialect, error)
            line = replace(line, dialect=adapted)
        except AnswerError as error:
            return Trial(line.dialect, error)
        except Fault as error:
            if error.status not in BROKEN:
                raise
            broken += 1  # once may be chance
            if broken > 1:
                return Trial(line.dialect, error)
        else:
            return Trial(line.dialect)


def _adapted(dialect: Dialect, refusal: str) -> Dialect:
    """Models that think first refuse `max_tokens`, temperature or seed, and name what they refuse."""
    if "max_completion_tokens" in refusal and dialect.limit == "max_tokens":
        return replace(dialect, limit="max_completion_tokens")
    if dialect.sampling and ("temperature" in refusal or "seed" in refusal):
        return replace(dialect, sampling=False)
    return dialect
