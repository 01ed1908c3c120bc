"""The body of a response in, a checked chat completion and the one JSON text of its answer out, or a typed error.

Only what readouts reads is named here. Endpoints differ in the rest, and an error body with status 200, an empty list
of choices or bytes that are no UTF-8 end here, before any library indexes into them.
"""

import json

import jiter
from pydantic import BaseModel, ValidationError

from extract.errors import ContentFiltered, EmptyAnswer, EndpointError, InvalidAnswer, LengthStop, Refusal
from schemas import Usage

SPLIT = "ask about less text at a time, or allow a longer answer"


class Function(BaseModel):
    """A called function: its arguments are JSON text."""

    name: str
    arguments: str


class ToolCall(BaseModel):
    """One tool call."""

    function: Function


class Message(BaseModel):
    """What the model said."""

    content: str | None = None
    refusal: str | None = None
    tool_calls: tuple[ToolCall, ...] | None = None


class Choice(BaseModel):
    """The message, and why it ended."""

    message: Message
    finish_reason: str | None = None


class Tokens(BaseModel):
    """Token counts as the endpoint gives them; None where it gives none."""

    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class Completion(BaseModel):
    """A chat completion, cut to what is read of it."""

    choices: tuple[Choice, ...]
    usage: Tokens | None = None

    def spent(self) -> Usage:
        """The tokens of this response."""
        tokens = self.usage or Tokens()
        return Usage(prompt_tokens=tokens.prompt_tokens or 0, completion_tokens=tokens.completion_tokens or 0)


class Malformed(InvalidAnswer):
    """An answer that is not what the schema asks for; `text` is the answer, `problems` what to tell the model."""

    def __init__(self, problems: str, text: str = "") -> None:
        super().__init__(f"the answer does not fit its schema: {problems}", "try a larger model, or another mode")
        self.problems = problems
        self.text = text


def read_completion(body: bytes) -> Completion:
    """The completion that a body with status 200 holds.

    Raises EndpointError for anything else (an error body, no JSON, no UTF-8) and EmptyAnswer for one that says nothing:
    neither is an answer that may be kept.
    """
    try:
        completion = Completion.model_validate_json(body)
    except ValidationError:
        raise EndpointError(
            f"the endpoint sent status 200 and {_kind(body)}", "check that --base-url names a chat completions API"
        ) from None
    if not completion.choices:
        raise EmptyAnswer("the endpoint sent no choices", "try again, or try another model")
    choice = completion.choices[0]
    message = choice.message
    if not (message.content or message.refusal or message.tool_calls or choice.finish_reason in _STOPPED):
        raise EmptyAnswer("the endpoint sent a choice without content", "try again, or try another model")
    return completion


def answer_text(completion: Completion, tool: str | None, max_tokens: int) -> str:
    """The text that holds the answer: the arguments of the one call of `tool`, or the content.

    Raises Refusal, ContentFiltered, LengthStop, EmptyAnswer or Malformed.
    """
    choice = completion.choices[0]
    message = choice.message
    if message.refusal:
        raise Refusal("the model declined to answer", "try another model")
    if choice.finish_reason == "content_filter":
        raise ContentFiltered("the provider's filter stopped the answer", "try another provider")
    if choice.finish_reason == "length":
        raise LengthStop(f"the answer was cut at {max_tokens} tokens", SPLIT)
    text = (message.content or "") if tool is None else _arguments(message, tool)
    if not text.strip():
        raise EmptyAnswer("the model answered nothing", "try another model")
    return text


def one_object(text: str, completion: Completion, max_tokens: int) -> None:
    """Check that `text` is one JSON value without duplicate keys, as neither pydantic nor instructor does.

    Raises LengthStop for JSON that was cut (a truncated tool call reports the finish reason `tool_calls`), else
    Malformed.
    """
    try:
        jiter.from_json(text.encode(), catch_duplicate_keys=True)
    except UnicodeEncodeError:
        raise Malformed("the JSON holds half of a surrogate pair", text) from None
    except ValueError as error:
        if _was_cut(completion, max_tokens, str(error)):
            raise LengthStop(f"the answer was cut at {max_tokens} tokens", SPLIT) from None
        duplicate = "duplicate key" in str(error)
        raise Malformed("a key stands twice in one object" if duplicate else "it is not JSON", text) from None


def _arguments(message: Message, tool: str) -> str:
    calls = message.tool_calls or ()
    if not calls:
        raise Malformed(f"the function {tool} was not called", message.content or "")
    if len(calls) > 1:
        raise Malformed(f"the function must be called once, not {len(calls)} times", calls[0].function.arguments)
    if calls[0].function.name != tool:
        raise Malformed(f"only the function {tool} may be called", calls[0].function.arguments)
    return calls[0].function.arguments


def _was_cut(completion: Completion, max_tokens: int, error: str) -> bool:
    written = completion.usage.completion_tokens if completion.usage else None
    return error.startswith("EOF") if written is None else written >= max_tokens


def _kind(body: bytes) -> str:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return "no JSON in UTF-8"
    if isinstance(value, dict) and "error" in value:
        return "an error"
    return "no chat completion"


_STOPPED = ("length", "content_filter")
