"""What a peer is asked, and the form of its answer: instructions, a worked example, and a fact as a peer states it."""

import tomllib
from functools import lru_cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict, Field

from prompts.loader import kinds
from schemas import Kind


class PeerFact(BaseModel):
    """One fact in a peer's own words. `words` claims to be copied from the article; nothing has checked it yet."""

    model_config = ConfigDict(extra="forbid")

    kind: Kind
    words: str
    actors: list[str]
    about: str
    source: str
    value: str


class PeerFacts(BaseModel):
    """The facts of one article: what a schema-validating client is told to return."""

    model_config = ConfigDict(extra="forbid")

    facts: list[PeerFact] = Field(max_length=40)


class Task(BaseModel):
    """The instructions that all peers get, and a text with the facts that they are to find in it."""

    instructions: str
    text: str
    facts: list[PeerFact]


@lru_cache(maxsize=1)
def task() -> Task:
    """The task of `task.toml`, with every kind and its definition filled in."""
    raw = tomllib.loads(files("evals.peers").joinpath("task.toml").read_text(encoding="utf-8"))
    defined = "\n".join(f"- {name}: {meaning}" for name, meaning in kinds().items())
    return Task.model_validate(raw | {"instructions": raw["instructions"].replace("{kinds}", defined).strip()})
