"""Peers: the task they are given, how they are recorded, how their answers become records, and the table."""

import json
from argparse import Namespace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from evals.__main__ import main
from evals.gold_files import GOLD, TEXTS, load_labelled
from evals.peers.command import document
from evals.peers.mapping import as_run, usage
from evals.peers.ours import CountedPack
from evals.peers.record import PEERS, record
from evals.peers.record import main as record_main
from evals.peers.recording import RECORDINGS, Exchange, Located, PeerArticle, PeerRecording, load, save
from evals.peers.task import PeerFact, PeerFacts, task
from extract.asking.cache import ResponseCache
from extract.asking.packs import export_pack
from extract.asking.recordings import Recording
from extract.errors import ConfigError, InputError
from extract.verify import TextIndex
from schemas import Article, Fact, Kind, Usage
from tests.fakes import completion

TEXT = "Rose Palace said Ada Ruun agreed to a ten-day truce. “We will rest,” Ilo Best told reporters.\n"
ARTICLE = Article(id="a", text=TEXT, outlet="Port Times", anchor_date=date(2031, 3, 4))


def stated(words: str, **more: Any) -> PeerFact:
    """A peer's fact with these words."""
    fields = {"kind": Kind.AGREEMENT, "actors": ["Ada Ruun"], "about": "truce", "source": "Rose Palace", "value": ""}
    return PeerFact.model_validate(fields | {"words": words} | more)


def recording(*facts: Located, error: str | None = None, name: str = "plain") -> PeerRecording:
    """A recording of one article."""
    body = {"usage": {"prompt_tokens": 70, "completion_tokens": 30}}
    done = PeerArticle(
        article=ARTICLE.id,
        sha256=ARTICLE.info.sha256,
        seconds=2.5,
        exchanges=(Exchange(status=200, seconds=2.0, body=body), Exchange(status=500, seconds=0.1, body="no")),
        facts=facts,
        error=error,
    )
    return PeerRecording(
        peer=name, versions={}, model="m", engine="e", recorded=date(2031, 1, 1), parameters={}, articles=(done,)
    )


def mapped(fact: PeerFact, start: int | None = None, end: int | None = None) -> Fact:
    """The one fact of the record that comes of it."""
    run = as_run(recording(Located(fact=fact, start=start, end=end)), {ARTICLE.info.sha256: ARTICLE})
    [made] = run.records[0].facts
    return made


def test_the_worked_example_keeps_its_own_rules() -> None:
    """Words and values of the example stand in its text, every kind is defined, and no seed article is in it."""
    index = TextIndex(task().text)
    for fact in task().facts:
        assert index.locate(fact.words), fact.words
        assert fact.value in task().text
    assert all(f"- {kind}: " in task().instructions for kind in Kind)
    assert len({fact.kind for fact in task().facts}) >= 10
    for one in load_labelled(GOLD, [TEXTS]):
        last = {actor.name.split()[-1] for fact in one.gold.facts for actor in fact.actor}
        assert not [name for name in last if name[0].isupper() and name in task().text]


def test_a_fact_that_can_be_located_becomes_one_with_evidence() -> None:
    """Kind, actors, object and source as stated; the words as a span of the text; the value by our grammar."""
    fact = mapped(stated("Ada Ruun agreed to a ten-day truce", value="ten-day"))
    assert [span.exact for span in fact.evidence] == ["Ada Ruun agreed to a ten-day truce"]
    assert (fact.kind, [actor.name for actor in fact.actor], fact.object) == (Kind.AGREEMENT, ["Ada Ruun"], "truce")
    assert [link.name for link in fact.attribution] == ["Port Times", "Rose Palace"]
    assert fact.value
    assert fact.value.iso == "P10D"


@pytest.mark.parametrize("words", ['"We will rest,"', "We  will rest", "We will rest."])
def test_typography_and_edges_are_no_reason_to_miss_words(words: str) -> None:
    """A peer that copies in other marks is given its words."""
    assert mapped(stated(words)).evidence[0].exact.strip("“,”") == "We will rest"


def test_words_that_do_not_stand_there_are_no_evidence_but_for_the_peers_own_span() -> None:
    """The fact stays, to count against precision; a span that the peer aligned itself is believed."""
    assert mapped(stated("Ada Ruun refused a truce")).evidence == ()
    assert mapped(stated("")).evidence == ()
    assert mapped(stated("Ada Ruun refused a truce"), 17, 25).evidence[0].exact == "Ada Ruun"


@pytest.mark.parametrize("source", ["article", "", " The writer "])
def test_the_writer_is_nobody_who_tells(source: str) -> None:
    """A fact of the article itself has a chain of one link."""
    assert len(mapped(stated("We will rest", source=source)).attribution) == 1


def test_a_phrase_without_a_value_is_none() -> None:
    """What holds no number, date or duration is left out, not invented; empty names are no actors."""
    fact = mapped(stated("We will rest", value="rest and peace", actors=["", " "]))
    assert fact.value is None
    assert fact.actor == ()


def test_what_a_peer_raised_is_a_failure_and_its_tokens_count() -> None:
    """An article without an answer is never left out of the score."""
    run = as_run(recording(error="ValidationError: cut"), {ARTICLE.info.sha256: ARTICLE})
    assert [failure.cause for failure in run.failures] == ["ValidationError: cut"]
    assert not run.records
    spent = usage(recording().articles[0])
    assert (spent.requests, spent.prompt_tokens, spent.completion_tokens) == (2, 70, 30)


