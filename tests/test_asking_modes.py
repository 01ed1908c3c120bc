"""Finding the strongest mode that an endpoint honours: probed once, remembered, and stepping down only for a reason."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from pydantic import BaseModel, ConfigDict

from extract.asking.asker import Asker, describe_modes
from extract.asking.cache import ResponseCache
from extract.asking.endpoint import Dialect, Endpoint, Mode, Question
from extract.errors import AccessDenied, EndpointDown, NoSuchModel, ReadoutsError
from tests.fakes import HOSTED, LOCAL, MODEL, SKY, FakeModel, completion, in_mode, mode_of, refused, reply

QUESTION = Question("a", "Name", "a word.", 30)


class Word(BaseModel):
    """A word."""

    model_config = ConfigDict(extra="forbid")

    word: str


class Endpointed(httpx2.MockTransport):
    """An endpoint that treats each mode as `ways` says: a function of the request; what is not named it honours."""

    def __init__(self, **ways: Callable[[dict[str, Any]], httpx2.Response]) -> None:
        super().__init__(self._reply)
        self.modes: list[Mode] = []
        self._ways = ways

    def _reply(self, request: httpx2.Request) -> httpx2.Response:
        asked = json.loads(request.content)
        self.modes.append(mode_of(asked))
        way = self._ways.get(mode_of(asked), honoured)
        return way(asked)


def honoured(asked: dict[str, Any]) -> httpx2.Response:
    """The answer, in the mode asked for."""
    sky = "colour is the sky" in json.dumps(asked["messages"])
    return reply(in_mode(asked, json.dumps(SKY if sky else {"word": "yes"})))


def ignored(_: dict[str, Any]) -> httpx2.Response:
    """Prose, as from an endpoint that has never heard of the parameter."""
    return reply(completion("The sky is blue."))


def unconstrained(_: dict[str, Any]) -> httpx2.Response:
    """JSON of the model's own design."""
    return reply(completion('{"answer": "blue"}'))


def empty(_: dict[str, Any]) -> httpx2.Response:
    """The bare object that some servers give."""
    return reply(completion("{ }"))


def unknown(_: dict[str, Any]) -> httpx2.Response:
    """A refusal."""
    return refused(400, "response_format is not supported")


def broken(_: dict[str, Any]) -> httpx2.Response:
    """How llama-cpp-python refuses a response format."""
    return refused(500, "Input should be 'text' or 'json_object'")


async def word(cache: ResponseCache, transport: httpx2.AsyncBaseTransport, endpoint: Endpoint = HOSTED) -> str:
    """The word that comes back."""
    async with Asker(endpoint, cache, transport=transport) as asker:
        return (await asker.ask(QUESTION, Word)).parsed.word


async def remembered(cache: ResponseCache) -> dict[tuple[str, str], Dialect]:
    """What the cache knows of endpoints."""
    return await asyncio.to_thread(cache.dialects)


@pytest.mark.parametrize("way", [ignored, unconstrained, empty, unknown, broken])
@pytest.mark.parametrize("honoured_modes", [list(Mode)[n:] for n in range(1, 4)])
async def test_the_ladder_ends_on_the_strongest_honoured_mode(
    cache: ResponseCache, way: Callable[[dict[str, Any]], httpx2.Response], honoured_modes: list[Mode]
) -> None:
    """Whatever way a mode is not honoured, the next is tried, and the first that holds is used and remembered."""
    refused_modes = [mode for mode in Mode if mode not in honoured_modes]
    transport = Endpointed(**dict.fromkeys(refused_modes, way))
    assert await word(cache, transport) == "yes"
    assert transport.modes[-1] == honoured_modes[0]
    assert await remembered(cache) == {(MODEL, "models.example/v1"): Dialect(honoured_modes[0])}


async def test_a_mode_is_found_once(cache: ResponseCache) -> None:
    """A second asker over the same cache does not probe again; another endpoint is probed for itself."""
    transport = Endpointed(json_schema=unknown)
    await word(cache, transport)
    assert transport.modes == [Mode.JSON_SCHEMA, Mode.TOOLS, Mode.TOOLS]
    await word(cache, transport)
    assert len(transport.modes) == 3
    await word(cache, transport, LOCAL)
    assert transport.modes[3:] == [Mode.JSON_SCHEMA, Mode.TOOLS, Mode.TOOLS]


async def test_questions_at_one_time_share_one_probe(cache: ResponseCache) -> None:
    """Many articles that start together find the mode once."""
    model = FakeModel(lambda _: {"word": "yes"}, modes=[Mode.TOOLS])
    async with Asker(HOSTED, cache, transport=model) as asker:
        questions = [Question(f"a-{n}", "Name", f"word {n}.", 30) for n in range(8)]
        await asyncio.gather(*(asker.ask(question, Word) for question in questions))
    assert [mode_of(probe) for probe in model.probes] == [Mode.JSON_SCHEMA, Mode.TOOLS]
    assert len(model.requests) == 8


@pytest.mark.parametrize("status", [500, 503])
async def test_a_chance_fault_costs_no_mode(cache: ResponseCache, status: int) -> None:
    """One 500 may be chance: the mode is tried once more. 503 says nothing of modes: it is waited out."""
    left = [refused(status)]
    transport = Endpointed(json_schema=lambda asked: left.pop() if left else honoured(asked))
    await word(cache, transport)
    assert transport.modes == [Mode.JSON_SCHEMA] * 3


