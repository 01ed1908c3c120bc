"""Asking: an answer that fits, what it took, what is sent, and what is never sent, logged or raised."""

import logging
import socket
from typing import Any, Literal

import httpx2
import pytest
from pydantic import BaseModel, ConfigDict

from extract.asking.asker import Asker
from extract.asking.cache import ResponseCache
from extract.asking.endpoint import Endpoint, Mode, Question, identity
from extract.asking.meter import metered
from extract.errors import AnswerError, CacheMiss, ConfigError, EndpointDown, InvalidAnswer, ReadoutsError
from tests.fakes import HOSTED, LOCAL, MODEL, FakeModel, Script, completion, in_mode, mode_of, refused, schema_of


class Note(BaseModel):
    """A note."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["agreement", "refusal"]
    sentences: tuple[int, ...]
    actor: str = ""


GOOD = {"kind": "refusal", "sentences": [2, 3]}
NOTE = Note(kind="refusal", sentences=(2, 3))
QUESTION = Question("a-7", "Read the sentences.", "[1] Ruritania declined, wherever it was asked about the truce.", 200)
EACH_MODE = pytest.mark.parametrize("mode", list(Mode))


async def ask(cache: ResponseCache, model: FakeModel, endpoint: Endpoint = HOSTED, **settings: Any) -> Note:
    """The note that one asker brings."""
    async with Asker(endpoint, cache, transport=model, **settings) as asker:
        return (await asker.ask(QUESTION, Note)).parsed


@EACH_MODE
async def test_an_answer_is_validated_in_every_mode(cache: ResponseCache, mode: Mode) -> None:
    """In each mode the answer comes back as the schema's own type, equal to one that was never near a model."""
    model = FakeModel(lambda _: GOOD, modes=[mode])
    async with Asker(HOSTED, cache, transport=model) as asker:
        answer = await asker.ask(QUESTION, Note)
    assert answer.parsed == NOTE
    assert type(answer.parsed) is Note
    assert [mode_of(request) for request in model.requests] == [mode]
    assert answer.usage.model_dump() == {"prompt_tokens": 100, "completion_tokens": 10, "requests": 1, "cached": 0}


@EACH_MODE
async def test_a_request_bounds_the_answer_and_says_how_to_sample(cache: ResponseCache, mode: Mode) -> None:
    """Every request carries the model, a token limit, temperature 0 and a seed."""
    model = FakeModel(lambda _: GOOD, modes=[mode])
    await ask(cache, model)
    [request] = model.requests
    assert request["max_tokens"] == 200
    assert (request["model"], request["temperature"], request["seed"]) == (MODEL, 0, 0)


@EACH_MODE
async def test_an_article_is_no_template(cache: ResponseCache, mode: Mode) -> None:
    """Braces, percent signs and indentation of an article reach the model as they are."""
    article = "  {{ 7*7 }} {% raise %} {# x #}\n\n    indented\r\n"
    model = FakeModel(lambda _: GOOD, modes=[mode])
    async with Asker(HOSTED, cache, transport=model) as asker:
        await asker.ask(Question("a", "Read.", article, 50), Note)
    assert article in model.requests[0]["messages"][1]["content"]


async def test_the_fixed_part_comes_first(cache: ResponseCache) -> None:
    """The system part leads and is alike in every request, so that an endpoint can reuse its work on it."""
    model = FakeModel(lambda _: GOOD, modes=[Mode.MARKDOWN])
    async with Asker(HOSTED, cache, transport=model) as asker:
        for text in ("one", "two"):
            await asker.ask(Question(text, "Read.", text, 50), Note)
    first, second = (request["messages"] for request in model.requests)
    assert [message["role"] for message in first] == ["system", "user"]
    assert first[0] == second[0]
    assert first[0]["content"].startswith("Read.")


async def test_json_schema_is_sent_strict(cache: ResponseCache) -> None:
    """The strongest mode asks for `strict`, with every property required, no default, and objects closed."""
    model = FakeModel(lambda _: GOOD)
    await ask(cache, model)
    wanted = model.requests[0]["response_format"]["json_schema"]
    assert wanted["strict"] is True
    assert wanted["schema"]["additionalProperties"] is False
    assert set(wanted["schema"]["required"]) == {"kind", "sentences", "actor"}
    assert "default" not in str(wanted)


