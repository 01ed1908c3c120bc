"""What goes wrong at an endpoint: each case is one typed error, paid for as seldom as can be."""

import asyncio
import email.utils
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict

from extract.asking.asker import Asker
from extract.asking.cache import ResponseCache
from extract.asking.completion import Malformed
from extract.asking.endpoint import Endpoint, Mode, Question
from extract.asking.faults import Fault, Secrets, fault_of, scrub
from extract.asking.retry import CORRECTIONS, FAULTS, persist
from extract.errors import (
    AccessDenied,
    BadRequest,
    ContentFiltered,
    DeadlinePassed,
    EmptyAnswer,
    EndpointDown,
    EndpointError,
    InvalidAnswer,
    LengthStop,
    NoSuchModel,
    ReadoutsError,
    Refusal,
)
from tests.fakes import HOSTED, MODEL, FakeModel, Script, completion, in_mode, refused, reply

CUT = '{"word": "unfin'


class Word(BaseModel):
    """A word."""

    model_config = ConfigDict(extra="forbid")

    word: str


async def ask(cache: ResponseCache, model: FakeModel, endpoint: Endpoint = HOSTED) -> str:
    """The word that the model answers."""
    async with Asker(endpoint, cache, transport=model) as asker:
        return (await asker.ask(Question("a-1", "Name", "a word.", 30), Word)).parsed.word


def in_any_mode(text: str, **rest: Any) -> Callable[[dict[str, Any]], object]:
    """The answer `text` in whatever mode is asked for."""
    return lambda request: in_mode(request, text, **rest)


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize(
    ("answer", "error", "requests"),
    [
        (refused(401, "bad key"), AccessDenied, 1),
        (refused(403, "not yours"), AccessDenied, 1),
        (refused(429, "no credit", code="insufficient_quota"), AccessDenied, 1),
        (refused(404, "no such model"), NoSuchModel, 1),
        (refused(400, "unknown field"), BadRequest, 1),
        (refused(422, "unprocessable"), BadRequest, 1),
        (refused(400, "too long", code="context_length_exceeded"), LengthStop, 1),
        (refused(400, "This model's maximum context length is 8192 tokens"), LengthStop, 1),
        (refused(400, "filtered", code="content_filter"), ContentFiltered, 1),
        (httpx2.Response(307, headers={"location": "http://127.0.0.1:1/v1"}), EndpointError, 1),
        (httpx2.Response(204), EndpointError, 1),
        (refused(429, "slow down"), EndpointDown, 1 + FAULTS),
        (refused(408), EndpointDown, 1 + FAULTS),
        (refused(409), EndpointDown, 1 + FAULTS),
        (refused(500), EndpointDown, 1 + FAULTS),
        (httpx2.Response(502, text="<html>Bad gateway</html>"), EndpointDown, 1 + FAULTS),
        (httpx2.Response(599), EndpointDown, 1 + FAULTS),
        (httpx2.ConnectError("refused"), EndpointDown, 1 + FAULTS),
        (httpx2.ReadError("reset"), EndpointDown, 1 + FAULTS),
        (httpx2.ConnectTimeout("slow"), EndpointDown, 1 + FAULTS),
        (refused(200, "model overloaded"), EndpointError, 1),
        (reply({"object": "list", "data": []}), EndpointError, 1),
        (httpx2.Response(200, text="<html>hello</html>"), EndpointError, 1),
        (httpx2.Response(200, content=b""), EndpointError, 1),
        (httpx2.Response(200, content=b'{"choices": [{"message": {"content": "\xff"}}]}'), EndpointError, 1),
        (httpx2.Response(200, content=b'{"choices": [{"message": {"content": "x"}}], "i": "\xff"}'), EndpointError, 1),
        (reply(completion("x") | {"choices": []}), EmptyAnswer, 1),
        (reply(completion("x") | {"choices": [{"message": "text"}]}), EndpointError, 1),
        (reply(completion(None)), EmptyAnswer, 1),
        (reply(completion("")), EmptyAnswer, 1),
        (reply(completion("half", finish="length")), LengthStop, 1),
        (reply(completion(None, finish="length")), LengthStop, 1),
        (reply(completion(None, refusal="I cannot")), Refusal, 1),
        (reply(completion("part", finish="content_filter")), ContentFiltered, 1),
        (reply(completion(None, finish="content_filter")), ContentFiltered, 1),
    ],
)
async def test_each_failure_is_one_typed_error(
    cache: ResponseCache, mode: Mode, answer: object, error: type[ReadoutsError], requests: int
) -> None:
    """Every kind of failure is exactly its error, names the article, advises, and takes so many requests, no more."""
    model = FakeModel(lambda _: _copy(answer), modes=[mode])
    with pytest.raises(error, match="article a-1: ") as caught:
        await ask(cache, model)
    assert type(caught.value) is error
    assert caught.value.advice
    assert len(model.requests) == requests


