"""The name of a strategy in; its newest prompt out, checked, with a digest.

A prompt is a file `<id>.v<version>.md`: TOML front matter between two lines of +++, then the fixed text. A released
file is never edited; a better prompt is a new version. `{kinds}` and `{examples}` are filled here, when the file is
read. No article text ever meets a template: it is put behind the fixed part by `numbered`, between marks that hold a
digest of the text itself, which no text can contain.
"""

import hashlib
import json
import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

from schemas import Kind, Schema
from schemas.answer import Answer, AnswerFact, answer_schema

_NAME = re.compile(r"(?P<id>[a-z]+)\.v(?P<version>\d+)\.md")


class Example(Schema):
    """A worked example: invented sentences, who says each, the names offered and the answer."""

    sentences: tuple[str, ...]
    says: tuple[str, ...]
    names: tuple[str, ...]
    facts: tuple[AnswerFact, ...]


class Prompt(Schema):
    """One version of one prompt. `system` is the fixed part of every request; `digest` changes with any word of it."""

    id: str
    version: int
    strategy: str
    system: str
    digest: str


class PromptError(ValueError):
    """A prompt file is not what the loader can vouch for; the message names the file."""


def numbered(sentences: Sequence[tuple[int, str, str]], names: Sequence[str]) -> str:
    """The varying part of a request: names offered, then `(number, who says it, sentence)` a line, between marks.

    The mark holds a digest of what stands between, so that no article can write a closing mark of its own.
    """
    lines = [f"Names: {'; '.join(_one_line(name) for name in names)}"]
    for n, says, words in sentences:
        speaker = _one_line(says)
        lines.append(f"[{n}]{f' ({speaker} says)' if speaker else ''} {_one_line(words)}")
    body = "\n".join(lines)
    mark = hashlib.sha256(body.encode("utf-8", "replace")).hexdigest()[:12]
    return f"<article {mark}>\n{body}\n</article {mark}>"


def _one_line(words: str) -> str:
    return " ".join(words.split())


@lru_cache(maxsize=1)
def kinds() -> dict[str, str]:
    """Kind -> what the model is told it means."""
    table = tomllib.loads(files("prompts").joinpath("kinds.toml").read_text(encoding="utf-8"))
    if set(table) != set(Kind):
        raise PromptError(f"kinds.toml: {sorted(set(table) ^ set(Kind))} stand only here or only in the schema")
    return table


@lru_cache(maxsize=8)
def load(strategy: str) -> Prompt:
    """The newest prompt of a strategy.

    Raises:
        PromptError: there is none, or its front matter or an example does not hold.

    """
    versions = {}
    for file in files("prompts").iterdir():
        match = _NAME.fullmatch(file.name)
        if match and match["id"] == strategy:
            versions[int(match["version"])] = file
    if not versions:
        raise PromptError(f"no prompt for the strategy {strategy}")
    newest = versions[max(versions)]
    return parse(newest.read_text(encoding="utf-8"), newest.name)


def parse(source: str, name: str) -> Prompt:
    """The prompt that a file's text states. Raises PromptError."""
    try:
        _, front, body = source.split("+++\n", 2)
        matter = tomllib.loads(front)
        examples = [Example.model_validate(example) for example in matter.get("examples", ())]
        head = Prompt(id=matter["id"], version=matter["version"], strategy=matter["strategy"], system="", digest="")
    except (ValueError, KeyError) as error:
        raise PromptError(f"{name}: {error}") from error
    if name != f"{head.id}.v{head.version}.md" or matter.get("schema") != Answer.__name__:
        raise PromptError(f"{name}: its front matter names another file or schema")
    for example in examples:
        _verify(example, name)
    told = "\n".join(f"- {kind}: {meaning}" for kind, meaning in kinds().items())
    shown = "\n\n".join(_shown(example) for example in examples)
    system = body.strip().replace("{kinds}", told).replace("{examples}", shown)
    digest = hashlib.sha256(system.encode()).hexdigest()[:16]
    return head.model_copy(update={"system": system, "digest": digest})


def _verify(example: Example, name: str) -> None:
    """Every fact of an example stands where it says it stands, in the words of its sentence."""
    if not len(example.sentences) == len(example.says):
        raise PromptError(f"{name}: an example has not one speaker a sentence")
    numbers = tuple(range(1, len(example.sentences) + 1))
    schema = answer_schema(numbers, example.names, len(example.facts))
    try:
        schema.model_validate({"facts": [fact.model_dump() for fact in example.facts]})
    except ValueError as error:
        raise PromptError(f"{name}: {error}") from error
    for fact in example.facts:
        if fact.about not in example.sentences[fact.sentence - 1]:
            raise PromptError(f"{name}: “{fact.about}” does not stand in sentence {fact.sentence} of its example")


def _shown(example: Example) -> str:
    rows = [(n, says, words) for n, (says, words) in enumerate(zip(example.says, example.sentences, strict=True), 1)]
    answer = {"facts": [fact.model_dump(mode="json") for fact in example.facts]}
    return f"Example:\n{numbered(rows, example.names)}\nAnswer: {json.dumps(answer, ensure_ascii=False)}"