async def test_json_object_carries_the_schema_and_leaves_the_messages_alone(cache: ResponseCache) -> None:
    """`json_object` alone constrains nothing: the schema goes with it, and the prompt is ours to the letter."""
    model = FakeModel(lambda _: GOOD, modes=[Mode.JSON_OBJECT])
    await ask(cache, model)
    assert (schema_of(model.requests[0]) or {})["required"] == ["kind", "sentences"]
    assert [m["content"] for m in model.requests[0]["messages"]] == [QUESTION.system, QUESTION.user]


@EACH_MODE
@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ('{"kind": "treaty", "sentences": [1]}', "kind"),
        ('{"kind": "refusal", "sentences": [1], "mood": "bad"}', "mood"),
        ('{"kind": "refusal", "kind": "agreement", "sentences": [1]}', "twice"),
        ('{"kind": "refusal"}', "sentences: missing"),
    ],
)
async def test_a_misfit_is_told_to_the_model_once(cache: ResponseCache, mode: Mode, answer: str, problem: str) -> None:
    """An answer that does not fit is shown to the model again with what is wrong, and the second answer counts."""
    model = FakeModel(Script(answer, GOOD), modes=[mode])
    assert await ask(cache, model) == NOTE
    told = model.requests[1]["messages"][-2:]
    assert told[0] == {"role": "assistant", "content": told[0]["content"]}
    assert answer in told[0]["content"]
    assert problem in told[1]["content"]


async def test_a_model_that_never_fits_is_asked_twice(cache: ResponseCache) -> None:
    """One correction, then InvalidAnswer, which names the article and the field but repeats no word of the answer."""
    model = FakeModel(lambda _: {"kind": "zebra-secret", "sentences": []})
    with pytest.raises(InvalidAnswer, match=r"article a-7: .*kind: literal_error") as caught:
        await ask(cache, model)
    assert len(model.requests) == 2
    assert "zebra-secret" not in str(caught.value)


async def test_a_second_tool_call_is_not_dropped_in_silence(cache: ResponseCache) -> None:
    """Two calls are two answers, and which one counts is not ours to guess."""
    twice = completion(calls=[("Note", '{"kind": "refusal", "sentences": [1]}')] * 2, finish="tool_calls")
    model = FakeModel(Script(twice, GOOD), modes=[Mode.TOOLS])
    assert await ask(cache, model) == NOTE
    assert "once, not 2 times" in model.requests[1]["messages"][-1]["content"]


@pytest.mark.parametrize(
    "message", [completion("I will not call."), completion(calls=[("Other", '{"kind": "refusal", "sentences": []}')])]
)
async def test_only_the_function_asked_for_is_an_answer(cache: ResponseCache, message: dict[str, Any]) -> None:
    """Prose in place of a call, or a call of another function, is told to the model like any misfit."""
    model = FakeModel(Script(message, GOOD), modes=[Mode.TOOLS])
    assert await ask(cache, model) == NOTE


async def test_a_schema_must_forbid_unknown_keys(cache: ResponseCache) -> None:
    """A schema that would let extra keys through is refused before anything is asked."""

    class Loose(BaseModel):
        word: str

    model = FakeModel(lambda _: {"word": "x"})
    async with Asker(HOSTED, cache, transport=model) as asker:
        with pytest.raises(ConfigError, match="unknown keys"):
            await asker.ask(QUESTION, Loose)
    assert not model.requests


async def test_usage_counts_the_correction_and_the_replay(cache: ResponseCache) -> None:
    """A correction is a second request; on a replay both answers come from the cache and cost nothing."""
    model = FakeModel(Script('{"kind": "refusal"}', GOOD))
    async with Asker(HOSTED, cache, transport=model) as asker:
        first = await asker.ask(QUESTION, Note)
        again = await asker.ask(QUESTION, Note)
    assert first.usage.model_dump() == {"prompt_tokens": 200, "completion_tokens": 20, "requests": 2, "cached": 0}
    assert again.usage.model_dump() == {"prompt_tokens": 0, "completion_tokens": 0, "requests": 0, "cached": 2}
    assert first.parsed == again.parsed