def _copy(answer: object) -> object:
    """A fresh response, since one can be read only once."""
    if not isinstance(answer, httpx2.Response):
        return answer
    return httpx2.Response(answer.status_code, headers=answer.headers, content=answer.content)


@pytest.mark.parametrize("mode", list(Mode))
async def test_a_cut_answer_is_a_length_stop_whatever_it_is_called(cache: ResponseCache, mode: Mode) -> None:
    """JSON that ends in the middle at the token limit is cut, also where the finish reason says otherwise."""
    model = FakeModel(in_any_mode(CUT, usage={"prompt_tokens": 9, "completion_tokens": 30}), modes=[mode])
    with pytest.raises(LengthStop):
        await ask(cache, model)
    assert len(model.requests) == 1


@pytest.mark.parametrize("mode", [Mode.JSON_SCHEMA, Mode.TOOLS, Mode.JSON_OBJECT])
async def test_a_constrained_answer_that_breaks_off_was_cut(cache: ResponseCache, mode: Mode) -> None:
    """Where an endpoint counts no tokens, constrained JSON that ends in the middle is taken for cut."""
    with pytest.raises(LengthStop):
        await ask(cache, FakeModel(in_any_mode(CUT, usage={}), modes=[mode]))


async def test_a_whole_answer_at_the_very_limit_is_an_answer(cache: ResponseCache) -> None:
    """As many tokens as allowed, and the JSON complete: that is no cut."""
    usage = {"prompt_tokens": 9, "completion_tokens": 30}
    assert await ask(cache, FakeModel(in_any_mode('{"word": "yes"}', usage=usage))) == "yes"


async def test_broken_json_below_the_limit_is_told_to_the_model(cache: ResponseCache) -> None:
    """A model that ends its JSON early of its own accord is corrected, not split."""
    model = FakeModel(Script(in_any_mode(CUT), {"word": "yes"}))
    assert await ask(cache, model) == "yes"
    assert len(model.requests) == 2


async def test_the_budgets_do_not_feed_each_other(cache: ResponseCache) -> None:
    """All faults allowed, then a misfit, then a good answer: one budget is untouched by the other."""
    model = FakeModel(Script(*[refused(503)] * FAULTS, {"x": 1}, {"word": "yes"}))
    assert await ask(cache, model) == "yes"
    assert len(model.requests) == FAULTS + 2


async def test_a_fault_after_a_correction_keeps_the_correction(cache: ResponseCache) -> None:
    """The corrected question is what is sent again after a fault, not the first one."""
    model = FakeModel(Script({"x": 1}, refused(503), {"word": "yes"}))
    assert await ask(cache, model) == "yes"
    assert model.requests[1] == model.requests[2]
    assert len(model.requests[1]["messages"]) == 4


