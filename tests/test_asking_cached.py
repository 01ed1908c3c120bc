"""Asking through the cache: what is kept of an answer, so that nothing is paid for twice, and what never is."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import httpx2
import pytest

from extract.asking.asker import Asker
from extract.asking.cache import FOLDER, ResponseCache
from extract.asking.endpoint import Mode, Question
from extract.errors import InvalidAnswer, LengthStop, ReadoutsError
from tests.fakes import HOSTED, MODEL, FakeModel, completion, refused, reply
from tests.test_asking import GOOD, QUESTION, Note


async def asked(cache: ResponseCache, model: FakeModel, times: int = 2) -> list[object]:
    """What comes back, or the type of what is raised, when the same question is put again by a new asker."""
    results: list[object] = []
    for _ in range(times):
        async with Asker(HOSTED, cache, transport=model) as asker:
            try:
                results.append((await asker.ask(QUESTION, Note)).parsed)
            except ReadoutsError as error:
                results.append(type(error))
    return results


@pytest.mark.parametrize(
    ("answer", "error", "paid"),
    [
        (completion("cut", finish="length"), LengthStop, 1),
        ({"kind": "treaty", "sentences": []}, InvalidAnswer, 2),
        (completion(None, refusal="no"), None, 1),
        (completion("x", finish="content_filter"), None, 1),
    ],
)
async def test_a_useless_answer_is_paid_for_once(
    cache: ResponseCache, answer: object, error: type[ReadoutsError] | None, paid: int
) -> None:
    """What the model said is kept even if it is of no use: asked again, the same error comes for nothing."""
    model = FakeModel(lambda _: answer)
    first, second = await asked(cache, model)
    assert first == second
    assert error in (None, first)
    assert len(model.requests) == paid


@pytest.mark.parametrize(
    "answer",
    [
        lambda: refused(200, "overloaded"),
        lambda: reply(completion("x") | {"choices": []}),
        lambda: reply(completion(None)),
        lambda: refused(400),
        lambda: refused(401),
    ],
)
async def test_what_is_no_answer_is_not_kept(cache: ResponseCache, answer: Callable[[], object]) -> None:
    """An error, whatever its status, is asked about again next time."""
    model = FakeModel(lambda _: answer())
    await asked(cache, model)
    assert len(model.requests) == 2
    assert (await asyncio.to_thread(cache.stats)).responses == 0


async def test_equal_questions_at_one_time_are_one_request(cache: ResponseCache) -> None:
    """Nine askings of one question and one of another take two requests."""
    model = FakeModel(lambda _: GOOD)
    questions = [Question(f"a-{n}", QUESTION.system, QUESTION.user, QUESTION.max_tokens) for n in range(9)]
    async with Asker(HOSTED, cache, transport=model) as asker:
        other = Question("b", QUESTION.system, "[1] Something else.", QUESTION.max_tokens)
        answers = await asyncio.gather(*(asker.ask(question, Note) for question in [*questions, other]))
    assert len(model.requests) == 2
    assert sum(answer.usage.cached for answer in answers) == 8
    assert sum(answer.usage.requests for answer in answers) == 2


async def test_the_first_of_equal_questions_may_go(cache: ResponseCache) -> None:
    """When the one that was sent first is cancelled, the next takes its place."""
    arrived = asyncio.Event()

    async def handle(_: httpx2.Request) -> httpx2.Response:
        if not arrived.is_set():
            arrived.set()
            await asyncio.Event().wait()
        return reply(completion('{"kind": "refusal", "sentences": [2, 3]}'))

    endpoint = type(HOSTED)(MODEL, HOSTED.base_url, mode=Mode.JSON_SCHEMA)
    async with Asker(endpoint, cache, transport=httpx2.MockTransport(handle)) as asker:
        tasks = [asyncio.create_task(asker.ask(QUESTION, Note)) for _ in range(2)]
        await arrived.wait()
        tasks[0].cancel()
        assert (await tasks[1]).parsed.kind == "refusal"
        assert tasks[0].cancelled()


async def test_the_raw_body_is_kept_before_it_is_parsed(cache: ResponseCache) -> None:
    """The bytes in the cache are those of the response, with what no parser of ours looks at."""
    body = b'{"choices":[{"message":{"content":"{ }","extra":[1]},"finish_reason":"stop"}],  "x": 1}\n'
    model = FakeModel(lambda _: httpx2.Response(200, content=body))
    await asked(cache, model, times=1)
    kept = {row.body for row in await asyncio.to_thread(lambda: list(cache.rows()))}
    assert kept == {body}


async def test_no_key_is_in_the_cache(cache: ResponseCache, tmp_path: Path) -> None:
    """The files of the cache hold neither the API key nor the question."""
    await asked(cache, FakeModel(lambda _: GOOD))
    kept = b"".join(path.read_bytes() for path in (tmp_path / FOLDER).iterdir())
    assert b"k-hosted" not in kept
    assert b"Ruritania" not in kept
    assert b"refusal" in kept
