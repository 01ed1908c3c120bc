"""Prices: what is not known has none, and a limit stops before the request that could pass it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.asking.asker import Asker
from extract.asking.cache import ResponseCache
from extract.asking.endpoint import OPENAI, Endpoint, Mode, Question
from extract.asking.prices import MaxCost, estimated_tokens, price
from extract.errors import AccessDenied, BudgetSpent, ConfigError, DeadlinePassed
from schemas import Usage
from tests.fakes import FakeModel, completion, in_mode, refused
from tests.test_asking import Note

PRICED = "gpt-4.1-mini"
ENDPOINT = Endpoint(PRICED, OPENAI, api_key="k", longest_wait=0, mode=Mode.JSON_SCHEMA)
MANY = Usage(prompt_tokens=1_000_000, completion_tokens=1_000_000)
ANSWER = '{"kind": "refusal", "sentences": []}'


def one(tokens: Usage = MANY) -> float:
    """The price of tokens at the priced endpoint."""
    known = price(PRICED, tokens, OPENAI)
    assert known is not None
    return known


def test_a_known_model_has_a_price() -> None:
    """More tokens cost more, none cost nothing, and the name alone will do."""
    assert 0 == one(Usage()) < one(Usage(prompt_tokens=10)) < one()
    assert price(PRICED, MANY) == one()


@pytest.mark.parametrize(
    ("model", "base_url"),
    [
        ("no-such-model-7b", OPENAI),
        ("no-such-model-7b", None),
        (PRICED, "http://127.0.0.1:8391/v1"),
        (PRICED, "https://models.example/v1"),
        ("", OPENAI),
    ],
)
def test_an_unknown_price_is_none_and_never_zero(model: str, base_url: str | None) -> None:
    """Another host, this machine or an unknown name: unpriced, for no tokens and for many."""
    assert price(model, Usage(), base_url) is None
    assert price(model, MANY, base_url) is None


@given(st.text(), st.text())
def test_an_estimate_grows_with_the_text(one: str, two: str) -> None:
    """Tokens are about bytes by four, rounded up: never fewer for more text, none for none."""
    assert estimated_tokens(one + two) >= max(estimated_tokens(one), estimated_tokens(two))
    assert estimated_tokens("word " * 400) == 500
    assert estimated_tokens("") == 0


def test_no_limit_can_hold_without_a_price() -> None:
    """A limit on what nobody can price is refused rather than ignored."""
    with pytest.raises(ConfigError, match="not known"):
        MaxCost(1.0, Endpoint("no-such-model-7b", OPENAI))


async def spend(cache: ResponseCache, limit: float, model: FakeModel, questions: int) -> int:
    """How many questions, asked one by one, are answered before the budget is spent."""
    async with Asker(ENDPOINT, cache, transport=model, max_cost=MaxCost(limit, ENDPOINT)) as asker:
        for n in range(questions):
            try:
                await asker.ask(Question(f"a-{n}", "Read.", f"[{n}] Words.", 500), Note)
            except BudgetSpent:
                return n
    return questions


def _answering(prompt: int, written: int) -> FakeModel:
    usage = {"prompt_tokens": prompt, "completion_tokens": written}
    return FakeModel(lambda request: in_mode(request, ANSWER, usage=usage))


async def test_the_request_that_could_pass_the_limit_is_not_sent(cache: ResponseCache) -> None:
    """What was spent never passes the limit, since the next request is counted at its most before it is sent."""
    each = one(Usage(prompt_tokens=300, completion_tokens=500))
    model = _answering(300, 500)
    answered = await spend(cache, 4.5 * each, model, 10)
    assert answered == len(model.requests) == 4


async def test_what_is_cached_costs_nothing(cache: ResponseCache) -> None:
    """A second run with next to no budget answers all that is recorded."""
    model = _answering(300, 500)
    assert await spend(cache, 1.0, model, 3) == 3
    assert await spend(cache, 1e-9, model, 4) == 3
    assert len(model.requests) == 3


def test_requests_under_way_count_at_their_most() -> None:
    """Many at one time cannot together pass the limit; what one did not use is free again when it is settled."""
    most = one(Usage(prompt_tokens=250, completion_tokens=500))
    limit = MaxCost(2.5 * most, ENDPOINT)
    reserved = [limit.reserve(1000, 500) for _ in range(2)]
    with pytest.raises(BudgetSpent):
        limit.reserve(1000, 500)
    limit.settle(reserved[0], Usage(prompt_tokens=1, completion_tokens=1))
    assert limit.reserve(1000, 500) == pytest.approx(most)


async def test_a_refused_request_costs_nothing_and_a_lost_one_its_most(cache: ResponseCache) -> None:
    """A 401 was not billed; a request that ran out of time may have been."""
    limit = MaxCost(1.0, ENDPOINT)
    async with Asker(ENDPOINT, cache, transport=FakeModel(lambda _: refused(401)), max_cost=limit) as asker:
        with pytest.raises(AccessDenied):
            await asker.ask(Question("a", "Read.", "[1] Words.", 500), Note)
    assert limit._taken == 0
    async with Asker(ENDPOINT, cache, transport=FakeModel(lambda _: TimeoutError()), max_cost=limit) as asker:
        with pytest.raises(DeadlinePassed):
            await asker.ask(Question("a", "Read.", "[1] Words.", 500), Note)
    assert limit._taken > one(Usage(completion_tokens=500))


async def test_a_response_that_counts_no_tokens_costs_its_most(cache: ResponseCache) -> None:
    """Where the endpoint does not say what was used, what was set aside stays taken."""
    limit = MaxCost(1.0, ENDPOINT)
    model = FakeModel(lambda _: completion(ANSWER, usage={}))
    async with Asker(ENDPOINT, cache, transport=model, max_cost=limit) as asker:
        await asker.ask(Question("a", "Read.", "[1] Words.", 500), Note)
    assert limit._taken > one(Usage(completion_tokens=500))
