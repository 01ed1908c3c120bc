"""Sentences of a reading in; what a model is asked about them, and the form of its answer, out.

A question depends on little of the reading, so that a recorded answer outlives most changes to the rules: the
sentences, who says each, and the names that may act.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from extract.asking.endpoint import Question
from extract.asking.forms import Form
from extract.asking.prices import estimated_tokens
from extract.reading.article import Reading
from extract.reading.chains import Frame
from extract.reading.segment import Sentence
from prompts import Prompt
from prompts.loader import numbered
from schemas.answer import NOBODY, Answer, answer_schema

ACTING = ("person", "country", "office", "group", "organisation", "agency")
FACTS_A_SENTENCE = 2  # of all that are asked about together, at most
FACT_TOKENS = 56  # keys, marks and kind of one fact, and a dozen words that say what it is about
SLACK = 1.25  # another tokenizer, and other languages than English, need more tokens than estimated

Sentences = Sequence[Sentence]


@dataclass(frozen=True)
class Part:
    """Sentences that are asked about at once, with the question and the form that holds the answer to them.

    `tokens` of context is what question and answer may take; names count twice, for the schema holds them.
    """

    sentences: tuple[Sentence, ...]
    question: Question
    form: Form[Answer]
    tokens: int


def part_of(reading: Reading, sentences: tuple[Sentence, ...], prompt: Prompt) -> Part:
    """What is asked about `sentences`."""
    names = names_for(reading, sentences)
    user, longest = _article_part(reading, sentences, names), longest_answer(sentences, names)
    form = answer_form(tuple(s.number for s in sentences), names, FACTS_A_SENTENCE * len(sentences))
    tokens = int(estimated_tokens("".join((prompt.system, user, *names))) * SLACK) + longest
    return Part(sentences, Question(reading.article.id, prompt.system, user, longest), form, tokens)


def answer_form(sentences: tuple[int, ...], actors: tuple[str, ...], most: int) -> Form[Answer]:
    """The form that `schemas.answer.answer_schema` describes."""

    def read(text: str) -> Answer | None:
        try:
            answer = Answer.model_validate_json(text, strict=True)
        except ValidationError:
            return None
        inside = all(fact.sentence in sentences and fact.actor in (*actors, NOBODY) for fact in answer.facts)
        return answer if inside and len(answer.facts) <= most else None

    key = {"schema": _open_schema(), "sentences": sentences, "actors": actors, "most": most}
    return Form(Answer.__name__, key, lambda: answer_schema(sentences, actors, most), read)


@lru_cache(maxsize=1)
def _open_schema() -> dict[str, Any]:
    return Answer.model_json_schema()


def longest_answer(sentences: Sentences, names: Sequence[str]) -> int:
    """The most tokens that an answer of the schema needs."""
    longest_name = max((len(name.encode("utf-8", "replace")) for name in names), default=0)
    return FACT_TOKENS + FACTS_A_SENTENCE * len(sentences) * (FACT_TOKENS + longest_name // 2)


def names_for(reading: Reading, sentences: Sentences) -> tuple[str, ...]:
    """Who may act in `sentences`: those named there, those who say them, and the principals of the contact."""
    named = [m for s in sentences for m in reading.names.within(s.start, s.end) if m.form != "demonym"]
    saying = [f.speaker for s in sentences for f in frames_of(reading, s.number) if f.speaker]
    mentions = [m for m in (*named, *saying, *reading.names.principals) if m.type in ACTING]
    return tuple(dict.fromkeys(m.name for m in mentions if m.name != NOBODY))


def frames_of(reading: Reading, number: int) -> list[Frame]:
    """The frames of one sentence."""
    frames = reading.frames
    left = bisect_left(frames, number, key=lambda f: f.number)
    return frames[left : bisect_right(frames, number, key=lambda f: f.number)]


def _article_part(reading: Reading, sentences: Sentences, names: Sequence[str]) -> str:
    rows = []
    for s in sentences:
        said = frames_of(reading, s.number)
        rows.append((s.number, said[0].chain[-1].name if said else "", reading.text[s.start : s.end]))
    return numbered(rows, names)