def served(server: HTTPServer, arguments: str) -> list[dict[str, Any]]:
    """An endpoint that answers with these arguments of a tool call; the requests that it gets."""
    requests: list[dict[str, Any]] = []

    def answer(request: Request) -> Response:
        requests.append(request.get_json())
        call = {"id": "1", "type": "function", "function": {"name": "PeerFacts", "arguments": arguments}}
        message = {"role": "assistant", "content": None, "tool_calls": [call]}
        body = {
            "id": "x",
            "object": "chat.completion",
            "created": 1,
            "model": "m",
            "choices": [{"index": 0, "message": message, "finish_reason": "tool_calls"}],
            "usage": {"prompt_tokens": 9, "completion_tokens": 4, "total_tokens": 13},
        }
        return Response(json.dumps(body), content_type="application/json")

    server.expect_request("/v1/chat/completions").respond_with_handler(answer)
    return requests


def endpoint(server: HTTPServer) -> Namespace:
    """The arguments that name the endpoint."""
    return Namespace(model="m", base_url=server.url_for("/v1"), engine="a test")


def test_recording_keeps_the_answer_as_it_came_and_asks_each_article_once(
    httpserver: HTTPServer, tmp_path: Path
) -> None:
    """One bounded request an article; the raw body, the facts, versions and parameters are kept; again asks nothing."""
    fact = stated("We will rest")
    requests = served(httpserver, PeerFacts(facts=[fact]).model_dump_json())
    path = record("instructor", [ARTICLE], endpoint(httpserver), tmp_path)
    kept = load(path)
    assert [request["max_tokens"] for request in requests] == [kept.parameters["max_tokens"]]
    assert TEXT in requests[0]["messages"][-1]["content"]
    [done] = kept.articles
    assert (done.error, [located.fact for located in done.facts]) == (None, [fact])
    assert done.exchanges[0].body["usage"]["completion_tokens"] == 4
    assert set(kept.versions) == {"instructor", "openai"}
    record("instructor", [ARTICLE], endpoint(httpserver), tmp_path)
    assert len(requests) == 1


def test_a_cut_answer_is_the_peers_result(httpserver: HTTPServer, tmp_path: Path) -> None:
    """What the library raises is kept with the raw answer, and is not asked again."""
    requests = served(httpserver, '{"facts": [{"kind": "agree')
    [done] = load(record("instructor", [ARTICLE], endpoint(httpserver), tmp_path)).articles
    assert done.error
    assert done.facts == ()
    assert len(done.exchanges) == len(requests) == 1


def test_recording_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A peer that is not installed, and a file that is no recording."""
    monkeypatch.setitem(PEERS, "absent", "evals.peers.with_nothing")
    with pytest.raises(ConfigError, match="absent is not installed"):
        record("absent", [], Namespace(model="m", base_url="x", engine="e"), tmp_path)
    (tmp_path / "plain.json").write_text("{}", encoding="utf-8")
    with pytest.raises(InputError, match="no recording"):
        load(tmp_path / "plain.json")
    with pytest.raises(SystemExit):
        record_main(["nobody"])


def test_a_recording_reads_back_as_it_was(tmp_path: Path) -> None:
    """Through the file and back."""
    kept = recording(Located(fact=stated("We will rest"), start=1, end=5, status="match_exact"))
    assert load(save(kept, tmp_path)) == kept


def test_the_committed_recordings_are_of_the_labelled_articles() -> None:
    """What is recorded is about seed articles as they are, with bounded answers and raw bodies."""
    expected = {one.article.info.sha256 for one in load_labelled(GOLD, [TEXTS])}
    paths = sorted(RECORDINGS.glob("*.json"))
    assert [path.stem for path in paths] == ["instructor", "langextract"]
    for path in paths:
        kept = load(path)
        assert {done.sha256 for done in kept.articles} <= expected
        assert all(done.exchanges for done in kept.articles)
        assert kept.engine
        assert kept.versions


def test_the_table_sets_peers_beside_the_committed_runs() -> None:
    """A line for each run and recording, by one ruler, with what it spent."""
    recordings = [load(path) for path in sorted(RECORDINGS.glob("*.json"))]
    table, origins = document(recordings, load_labelled(GOLD, [TEXTS])).tables
    names = [row[0] for row in table.rows]
    assert names[0] == "rules"
    assert names[-len(recordings) :] == [one.peer for one in recordings]
    tokens = table.columns.index("tokens out")
    for row, one in zip(table.rows[-len(recordings) :], recordings, strict=True):
        spent = sum(usage(done).completion_tokens for done in one.articles)
        assert row[tokens] == round(spent / len(one.articles))  # per article that was asked about
    rules = dict(zip(table.columns, table.rows[0], strict=True))
    assert (rules["tokens out"], rules["requests"], rules["words verbatim"]) == (0, "0.0", 1.0)
    assert [row[0] for row in origins.rows] == [one.peer for one in recordings]


def test_the_command_prints_the_table_offline(capsys: pytest.CaptureFixture[str]) -> None:
    """No peer need be installed, no endpoint configured."""
    assert main(["peers"]) == 0
    told = capsys.readouterr().out
    assert "The same articles, the same ruler" in told
    assert "instructor" in told


def test_recorded_answers_cost_what_they_cost_when_they_were_recorded(tmp_path: Path) -> None:
    """Each answer that a replay needs is counted once, with the tokens that the endpoint reported."""
    told = completion("{}") | {"usage": {"prompt_tokens": 40, "completion_tokens": 7}}
    body = json.dumps(told).encode()
    cache, key = ResponseCache(tmp_path / "cache"), "a" * 64
    cache.put(Recording(key, "m", "models.example/v1", body))
    export_pack(cache, tmp_path / "pack.jsonl")
    pack = CountedPack(tmp_path / "pack.jsonl")
    assert (pack.get(key), pack.get(key), pack.get("b" * 64)) == (body, body, None)
    assert pack.spent == Usage(prompt_tokens=40, completion_tokens=7, requests=1)
