"""What a model is asked to answer: small on purpose. Sentence numbers instead of copied text, no offsets."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from schemas.vocabulary import Kind

NOBODY = "nobody"


class AnswerFact(BaseModel):
    """One act as a model reports it: where it stands, what sort it is, whose it is, and what it is about."""

    model_config = ConfigDict(extra="forbid")

    sentence: int
    kind: Kind
    actor: str
    about: str


class Answer(BaseModel):
    """All acts of the sentences that were asked about. Subclasses close `sentence` and `actor` to what was offered."""

    model_config = ConfigDict(extra="forbid")

    facts: list[AnswerFact]


def answer_schema(sentences: tuple[int, ...], actors: tuple[str, ...], most: int) -> type[Answer]:
    """An `Answer` about these sentence numbers and actors alone, with at most `most` facts."""
    closed: dict[str, Any] = {"sentence": (Literal[sentences], ...), "actor": (Literal[(*actors, NOBODY)], ...)}
    fact: Any = create_model("AnswerFact", __base__=AnswerFact, **closed)
    bounded: dict[str, Any] = {"facts": (list[fact], Field(max_length=most))}
    return create_model("Answer", __base__=Answer, **bounded)
