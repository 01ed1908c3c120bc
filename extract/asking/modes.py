"""A schema and messages in, one validated answer out, in each of the ways that endpoints can be held to a schema.

instructor shapes the request and validates the answer. Around it stands what it leaves out: `strict`, the schema of
`json_object`, and a refusal of duplicate keys, further tool calls and cut answers. It never gets a `context`, which
would make a template of the article.
"""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import instructor
import openai
from instructor.core.exceptions import InstructorRetryException
from pydantic import BaseModel, ValidationError

from extract.asking.answers import examined, problems
from extract.asking.completion import Malformed
from extract.asking.endpoint import Dialect, Endpoint, Mode
from extract.asking.kept import Keep
from extract.errors import EndpointError, ReadoutsError

T = TypeVar("T", bound=BaseModel)
Messages = list[dict[str, str]]

# Its JSON_SCHEMA leaves the messages alone, so it carries `json_object` too; its own JSON mode writes into them.
OF_INSTRUCTOR = {
    Mode.JSON_SCHEMA: instructor.Mode.JSON_SCHEMA,
    Mode.TOOLS: instructor.Mode.TOOLS,
    Mode.JSON_OBJECT: instructor.Mode.JSON_SCHEMA,
    Mode.MARKDOWN: instructor.Mode.MD_JSON,
}

# Both log what they were sent or what came back, instructor at ERROR; what is wrong reaches the caller as an exception.
for _name in ("openai", "instructor"):
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)


@dataclass(frozen=True)
class Line:
    """A way to an endpoint: the client that leads there, and the dialect to speak."""

    client: openai.AsyncOpenAI
    endpoint: Endpoint
    dialect: Dialect


async def ask_once(line: Line, schema: type[T], messages: Messages, max_tokens: int, keep: Keep | None = None) -> T:
    """One request, one answer that fits `schema`; `keep` gets the body before anybody parses it.

    Raises Malformed where the answer does not fit, and what the transport and `keep` raise.
    """
    heard: list[str] = []
    create = _create(line, schema, keep, heard)
    failed: ReadoutsError
    try:
        parsed = await create(
            response_model=schema, messages=messages, max_retries=0, strict=None, max_tokens=max_tokens
        )
    except (InstructorRetryException, openai.OpenAIError) as error:
        failed = _cause(error, heard)
    else:
        return _plain(schema, parsed)
    raise failed


def _create(
    line: Line, schema: type[BaseModel], keep: Keep | None, heard: list[str]
) -> Callable[..., Awaitable[BaseModel]]:
    """What instructor makes of a `create` that completes the request in this dialect and examines the response.

    The JSON text of the answer is put into `heard`: what a replay shows the model again has to be the very same.
    """
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
        if keep is not None:
            await keep(response.content)
        heard.append(examined(response.content, schema.__name__, dialect.mode, max_tokens))
        return response.parse()

    patched = instructor.patch(create=cast("Any", create), mode=OF_INSTRUCTOR[dialect.mode])
    return cast("Callable[..., Awaitable[BaseModel]]", patched)


def _completed(request: dict[str, Any], mode: Mode, schema: type[BaseModel]) -> dict[str, Any]:
    """The request of instructor with what its mode lacks."""
    if mode is Mode.JSON_OBJECT:
        json_schema = request["response_format"]["json_schema"]["schema"]
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


def _cause(error: Exception, heard: Sequence[str]) -> ReadoutsError:
    """Our error inside theirs, which carry the request; the validation error as Malformed."""
    inner: BaseException | None = error
    while inner is not None:
        if isinstance(inner, ReadoutsError):
            return inner
        if isinstance(inner, ValidationError):
            return Malformed(problems(inner), heard[-1] if heard else "")
        inner = inner.__cause__
    return EndpointError(f"the response could not be read: {type(error).__name__}", "try `readouts doctor`")
