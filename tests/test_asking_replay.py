"""A recorded answer is read without those who ask, and read as they would have read it."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from extract.asking.answers import problems, read_answer
from extract.asking.asker import Asker
from extract.asking.cache import ResponseCache
from extract.asking.completion import Malformed
from extract.asking.endpoint import Mode
from extract.strategies.questions import answer_form
from schemas import Kind
from schemas.answer import NOBODY, Answer, answer_schema
from tests.fakes import HOSTED, FakeModel, Script, completion
from tests.test_asking import GOOD, QUESTION, Note
from tests.test_imports import loaded_by

SENTENCES, NAMES, MOST = (2, 5), ("Ada Ruun", "Kelm"), 3
FORM = answer_form(SENTENCES, NAMES, MOST)
VALUES = st.none() | st.booleans() | st.integers(0, 6) | st.floats(0, 6) | st.sampled_from(["2", "Kelm", "agreement"])
FACTS = st.fixed_dictionaries(
    {
        "sentence": st.sampled_from([2, 5]) | VALUES,
        "kind": st.sampled_from([str(kind) for kind in Kind]) | VALUES,
        "actor": st.sampled_from([*NAMES, NOBODY, "Best"]) | VALUES,
        "about": st.text(max_size=5) | VALUES,
    },
    optional={"more": VALUES},
)
ANSWERS = st.fixed_dictionaries({"facts": st.lists(FACTS, max_size=5) | VALUES}) | VALUES


def body(text: str) -> bytes:
    """A response whose one tool call has these arguments."""
    return json.dumps(completion(calls=[("Answer", text)], finish="tool_calls")).encode()


def outcome(read: Callable[[], Answer]) -> object:
    """The answer as plain data, or what is wrong with it."""
    try:
        return read().model_dump()
    except ValidationError as error:
        return problems(error)
    except Malformed as error:
        return error.problems


@given(ANSWERS)
def test_the_quick_way_reads_what_the_schema_reads(answer: object) -> None:
    """Of any answer, the quick reader makes what the pydantic model of its question makes, faults included."""
    text = json.dumps(answer)

    def by_schema() -> Answer:
        return answer_schema(SENTENCES, NAMES, MOST).model_validate_json(text)

    def quickly() -> Answer:
        return read_answer(body(text), FORM, Mode.TOOLS, 100)

    assert outcome(quickly) == outcome(by_schema)


def test_an_answer_that_fits_needs_no_model_of_its_question() -> None:
    """The quick reader alone reads an answer that fits: the pydantic model, slow to make, is not made."""
    fact = {"sentence": 2, "kind": "agreement", "actor": "Kelm", "about": "the truce"}
    read = FORM.read(json.dumps({"facts": [fact]}))
    assert read == Answer.model_validate({"facts": [fact]})
    assert FORM.read(json.dumps({"facts": [fact | {"actor": "Best"}]})) is None
    assert FORM.read(json.dumps({"facts": [fact] * 4})) is None


@pytest.mark.parametrize("mode", list(Mode))
async def test_a_corrected_answer_replays(tmp_path: Path, mode: Mode) -> None:
    """An answer that did not fit and the one that did after it was told why are both found again, in every mode."""
    cache = await asyncio.to_thread(ResponseCache, tmp_path)
    model = FakeModel(Script({"kind": "refusal"}, GOOD), modes=[mode])
    async with Asker(HOSTED, cache, transport=model) as asker:
        asked = await asker.ask(QUESTION, Note)
    assert asked.usage.requests == 2
    cache = await asyncio.to_thread(ResponseCache, tmp_path)
    async with Asker(HOSTED, cache, offline=True) as asker:
        replayed = await asker.ask(QUESTION, Note)
    assert (replayed.parsed, replayed.usage.requests, replayed.usage.cached) == (asked.parsed, 0, 2)


def test_a_replay_loads_no_client() -> None:
    """Answers from a pack are read without openai and instructor."""
    code = (
        "from evals.gold_files import *; from evals.replay import replay;"
        "assert replay('windows', load_labelled(GOLD, [TEXTS])).usage.cached"
    )
    assert not loaded_by("-c", code) & {"openai", "instructor"}
