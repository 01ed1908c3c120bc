"""Inquiries: what a model is asked about an article, and what happens where it gives no usable answer."""

import logging
from itertools import pairwise
from pathlib import Path

import pytest

from extract.asking.endpoint import Endpoint
from extract.errors import AccessDenied, ContentFiltered, InvalidAnswer, LengthStop, ReadoutsError, Refusal
from extract.reading.article import Reading
from extract.rules import propose
from extract.strategies import digests, plan
from extract.strategies.doubt import left_open
from extract.strategies.inquiry import WINDOW, parts
from extract.strategies.questions import part_of
from prompts import load
from schemas import Article
from schemas.answer import NOBODY
from tests.asked import ARTICLE, LONG, NOTHING, TEXT, article_part, asked_about, read, told
from tests.fakes import HOSTED, LOCAL, MODEL, FakeModel, Request, completion, refused, schema_of


async def test_windows_cover_what_the_rules_leave_open_once_and_in_order(tmp_path: Path) -> None:
    """Each sentence without a settled act is in one window of a few, numbered as in the article, in its words."""
    model = FakeModel(lambda _: NOTHING)
    await read(model, tmp_path, article=LONG)
    sentences = Reading(LONG).sentences
    windows = [asked_about(request) for request in model.requests]
    open_ones = [s.number for s in left_open(Reading(LONG), propose(Reading(LONG)))]
    assert [number for window in windows for number in window] == open_ones
    assert [len(window) for window in windows] == [WINDOW] * (len(open_ones) // WINDOW) + [len(open_ones) % WINDOW]
    assert {1, 2, 3} < set(range(1, len(sentences) + 1)) - set(open_ones)
    for request in model.requests:
        for number in asked_about(request):
            s = sentences[number - 1]
            line = next(row for row in article_part(request).splitlines() if row.startswith(f"[{number}]"))
            assert line.endswith(" ".join(TEXT[s.start : s.end].split()))


async def test_requests_begin_alike_and_end_with_the_article(tmp_path: Path) -> None:
    """What is fixed comes first and is the same in each request, so that a server reads it once; the article last."""
    model = FakeModel(lambda _: NOTHING)
    await read(model, tmp_path)
    assert len({request["messages"][0]["content"] for request in model.requests}) == 1
    assert [len(request["messages"]) for request in model.requests] == [2] * len(model.requests)
    assert all("port truce" not in request["messages"][0]["content"].split("Example:")[0] for request in model.requests)


async def test_the_same_article_makes_the_same_requests(tmp_path: Path) -> None:
    """Requests, their order, and the record without its usage are the same each time; the second time is all cached."""
    first, second = FakeModel(lambda _: NOTHING), FakeModel(lambda _: NOTHING)
    a = await read(first, tmp_path / "a")
    b = await read(second, tmp_path / "b")
    assert first.requests == second.requests
    assert (a.facts, a.rejected, a.provenance) == (b.facts, b.rejected, b.provenance)
    again = await read(FakeModel(lambda _: NOTHING), tmp_path / "a")
    assert (again.facts, again.rejected) == (a.facts, a.rejected)
    assert (again.provenance.usage.requests, again.provenance.usage.cached) == (0, len(first.requests))


async def test_a_carried_over_speaker_stands_before_the_sentence(tmp_path: Path) -> None:
    """A model that sees a sentence is told who says it."""
    model = FakeModel(lambda _: NOTHING)
    await read(model, tmp_path, "whole", HOSTED)
    [line] = [row for request in model.requests for row in article_part(request).splitlines() if "lighthouse" in row]
    assert line.startswith("[3] (Ilo Best says)")


async def test_the_actor_is_one_of_the_names_of_the_window(tmp_path: Path) -> None:
    """The answer can name those of the window, its speakers, the principals and nobody; an outsider is wrong."""
    model = FakeModel(lambda _: {"facts": [told(4, "meeting", "Zed Outsider", "phone")]})
    with pytest.raises(InvalidAnswer, match="article call"):
        await read(model, tmp_path, "whole", HOSTED)
    schema = schema_of(model.requests[0])
    assert schema is not None
    names = schema["$defs"]["AnswerFact"]["properties"]["actor"]["enum"]
    assert {"Ada Ruun", "Ilo Best", "Norvania", NOBODY} <= set(names)
    assert len(names) == len(set(names))


async def test_the_answer_is_bounded_by_what_its_schema_can_need(tmp_path: Path) -> None:
    """Facts are bounded at two a sentence, and tokens by as many facts as that."""
    model = FakeModel(lambda _: NOTHING)
    await read(model, tmp_path)
    for request in model.requests:
        schema = schema_of(request)
        assert schema is not None
        count = len(asked_about(request))
        assert schema["properties"]["facts"]["maxItems"] == 2 * count
        assert 2 * count * 40 < request["max_tokens"] < 2 * count * 120 + 60


async def test_a_cut_answer_splits_the_window_down_to_one_sentence(tmp_path: Path) -> None:
    """A window whose answer is cut is asked about in halves, in order, and no sentence is given up that can be had."""

    def answer(request: Request) -> object:
        if len(asked_about(request)) > 1:
            return completion('{"facts": [', finish="length")
        return NOTHING

    model = FakeModel(answer)
    await read(model, tmp_path, "whole", HOSTED)
    count = len(Reading(ARTICLE).sentences)
    singles = [asked_about(request) for request in model.requests if len(asked_about(request)) == 1]
    assert singles == [[number] for number in range(1, count + 1)]
    assert [asked_about(request) for request in model.requests[1:5]] == [[1, 2, 3, 4], [1, 2], [1], [2]]


async def test_a_sentence_that_gets_no_answer_rests_on_the_rules_alone(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Where even one sentence is cut, its facts are those of the rules, and the log names article and sentence."""

    def answer(request: Request) -> object:
        return completion('{"facts": [', finish="length") if 7 in asked_about(request) else NOTHING

    with caplog.at_level(logging.WARNING, logger="extract"):
        record = await read(FakeModel(answer), tmp_path, "whole", HOSTED)
    assert [fact.object for fact in record.facts if "fishing" in fact.evidence[0].exact]
    [message] = [entry.getMessage() for entry in caplog.records if entry.name.startswith("extract")]
    assert "article call" in message
    assert "sentence 7" in message


async def test_a_model_that_cannot_answer_at_all_fails_the_article_early(tmp_path: Path) -> None:
    """Where several single sentences get no usable answer and none did before, asking on would only cost."""
    model = FakeModel(lambda _: completion('{"facts": [', finish="length"))
    with pytest.raises(LengthStop, match="article call"):
        await read(model, tmp_path)
    assert len(model.requests) < 2 * len(Reading(ARTICLE).sentences)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (completion(None, refusal="no"), Refusal),
        (completion("", finish="content_filter"), ContentFiltered),
        (refused(401, "wrong key"), AccessDenied),
    ],
)
async def test_a_model_that_declines_fails_the_article_by_name(
    tmp_path: Path, answer: object, error: type[ReadoutsError]
) -> None:
    """A refusal, a filter and an endpoint's error are asked once; the error names the article."""
    model = FakeModel(lambda _: answer)
    endpoint = Endpoint(MODEL, LOCAL.base_url, longest_wait=0.0, mode=None)
    with pytest.raises(error, match="article call"):
        await read(model, tmp_path, endpoint=endpoint)
    assert len(model.requests) == 1


async def test_whole_asks_once_where_the_article_fits(tmp_path: Path) -> None:
    """One request holds all sentences, if context and answer hold them."""
    model = FakeModel(lambda _: NOTHING)
    await read(model, tmp_path, "whole", HOSTED)
    [request] = model.requests
    assert asked_about(request) == [s.number for s in Reading(ARTICLE).sentences]


@pytest.mark.parametrize("strategy", ["whole", "windows"])
async def test_an_article_that_is_too_long_is_split_to_fit_the_context(tmp_path: Path, strategy: str) -> None:
    """A long article is asked about in as few parts as the context holds; none asks for more tokens than there are."""
    article = Article(id="long", text=TEXT * 10)
    endpoint = Endpoint(MODEL, HOSTED.base_url, context=4000)
    model = FakeModel(lambda _: NOTHING)
    await read(model, tmp_path, strategy, endpoint, article)
    numbers = [number for request in model.requests for number in asked_about(request)]
    reading = Reading(article)
    asked = reading.sentences if strategy == "whole" else left_open(reading, propose(reading))
    assert numbers == [s.number for s in asked]
    for request in model.requests:
        size = sum(len(message["content"]) for message in request["messages"]) / 4 + request["max_tokens"]
        assert size <= 4000
    cut = [part.sentences for part in parts(reading, propose(reading), strategy, endpoint)]
    assert [[s.number for s in part] for part in cut] == [asked_about(request) for request in model.requests]
    for part, following in pairwise(cut):
        more = part_of(reading, (*part, following[0]), load(strategy))
        assert more.tokens > 4000 or (strategy == "windows" and len(part) == WINDOW)
    assert strategy == "windows" or len(cut) < len(numbers) / WINDOW


async def test_sentences_that_fit_no_context_rest_on_the_rules(tmp_path: Path) -> None:
    """A context too small for one sentence and its answer costs no request, and fails the article by name."""
    endpoint = Endpoint(MODEL, LOCAL.base_url, context=300)
    model = FakeModel(lambda _: NOTHING)
    with pytest.raises(LengthStop, match=r"article call.*context"):
        await read(model, tmp_path, endpoint=endpoint)
    assert model.requests == []


@pytest.mark.parametrize(
    ("endpoint", "strategy"),
    [
        (Endpoint(MODEL, "https://models.example/v1"), "whole"),
        (Endpoint(MODEL, "https://models.example/v1", context=131072), "whole"),
        (Endpoint(MODEL, "https://models.example/v1", context=4096), "windows"),
        (Endpoint(MODEL, "http://127.0.0.1:8080/v1", context=131072), "windows"),
        (Endpoint(MODEL, "http://localhost:8080/v1"), "windows"),
    ],
)
async def test_auto_reads_whole_where_a_hosted_model_has_room(
    tmp_path: Path, endpoint: Endpoint, strategy: str
) -> None:
    """`auto` is `whole` on a hosted endpoint with room, `windows` on this machine or in a small context."""
    record = await read(FakeModel(lambda _: NOTHING), tmp_path, "auto", endpoint)
    assert record.provenance.strategy == strategy
    assert (record.provenance.prompt_digest, record.provenance.schema_digest) == digests(strategy)


async def test_what_would_be_asked_is_what_is_asked(tmp_path: Path) -> None:
    """The plan of an article holds the very questions, without asking any."""
    model = FakeModel(lambda _: NOTHING)
    await read(model, tmp_path)
    planned = plan(ARTICLE, "windows", LOCAL)
    assert [(q.system, q.user, q.max_tokens) for q in planned] == [
        (r["messages"][0]["content"], r["messages"][1]["content"], r["max_tokens"]) for r in model.requests
    ]


async def test_an_article_without_sentences_asks_nothing(tmp_path: Path) -> None:
    """White space makes an empty record."""
    model = FakeModel(lambda _: NOTHING)
    record = await read(model, tmp_path, article=Article(id="blank", text=" \n \n"))
    assert (record.facts, model.requests) == ((), [])
