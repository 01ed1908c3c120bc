"""A response that is no answer in, the error it means out, with neither key nor question in its words.

Providers repeat what they were sent: keys in a 401, the whole input in a 422. So of their text only a short message is
kept, and none of it where it repeats the question.
"""

import email.utils
import json
import re
import time
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from extract.asking.completion import SPLIT
from extract.errors import (
    AccessDenied,
    BadRequest,
    ContentFiltered,
    EndpointDown,
    EndpointError,
    LengthStop,
    NoSuchModel,
    ReadoutsError,
)

PASSING = {408, 409, 425, 429, 500, 502, 503, 504, 529}
LONGEST = 200  # characters of a provider's message
REPEATED = 24  # characters in common with the question that make a message a repetition
LOOKS_LIKE_KEY = re.compile(r"(?i)\b(?:bearer\s+\S+|(?:sk|pk|key|gsk|hf|xai|api)[-_][\w*.-]{6,}|AIza[\w-]{10,})")
NO_CREDIT = {"insufficient_quota", "billing_hard_limit_reached", "billing_not_active"}
TOO_LONG = {"context_length_exceeded", "string_above_max_length"}


class Fault(EndpointDown):
    """A fault that may pass. `retry_after` is what the endpoint asked to wait, in seconds."""

    def __init__(self, message: str, *, status: int | None = None, retry_after: float | None = None) -> None:
        super().__init__(
            message, "check that the endpoint is running and reachable: `readouts doctor -m MODEL --base-url URL`"
        )
        self.status = status
        self.retry_after = retry_after


@dataclass(frozen=True)
class Secrets:
    """What no error may repeat: the key, and the question as sent."""

    key: str | None
    question: str


def fault_of(status: int, retry_after: str | None, body: bytes, secrets: Secrets) -> ReadoutsError:
    """The error that a response with a status other than 200 means."""
    code, message = _said(body)
    if status in (400, 413) and "maximum context length" in message:
        code = "context_length_exceeded"
    said = f"status {status} {_phrase(status)}".rstrip() + (f": {scrub(message, secrets)}" if message else "")
    if status in PASSING and code not in NO_CREDIT:
        return Fault(f"the endpoint gave {said}", status=status, retry_after=_seconds(retry_after))
    return _by_code(code, said) or _by_status(status, said)


def _by_code(code: str, said: str) -> ReadoutsError | None:
    if code in NO_CREDIT:
        return AccessDenied(f"the account has no credit, {said}", "check the plan and billing of the account")
    if code in TOO_LONG:
        return LengthStop(f"the question does not fit the model's context, {said}", SPLIT)
    if code == "content_filter":
        return ContentFiltered("the provider's filter stopped the question", "try another provider")
    return None


def _by_status(status: int, said: str) -> ReadoutsError:
    if status in (401, 403):
        return AccessDenied(f"access denied, {said}", "check OPENAI_API_KEY, or the key of the profile in use")
    if status == HTTPStatus.NOT_FOUND:
        return NoSuchModel(
            f"no such model or address, {said}", "check -m and that --base-url ends as the provider says"
        )
    if 300 <= status < 400:
        return EndpointError(f"the endpoint redirects, {said}", "redirects are not followed: give the final --base-url")
    if 400 <= status < 500:
        return BadRequest(f"the endpoint refused the request, {said}", "see what it honours: `readouts doctor`")
    if status >= 500:
        return Fault(f"the endpoint gave {said}", status=status)
    return EndpointError(f"the endpoint gave {said}", "check that --base-url names a chat completions API")


def scrub(text: str, secrets: Secrets) -> str:
    """`text` without keys or control characters, shortened; a remark in its place where it repeats the question."""
    if secrets.key:
        text = text.replace(secrets.key, "[key]")
    text = LOOKS_LIKE_KEY.sub("[key]", text)
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())[:LONGEST]
    question = " ".join(secrets.question.split())
    starts = range(max(0, len(text) - REPEATED + 1))
    if any(text[start : start + REPEATED] in question for start in starts):
        return "[a message that repeats the question]"
    return text


def _said(body: bytes) -> tuple[str, str]:
    """Code and message of an error body, in the shapes that compatible servers use; empty where there is none."""
    try:
        value: Any = json.loads(body)
    except (ValueError, RecursionError):
        return "", ""
    if isinstance(value, dict):
        value = value.get("error", value)
    if isinstance(value, str):
        return "", value
    if not isinstance(value, dict):
        return "", ""
    code, message = value.get("code") or value.get("type"), value.get("message") or value.get("detail") or ""
    return code if isinstance(code, str) else "", message if isinstance(message, str) else json.dumps(message)


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _seconds(retry_after: str | None) -> float | None:
    """Seconds to wait from a Retry-After header, in either of the forms of RFC 9110 section 10.2.3."""
    if retry_after is None:
        return None
    if re.fullmatch(r"\s*\d+(?:\.\d+)?\s*", retry_after):
        return float(retry_after)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(retry_after).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return None
