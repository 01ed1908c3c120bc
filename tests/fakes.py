"""Endpoints made of a function: what tests put in place of the network, below openai, instructor and the cache."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import httpx2

from extract.asking.endpoint import Endpoint, Mode

MODEL = "fake-model"
HOSTED = Endpoint(MODEL, "https://models.example/v1", api_key="k-hosted", longest_wait=0.0)
LOCAL = Endpoint(MODEL, "http://127.0.0.1:8080/v1", longest_wait=0.0)

Request = dict[str, Any]
Reply = httpx2.Response | Exception
SKY = {"hue": "azure", "certain": True}  # what the question that finds the mode asks for


def completion(
    content: str | None = None,
    *,
    calls: Iterable[tuple[str, str]] = (),
    finish: str = "stop",
    usage: Mapping[str, int] | None = None,
    **message: Any,
) -> Request:
    """A chat completion as a JSON value. `calls` are (name, arguments); `usage` {} leaves it out."""
    called = [
        {"id": f"call_{n}", "type": "function", "function": {"name": name, "arguments": arguments}}
        for n, (name, arguments) in enumerate(calls)
    ]
    tokens = {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110} if usage is None else usage
    said = {"role": "assistant", "content": content, **message} | ({"tool_calls": called} if called else {})
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": MODEL,
        "choices": [{"index": 0, "finish_reason": finish, "message": said}],
    } | ({"usage": dict(tokens)} if tokens else {})


def reply(value: object, status: int = 200, **headers: str) -> httpx2.Response:
    """A response with a JSON body."""
    return httpx2.Response(status, json=value, headers=headers)


def refused(status: int, message: str = "no", code: str | None = None, **headers: str) -> httpx2.Response:
    """An error in the shape that OpenAI gives it."""
    return reply({"error": {"message": message, "type": "error", "code": code}}, status, **headers)


def mode_of(request: Request) -> Mode:
    """The mode that a request asks for."""
    if "tools" in request:
        return Mode.TOOLS
    wanted = request.get("response_format", {}).get("type")
    return {"json_schema": Mode.JSON_SCHEMA, "json_object": Mode.JSON_OBJECT}.get(wanted, Mode.MARKDOWN)


def schema_of(request: Request) -> Request | None:
    """The JSON Schema that a request sends apart from its messages."""
    mode = mode_of(request)
    if mode is Mode.TOOLS:
        parameters: Request = request["tools"][0]["function"]["parameters"]
        return parameters
    wanted = request.get("response_format", {})
    found: Request | None = wanted.get("json_schema", wanted).get("schema")
    return found


def in_mode(request: Request, answer: str, **rest: Any) -> Request:
    """The completion that gives `answer`, a JSON text, in the mode that the request asks for."""
    mode = mode_of(request)
    if mode is Mode.TOOLS:
        return completion(calls=[(request["tools"][0]["function"]["name"], answer)], finish="tool_calls", **rest)
    return completion(f"Sure:\n```json\n{answer}\n```" if mode is Mode.MARKDOWN else answer, **rest)


class FakeModel(httpx2.MockTransport):
    """An endpoint that honours `modes` and answers with `answer(request)`: a JSON text, a value, a response, an error.

    It finds nothing odd about the question that finds the mode. `requests` and `headers` hold what it was sent, but for
    that question; `probes` counts those.
    """

    def __init__(self, answer: Callable[[Request], object], modes: Iterable[Mode] = tuple(Mode)) -> None:
        super().__init__(self._reply)
        self.requests: list[Request] = []
        self.headers: list[dict[str, str]] = []
        self.probes: list[Request] = []
        self._answer = answer
        self._modes = set(modes)

    def _reply(self, request: httpx2.Request) -> httpx2.Response:
        asked: Request = json.loads(request.content)
        probe = "colour is the sky" in json.dumps(asked["messages"])
        (self.probes if probe else self.requests).append(asked)
        if not probe:
            self.headers.append(dict(request.headers))
        if mode_of(asked) not in self._modes:
            return refused(400, f"{mode_of(asked)} is not supported")
        return self._response(asked, SKY if probe else self._answer(asked))

    def _response(self, asked: Request, answer: object) -> httpx2.Response:
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, httpx2.Response):
            return answer
        if isinstance(answer, dict) and "choices" in answer:
            return reply(answer)
        return reply(in_mode(asked, answer if isinstance(answer, str) else json.dumps(answer)))


class Script:
    """Answers one after the other; the last one again and again."""

    def __init__(self, *answers: object) -> None:
        self._answers = list(answers)

    def __call__(self, request: Request) -> object:
        """The next answer, which may be a function of the request."""
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        return answer(request) if callable(answer) else answer