async def test_a_meter_counts_what_failed_too(cache: ResponseCache) -> None:
    """What was spent on a question without an answer is in the meter around it."""
    model = FakeModel(lambda _: "no JSON")
    with metered() as meter, pytest.raises(InvalidAnswer):
        await ask(cache, model)
    assert meter.usage.requests == 2
    assert meter.usage.completion_tokens == 20


async def test_finding_the_mode_is_on_no_article(cache: ResponseCache) -> None:
    """The first article pays nothing for the question that finds the mode; the asker says what that took."""
    async with Asker(HOSTED, cache, transport=FakeModel(lambda _: GOOD, modes=[Mode.TOOLS])) as asker:
        with metered() as meter:
            answer = await asker.ask(QUESTION, Note)
        assert asker.probing.requests == 2
    assert answer.usage.requests == meter.usage.requests == 1


async def test_the_key_goes_to_its_host_and_nothing_of_the_environment(
    cache: ResponseCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the configured key is sent; what the environment holds for OpenAI is not for another host."""
    for name in ("OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "OPENAI_ADMIN_KEY"):
        monkeypatch.setenv(name, "env-secret")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Secret: env-secret")
    keyless, keyed = FakeModel(lambda _: GOOD), FakeModel(lambda _: GOOD)
    await ask(cache, keyless, LOCAL)
    await ask(cache, keyed, HOSTED)
    assert "authorization" not in keyless.headers[0]
    assert keyed.headers[0]["authorization"] == "Bearer k-hosted"
    assert "env-secret" not in str(keyless.headers + keyed.headers)


@EACH_MODE
@pytest.mark.parametrize(
    "answer",
    [
        refused(401, "Incorrect API key provided: k-hosted. You sent: Ruritania declined, wherever it was asked"),
        refused(422, "bad input: [1] Ruritania declined, wherever it was asked about the truce."),
        refused(503, "overloaded k-hosted: Ruritania declined, wherever it was asked about the truce."),
        "Ruritania declined, wherever it was asked about the truce.",
        completion("Ruritania declined, wherever it was asked", finish="length"),
    ],
)
async def test_no_log_and_no_error_holds_the_key_or_the_question(
    cache: ResponseCache, mode: Mode, answer: object, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither what is raised, nor what it hangs on to, nor any log line at any level repeats the key or the article."""
    caplog.set_level(logging.DEBUG)
    with pytest.raises(ReadoutsError) as caught:
        await ask(cache, FakeModel(lambda _: answer, modes=[mode]))
    error = caught.value
    assert error.__cause__ is None
    assert error.__context__ is None
    for text in (str(error), error.advice, repr(HOSTED), caplog.text):
        assert "k-hosted" not in text
        assert "wherever it was asked" not in text


async def test_offline_opens_no_socket(cache: ResponseCache, monkeypatch: pytest.MonkeyPatch) -> None:
    """Offline, what is recorded is replayed and what is not is a CacheMiss with the command that records it."""
    recorded = await ask(cache, FakeModel(lambda _: GOOD))

    def forbidden(*_: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "connect", forbidden)
    monkeypatch.setattr(socket, "getaddrinfo", forbidden)
    async with Asker(HOSTED, cache, offline=True) as asker:
        assert (await asker.ask(QUESTION, Note)).parsed == recorded
        with pytest.raises(CacheMiss, match="article b-1: no recorded response") as caught:
            await asker.ask(Question("b-1", "Read.", "Something else.", 200), Note)
    assert "readouts extract" in caught.value.advice


async def test_an_unknown_model_offline_is_a_miss(cache: ResponseCache) -> None:
    """With nothing recorded for a model, the miss says so, endpoint or none."""
    for endpoint in (HOSTED, Endpoint(MODEL)):
        async with Asker(endpoint, cache, offline=True) as asker:
            with pytest.raises(CacheMiss, match=f"article a-7: .*{MODEL}"):
                await asker.ask(QUESTION, Note)


async def test_a_recording_replays_with_no_endpoint(cache: ResponseCache) -> None:
    """Without a base URL the only endpoint that was recorded for the model answers."""
    await ask(cache, FakeModel(lambda _: GOOD))
    assert await ask(cache, FakeModel(lambda _: GOOD), Endpoint(MODEL), offline=True) == NOTE


async def test_a_local_and_a_hosted_model_of_one_name_are_two(cache: ResponseCache) -> None:
    """Each replays its own answer, and with no endpoint given both are named."""
    other = GOOD | {"actor": "Ruritania"}
    await ask(cache, FakeModel(lambda _: GOOD), HOSTED)
    assert (await ask(cache, FakeModel(lambda _: other), LOCAL)).actor == "Ruritania"
    assert await ask(cache, FakeModel(lambda _: other), HOSTED) == NOTE
    with pytest.raises(ConfigError, match=r"loopback/v1 and models\.example/v1"):
        await ask(cache, FakeModel(lambda _: GOOD), Endpoint(MODEL), offline=True)


async def test_without_an_endpoint_only_a_recording_can_answer(cache: ResponseCache) -> None:
    """Online with no base URL there is nobody to ask."""
    with pytest.raises(ConfigError, match="no endpoint"):
        await ask(cache, FakeModel(lambda _: GOOD), Endpoint(MODEL))


@pytest.mark.parametrize(
    ("base_url", "who"),
    [
        ("http://127.0.0.1:8391/v1", "loopback/v1"),
        ("http://LOCALHOST:9/v1/", "loopback/v1"),
        ("http://[::1]:5000/v1", "loopback/v1"),
        ("https://API.Example:443/v1/", "api.example/v1"),
        ("http://api.example/v1", "api.example/v1"),
        ("https://api.example:8443", "api.example:8443"),
        ("http://192.168.1.4:8000/v1", "192.168.1.4:8000/v1"),
    ],
)
def test_an_identity_is_the_host_and_the_path(base_url: str, who: str) -> None:
    """Spelling, default ports and, on this machine, any port make no other endpoint."""
    assert identity(Endpoint(MODEL, base_url)) == who


@pytest.mark.parametrize(
    "base_url",
    ["models.example", "ftp://x/v1", "https://u:p@x/v1", "https://x/v1?key=1", "http://[::1", "https://x:99999/"],
)
def test_a_base_url_without_host_or_with_credentials_is_refused(base_url: str) -> None:
    """What is no address, or would carry a key into keys and logs, is a ConfigError that does not repeat it."""
    with pytest.raises(ConfigError) as caught:
        identity(Endpoint(MODEL, base_url))
    assert base_url not in str(caught.value)


async def test_a_key_that_no_header_carries_is_refused_unseen(cache: ResponseCache) -> None:
    """A key with a line break or a typographic quote is a ConfigError that does not show it."""
    for key in ("k-secret\n", "k-secret\u2019"):
        with pytest.raises(ConfigError) as caught:
            Asker(Endpoint(MODEL, "https://x.example/v1", api_key=key), cache)
        assert "k-secret" not in str(caught.value)


async def test_surrogates_in_a_question_do_not_break_it(cache: ResponseCache) -> None:
    """Half a surrogate pair, in the text or in an answer that is shown again, is replaced and not a crash."""
    half = {"kind": "refusal", "sentences": [1], "actor": "\ud800"}
    model = FakeModel(Script(half, GOOD))
    async with Asker(HOSTED, cache, transport=model) as asker:
        assert (await asker.ask(Question("a", "Read.", "x\udfff", 50), Note)).parsed == NOTE


async def test_an_endpoint_that_is_down_is_said(cache: ResponseCache) -> None:
    """No connection is EndpointDown, with the host and a command to try."""
    with pytest.raises(EndpointDown, match=r"article a-7: no response from models\.example") as caught:
        await ask(cache, FakeModel(lambda _: httpx2.ConnectError("refused")))
    assert "doctor" in caught.value.advice
    assert type(caught.value) is EndpointDown


@pytest.mark.parametrize("text", ["{" * 3000, '{"a":' * 2000, "[" * 100_000, "```json\n```", "null", "[]", "7"])
@EACH_MODE
async def test_hostile_json_is_an_answer_error(cache: ResponseCache, mode: Mode, text: str) -> None:
    """Nesting without end and values of another shape end in an AnswerError, never in a crash."""
    with pytest.raises(AnswerError):
        await ask(cache, FakeModel(lambda request: in_mode(request, text), modes=[mode]))