@pytest.mark.parametrize(
    ("response", "error", "requests"),
    [
        (refused(401), AccessDenied, 1),
        (refused(404), NoSuchModel, 1),
        (refused(503), EndpointDown, 5),
        (refused(500), EndpointDown, 8),
    ],
)
async def test_what_says_nothing_of_modes_ends_the_search(
    cache: ResponseCache, response: httpx2.Response, error: type[ReadoutsError], requests: int
) -> None:
    """A wrong key is one request, not one for each mode; and nothing is remembered."""

    def way(_: dict[str, Any]) -> httpx2.Response:
        return httpx2.Response(response.status_code, content=response.content)

    transport = Endpointed(**dict.fromkeys(Mode, way))
    with pytest.raises(error):
        await word(cache, transport)
    assert len(transport.modes) == requests
    assert not await remembered(cache)


async def test_a_model_that_nothing_constrains_is_asked_in_markdown(cache: ResponseCache) -> None:
    """Where even the tiny question is answered in prose, Markdown is taken; real answers are validated all the same."""
    transport = Endpointed(**dict.fromkeys(Mode, ignored))
    with pytest.raises(ReadoutsError, match="article a"):
        await word(cache, transport)
    assert await remembered(cache) == {(MODEL, "models.example/v1"): Dialect(Mode.MARKDOWN)}


async def test_other_names_for_the_limit_and_no_sampling_are_learnt(cache: ResponseCache) -> None:
    """A model that refuses `max_tokens` and then `temperature` is asked as it wants, and that is remembered."""

    def picky(asked: dict[str, Any]) -> httpx2.Response:
        if "max_tokens" in asked:
            return refused(400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.")
        if "temperature" in asked:
            return refused(400, "Unsupported value: 'temperature' does not support 0 with this model.")
        return honoured(asked)

    model = Endpointed(json_schema=unknown, tools=picky)
    assert await word(cache, model) == "yes"
    assert (await remembered(cache))[MODEL, "models.example/v1"] == Dialect(
        Mode.TOOLS, "max_completion_tokens", sampling=False
    )
    asked_again = len(model.modes)
    async with Asker(HOSTED, cache, transport=model) as asker:
        await asker.ask(Question("b", "Name", "another word.", 30), Word)
    assert len(model.modes) == asked_again + 1


async def test_a_fixed_mode_is_used_unprobed_and_remembered(cache: ResponseCache) -> None:
    """A mode that is configured is not questioned, and what was recorded in it replays without being configured."""
    model = FakeModel(lambda _: {"word": "yes"})
    fixed = Endpoint(MODEL, "https://models.example/v1", mode=Mode.MARKDOWN)
    assert await word(cache, model, fixed) == "yes"
    assert not model.probes
    async with Asker(Endpoint(MODEL), cache, offline=True) as asker:
        assert (await asker.ask(QUESTION, Word)).parsed.word == "yes"


async def test_every_mode_is_described(cache: ResponseCache) -> None:
    """Each mode works or says why not, whatever the others do; the cache is left as it was."""
    transport = Endpointed(json_schema=broken, tools=ignored, json_object=lambda _: refused(503, "busy"))
    trials = await describe_modes(HOSTED, transport)
    assert [trial.dialect.mode for trial in trials] == list(Mode)
    assert [trial.refused is None for trial in trials] == [False, False, False, True]
    assert "Input should be" in str(trials[0].refused)
    assert "not called" in str(trials[1].refused)
    assert not await remembered(cache)


@pytest.mark.parametrize(("status", "requests"), [(401, 1), (404, 1)])
async def test_describing_modes_asks_a_closed_door_once(status: int, requests: int) -> None:
    """A wrong key or name stands for every mode and is not tried in each."""
    transport = Endpointed(**dict.fromkeys(Mode, lambda _: refused(status)))
    trials = await describe_modes(HOSTED, transport)
    assert len(transport.modes) == requests
    assert all(f"status {status}" in str(trial.refused) for trial in trials)


async def test_a_refusal_in_another_shape_is_understood(cache: ResponseCache) -> None:
    """Some servers say what they refuse in a list: it is read all the same."""

    def strict(asked: dict[str, Any]) -> httpx2.Response:
        problem = {"type": "extra_forbidden", "loc": ["body", "seed"]}
        return reply({"detail": [problem]}, 422) if "seed" in asked else honoured(asked)

    assert await word(cache, Endpointed(json_schema=strict)) == "yes"
    assert (await remembered(cache))[MODEL, "models.example/v1"] == Dialect(Mode.JSON_SCHEMA, sampling=False)


async def test_what_one_mode_taught_is_known_in_the_next(cache: ResponseCache) -> None:
    """The name of the token limit is learnt once, not once for each mode."""
    limits: list[str] = []

    def picky(asked: dict[str, Any]) -> httpx2.Response:
        limits.append("max_tokens" if "max_tokens" in asked else "max_completion_tokens")
        if "max_tokens" in asked:
            return refused(400, "Use 'max_completion_tokens' instead of 'max_tokens'.")
        return honoured(asked) if mode_of(asked) is Mode.JSON_OBJECT else unknown(asked)

    await word(cache, Endpointed(**dict.fromkeys(Mode, picky)))
    assert limits.count("max_tokens") == 1
