"""The cache key: everything that changes the answer is in it, and nothing else."""

import asyncio
import copy
import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.asking.asker import Asker
from extract.asking.cache import ResponseCache
from extract.asking.endpoint import Endpoint, Mode, Question
from extract.asking.recordings import request_key
from tests.fakes import MODEL, FakeModel
from tests.test_asking import GOOD, Note

TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT.filter("properties".__ne__), inner, max_size=4),
    max_leaves=12,
)
BODIES = st.dictionaries(TEXT.filter("properties".__ne__), JSON, min_size=1, max_size=6)


@given(BODIES, st.randoms(use_true_random=False))
def test_the_order_of_keys_is_nothing(body: dict[str, Any], random: Any) -> None:
    """The same request with its keys in any order has the same key."""
    names = list(body)
    random.shuffle(names)
    assert request_key("a", {name: body[name] for name in names}) == request_key("a", body)


@given(BODIES, st.data())
def test_any_other_value_is_another_request(body: dict[str, Any], data: st.DataObject) -> None:
    """Changing one field, leaving it out, or asking another endpoint misses."""
    name = data.draw(st.sampled_from(sorted(body)))
    value = data.draw(JSON.filter(lambda other: json.dumps(other) != json.dumps(body[name])))
    key = request_key("a", body)
    assert request_key("a", body | {name: value}) != key
    assert request_key("a", {other: body[other] for other in body if other != name}) != key
    assert request_key("b", body) != key


def test_the_order_of_a_schemas_properties_counts() -> None:
    """A model that is held to a schema writes its fields in this order, so the order changes the answer."""
    one = {"schema": {"properties": {"why": {"type": "string"}, "kind": {"type": "string"}}}}
    two = {"schema": {"properties": {"kind": {"type": "string"}, "why": {"type": "string"}}}}
    assert request_key("a", one) != request_key("a", two)


def test_a_property_called_properties_is_no_trouble() -> None:
    """A schema may describe a field of that name."""
    body = {"properties": {"properties": {"type": "object", "properties": {"a": {}}}}, "x": {"properties": 7}}
    assert request_key("a", body) == request_key("a", copy.deepcopy(body))


BASE = Endpoint(MODEL, "https://models.example/v1", api_key="k", mode=Mode.TOOLS)
FIRST = Question("a", "Read.", "Ruritania declined.", 100)
OTHER = st.sampled_from(
    [
        (BASE, Question("another-file.txt", "Read.", "Ruritania declined.", 100), True),
        (Endpoint(MODEL, BASE.base_url, "k2", mode=Mode.TOOLS), FIRST, True),
        (Endpoint(MODEL, "HTTPS://MODELS.example:443/v1/", "k", mode=Mode.TOOLS), FIRST, True),
        (Endpoint(MODEL, BASE.base_url, "k", context=9, deadline=3, longest_wait=1, mode=Mode.TOOLS), FIRST, True),
        (Endpoint("other", BASE.base_url, "k", mode=Mode.TOOLS), FIRST, False),
        (Endpoint(MODEL, "https://models.example/v2", "k", mode=Mode.TOOLS), FIRST, False),
        (Endpoint(MODEL, "http://127.0.0.1/v1", mode=Mode.TOOLS), FIRST, False),
        (Endpoint(MODEL, BASE.base_url, "k", mode=Mode.JSON_SCHEMA), FIRST, False),
        (Endpoint(MODEL, BASE.base_url, "k", mode=Mode.TOOLS, temperature=0.5), FIRST, False),
        (Endpoint(MODEL, BASE.base_url, "k", mode=Mode.TOOLS, seed=1), FIRST, False),
        (BASE, Question("a", "Read!", "Ruritania declined.", 100), False),
        (BASE, Question("a", "Read.", "Ruritania declined. ", 100), False),
        (BASE, Question("a", "Read.", "Ruritania declined.", 101), False),
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(OTHER)
async def test_what_makes_another_request(tmp_path: Path, other: tuple[Endpoint, Question, bool]) -> None:
    """Key, timeouts, file name and the spelling of the address hit; model, place, mode, sampling and words miss."""
    endpoint, question, hits = other
    cache = await asyncio.to_thread(ResponseCache, Path(tempfile.mkdtemp(dir=tmp_path)))
    model = FakeModel(lambda _: GOOD)
    async with Asker(BASE, cache, transport=model) as asker:
        await asker.ask(FIRST, Note)
    async with Asker(endpoint, cache, transport=model) as asker:
        await asker.ask(question, Note)
    assert len(model.requests) == (1 if hits else 2)
