"""A schema and messages in, one validated answer out, in each of the ways that endpoints can be held to a schema.

instructor shapes the request and validates the answer. Around it stands what it leaves out: `strict`, the schema of
`json_object`, and a refusal of duplicate keys, further tool calls and cut answers. It never gets a `context`, which
would make a template of the article.
"""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import instructor
import openai
from instructor.core.exceptions import InstructorRetryException
from instructor.utils import extract_json_from_codeblock
from pydantic import BaseModel, ValidationError

from extract.asking.completion import Malformed, answer_text, one_object, read_completion
from extract.asking.endpoint import Dialect, Endpoint, Mode
from extract.errors import ConfigError, EndpointError, ReadoutsError

T = TypeVar("T", bound=BaseModel)
Messages = list[dict[str, str]]

# Its JSON_SCHEMA leaves the messages alone, so it carries `json_object` too; its own JSON mode writes into them.
OF_INSTRUCTOR = {
    Mode.JSON_SCHEMA: instructor.Mode.JSON_SCHEMA,
    Mode.TOOLS: instructor.Mode.TOOLS,
    Mode.JSON_OBJECT: instructor.Mode.JSON_SCHEMA,
    Mode.MARKDOWN: instructor.Mode.MD_JSON,
}
PROBLEMS = 10  # told to the model at most

# Both log what they were sent or what came back, instructor at ERROR; what is wrong reaches the caller as an exception.
for _name in ("openai", "instructor"):
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)


@dataclass(frozen=True)
class Line:
    """A way to an endpoint: the client that leads there, and the dialect to speak."""

    client: openai.AsyncOpenAI
    endpoint: Endpoint
    dialect: Dialect


async def ask_once(line: Line, schema: type[T], messages: Messages, max_tokens: int) -> T:
    """One request, one answer that fits `schema`. Raises Malformed where it does not, and what the transport raises."""
    create = _create(line, schema)
    failed: ReadoutsError
    try:
        parsed = await create(
            response_model=schema, messages=messages, max_retries=0, strict=None, max_tokens=max_tokens
        )
    except (InstructorRetryException, openai.OpenAIError) as error:
        failed = _cause(error)
    else:
        return _plain(schema, parsed)
    raise failed


def _create(line: Line, schema: type[BaseModel]) -> Callable[..., Awaitable[BaseModel]]:
    """What instructor makes of a `create` that completes the request in this dialect and examines the response."""
    dialect = line.dialect

    async def create(*, max_tokens: int, **request: Any) -> Any:  # noqa: ANN401
        request = _completed(request, dialect.mode, schema)
        request |= {"model": line.endpoint.model, dialect.limit: max_tokens}
        if dialect.sampling:
            request |= {"temperature": line.endpoint.temperature, "seed": line.endpoint.seed}
        # As `extra_body` the messages go out as they are; openai would walk through all of them in search of files.
        response = await line.client.chat.completions.with_raw_response.create(
            model=line.endpoint.model, messages=[], extra_body=request
        )
        _examine(response.content, dialect.mode, schema, max_tokens)
        return response.parse()

    patched = instructor.patch(create=cast("Any", create), mode=OF_INSTRUCTOR[dialect.mode])
    return cast("Callable[..., Awaitable[BaseModel]]", patched)


def _examine(body: bytes, mode: Mode, schema: type[BaseModel], max_tokens: int) -> None:
    """Raise the error that this response is, unless its answer is one JSON value that can be validated."""
    completion = read_completion(body)
    text = answer_text(completion, schema.__name__ if mode is Mode.TOOLS else None, max_tokens)
    if mode is Mode.MARKDOWN:
        try:
            text = extract_json_from_codeblock(text)
        except ValueError:
            raise Malformed("it holds no JSON that can be found", text) from None
    one_object(text, completion, max_tokens)


def _completed(request: dict[str, Any], mode: Mode, schema: type[BaseModel]) -> dict[str, Any]:
    """The request of instructor with what its mode lacks. Raises ConfigError where unknown keys would pass."""
    if mode is Mode.TOOLS:
        json_schema = request["tools"][0]["function"]["parameters"]
    elif mode is Mode.MARKDOWN:
        json_schema = schema.model_json_schema()
    else:
        json_schema = request["response_format"]["json_schema"]["schema"]
    for part in (json_schema, *json_schema.get("$defs", {}).values()):
        if "properties" in part and part.get("additionalProperties") is not False:
            raise ConfigError(f"the schema {schema.__name__} accepts unknown keys in an answer", "set extra='forbid'")
    if mode is Mode.JSON_OBJECT:
        return request | {"response_format": {"type": "json_object", "schema": json_schema}}
    if mode is Mode.JSON_SCHEMA:
        strict = {"name": schema.__name__, "strict": True, "schema": _strict(schema)}
        return request | {"response_format": {"type": "json_schema", "json_schema": strict}}
    return request


def _strict(schema: type[BaseModel]) -> dict[str, Any]:
    """The JSON Schema as strict mode wants it: every object closed, every property required, no defaults."""
    parameters = openai.pydantic_function_tool(schema)["function"]["parameters"]
    return cast("dict[str, Any]", _without_defaults(parameters))


def _without_defaults(node: Any) -> Any:  # noqa: ANN401
    if isinstance(node, list):
        return [_without_defaults(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {key: value for key, value in node.items() if key != "default" or isinstance(value, dict)}
    return {key: _without_defaults(value) for key, value in kept.items()}


def _plain(schema: type[T], parsed: BaseModel) -> T:
    """The answer as `schema` itself, without the response that instructor hangs on to it."""
    values = {name: getattr(parsed, name) for name in schema.model_fields}
    return schema.model_construct(parsed.model_fields_set, **values)


def _cause(error: Exception) -> ReadoutsError:
    """Our error inside theirs, which carry the request; the validation error as Malformed."""
    inner: BaseException | None = error
    while inner is not None:
        if isinstance(inner, ReadoutsError):
            return inner
        if isinstance(inner, ValidationError):
            return Malformed(_problems(inner), _last_text(error))
        inner = inner.__cause__
    return EndpointError(f"the response could not be read: {type(error).__name__}", "try `readouts doctor`")


def _problems(error: ValidationError) -> str:
    """What is wrong, for the model and for people. Not in pydantic's words: those change from version to version, and
    what is told to the model is part of the key that finds the next answer."""  # noqa: D205, D209
    told = []
    for problem in error.errors(include_url=False, include_input=False)[:PROBLEMS]:
        path = ".".join(str(step) for step in problem["loc"]) or "the answer"
        limits = ", ".join(f"{name} {value}" for name, value in sorted(problem.get("ctx", {}).items()))
        told.append(f"{path}: {problem['type']}" + (f" ({limits})" if limits else ""))
    return "; ".join(told)


def _last_text(error: Exception) -> str:
    """The answer that did not fit, to show it to the model again."""
    completion = error.last_completion if isinstance(error, InstructorRetryException) else None
    if completion is None:
        return ""
    message = completion.choices[0].message
    return message.tool_calls[0].function.arguments if message.tool_calls else message.content or ""