@pytest.mark.parametrize(
    ("retry_after", "least", "most"),
    [
        ("7", 7.0, 7.0),
        ("0", 0.0, 0.0),
        ("86400", 60.0, 60.0),
        (email.utils.formatdate(time.time() - 100, usegmt=True), 0.0, 0.0),
        (email.utils.formatdate(time.time() + 86400, usegmt=True), 60.0, 60.0),
        ("soon", 0.0, 30.0),
        (None, 0.0, 30.0),
    ],
)
async def test_retry_after_is_honoured_in_both_forms_and_capped(
    retry_after: str | None, least: float, most: float
) -> None:
    """Seconds and HTTP dates are waited for, up to the cap; without one the pause is random and grows."""
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    async def attempt(_: Malformed | None) -> None:
        raise fault_of(429, retry_after, b"", Secrets(None, ""))

    with pytest.raises(Fault):
        await persist(attempt, 60.0, sleep)
    assert len(waited) == FAULTS
    assert all(least <= seconds <= most for seconds in waited)


async def test_the_policy_tries_a_misfit_once_more_and_without_a_pause() -> None:
    """A correction waits for nothing, and there is one."""
    waited: list[float] = []
    corrections: list[Malformed | None] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    async def attempt(correction: Malformed | None) -> None:
        corrections.append(correction)
        raise Malformed("word: missing", "{}")

    with pytest.raises(InvalidAnswer):
        await persist(attempt, 60.0, sleep)
    assert waited == [0.0] * CORRECTIONS
    assert [c.problems if c else None for c in corrections] == [None, "word: missing"]


async def test_a_deadline_is_for_the_whole_request_and_paid_once(cache: ResponseCache) -> None:
    """A body that drips for ever, each byte in time, ends at the deadline, and is not asked for again."""

    async def drip() -> AsyncIterator[bytes]:
        while True:
            await asyncio.sleep(0.005)
            yield b" "

    model = FakeModel(lambda _: httpx2.Response(200, content=drip()))
    endpoint = Endpoint(MODEL, "https://x.example/v1", deadline=0.1, mode=Mode.TOOLS)
    with pytest.raises(DeadlinePassed, match=r"0\.1 s"):
        await asyncio.wait_for(ask(cache, model, endpoint), timeout=20)
    assert len(model.requests) == 1


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Incorrect API key provided: sk-proj-abc123456.", "Incorrect API key provided: [key]"),
        ("Authorization: Bearer abc", "Authorization: [key]"),
        ("your key my-own-key is wrong", "your key [key] is wrong"),
        ("model 'x'\x1b[31m not\nfound", "model 'x' [31m not found"),
        ("we got: the leaders of two\n countries spoke for an hour", "[a message that repeats the question]"),
    ],
)
def test_a_providers_words_are_scrubbed(said: str, kept: str) -> None:
    """Keys, control characters and whatever repeats the question go; the rest stays."""
    secrets = Secrets("my-own-key", "Article: the leaders of two countries spoke for an hour today.")
    assert scrub(said, secrets) == kept


@pytest.mark.parametrize("body", [b"[1]", b'"text"', b'{"error": null}', b'{"error": {"message": 7}}', b"[" * 100_000])
def test_an_error_body_of_any_shape_is_read(body: bytes) -> None:
    """Whatever a server says in an error body, the status alone decides where it says nothing."""
    assert isinstance(fault_of(400, None, body, Secrets(None, "")), BadRequest)


@given(st.text() | st.from_regex(r"\d{1,400}", fullmatch=True) | st.just("Fri, 31 Dec 99999 23:59:59 GMT"))
def test_any_retry_after_is_seconds_or_nothing(header: str) -> None:
    """Whatever stands in the header, it is a pause of no negative length or it is ignored."""
    fault = fault_of(503, header, b"", Secrets(None, ""))
    assert isinstance(fault, Fault)
    assert fault.retry_after is None or fault.retry_after >= 0


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize(
    "usage",
    [
        {"prompt_tokens": None, "completion_tokens": None},
        {"prompt_tokens": 1, "completion_tokens": 2, "prompt_tokens_details": "?", "total_tokens": None},
        {"input": 3},
    ],
)
async def test_a_count_of_tokens_unlike_openais_is_no_trouble(
    cache: ResponseCache, mode: Mode, usage: dict[str, Any]
) -> None:
    """Servers count in their own ways: an answer is an answer, and what is not counted counts as none."""
    assert await ask(cache, FakeModel(in_any_mode('{"word": "yes"}', usage=usage), modes=[mode])) == "yes"
