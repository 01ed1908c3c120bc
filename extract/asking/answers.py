"""The body of a response and the form of its answer in, the answer out: how recorded answers are read.

A body is read the same way whether it has just come or lay in the cache for a year. So a replay needs no client, and
none of the libraries that ask but for JSON in Markdown.
"""

from typing import TypeVar

from pydantic import BaseModel, ValidationError

from extract.asking.completion import Malformed, answer_text, one_object, read_completion
from extract.asking.endpoint import Mode
from extract.asking.forms import Form

T = TypeVar("T", bound=BaseModel)
PROBLEMS = 10  # told to the model at most


def read_answer(body: bytes, form: Form[T], mode: Mode, max_tokens: int) -> T:
    """The answer that a body holds, in the way that `mode` puts it there.

    Raises what `examined` raises, and Malformed where the answer does not fit the form.
    """
    text = examined(body, form.name, mode, max_tokens)
    answer = form.read(text)
    if answer is not None:
        return answer
    try:
        return form.model().model_validate_json(text)
    except ValidationError as error:
        raise Malformed(problems(error), text) from None


def examined(body: bytes, name: str, mode: Mode, max_tokens: int) -> str:
    """The JSON text of the answer, checked to be one value without duplicate keys.

    Raises the error that the response is: EndpointError, AnswerError and Malformed in their kinds.
    """
    completion = read_completion(body)
    text = answer_text(completion, name if mode is Mode.TOOLS else None, max_tokens)
    if mode is Mode.MARKDOWN:
        text = _from_markdown(text)
    one_object(text, completion, max_tokens)
    return text


def problems(error: ValidationError) -> str:
    """What is wrong, for the model and for people. Not in pydantic's words: those change from version to version, and
    what is told to the model is part of the key that finds the next answer."""  # noqa: D205, D209
    told = []
    for problem in error.errors(include_url=False, include_input=False)[:PROBLEMS]:
        path = ".".join(str(step) for step in problem["loc"]) or "the answer"
        limits = ", ".join(f"{name} {value}" for name, value in sorted(problem.get("ctx", {}).items()))
        told.append(f"{path}: {problem['type']}" + (f" ({limits})" if limits else ""))
    return "; ".join(told)


def _from_markdown(text: str) -> str:
    from instructor.utils import extract_json_from_codeblock  # noqa: PLC0415 - slow to import, and for one mode only

    try:
        return extract_json_from_codeblock(text)
    except ValueError:
        raise Malformed("it holds no JSON that can be found", text) from None
