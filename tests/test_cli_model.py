"""The command with a model: a loopback server stands in for it. Who is asked, how often, with which key."""

import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from extract.cli import main
from extract.extractor import Extractor
from schemas import Failure, Record
from tests.fakes import SKY, in_mode

NEWS = "news.jsonl"
IDS = ["000", "001", "002", "003", "004"]
KEY = "sk-secret-of-the-tests"
NO_FACTS: dict[str, list[object]] = {"facts": []}
Handler = Callable[[dict[str, object]], Response]


@pytest.fixture(autouse=True)
def _clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty working directory, a cache of its own, and nothing configured."""
    monkeypatch.chdir(tmp_path)
    for name in [*os.environ]:
        if name.startswith(("READOUTS_", "OPENAI_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("READOUTS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("READOUTS_LONGEST_WAIT", "0")
    told = "The two presidents spoke for {} hours, the spokeswoman said. They agreed to meet again."
    articles = [{"id": name, "text": told.format(number)} for number, name in enumerate(IDS, 2)]
    Path(NEWS).write_text("".join(json.dumps(article) + "\n" for article in articles))


class Model:
    """A server that answers with `answer`, and remembers what it was asked and with which key."""

    def __init__(self, server: HTTPServer) -> None:
        self.url = server.url_for("/v1")
        self.asked = 0
        self.probed = 0
        self.keys: set[str] = set()
        self.answer: Callable[[], object] = lambda: NO_FACTS
        server.expect_request("/v1/chat/completions").respond_with_handler(self._respond)

    def _respond(self, request: Request) -> Response:
        body = request.get_json()
        probe = "colour is the sky" in json.dumps(body["messages"])
        self.probed += probe
        self.asked += not probe
        self.keys.add(request.headers.get("authorization", ""))
        answer = self.answer()
        if isinstance(answer, Response):
            return answer
        return Response(json.dumps(in_mode(body, json.dumps(SKY if probe else answer))), mimetype="application/json")


@pytest.fixture
def model(httpserver: HTTPServer) -> Model:
    """A model on loopback that finds no facts."""
    return Model(httpserver)


def extract(model: Model, *arguments: str) -> int:
    """`readouts extract` of five articles into `out`, by the model."""
    return main(["extract", NEWS, "-o", "out", "-m", "m", "--base-url", model.url, *arguments])


def lines(name: str) -> list[str]:
    """The lines of a file in `out`."""
    return (Path("out") / name).read_text().splitlines()


def failures() -> list[Failure]:
    """What failed."""
    return [Failure.model_validate_json(line) for line in lines("failures.jsonl")]


def refusal(status: int, message: str) -> Response:
    """An error in the form that OpenAI gives it."""
    return Response(json.dumps({"error": {"message": message}}), status, mimetype="application/json")


def test_second_run_asks_nothing(model: Model, capsys: pytest.CaptureFixture[str]) -> None:
    """Each article gets its record; the same command again makes no request and changes no byte."""
    assert extract(model) == 0
    records = [Record.model_validate_json(line) for line in lines("records.jsonl")]
    assert [record.article.id for record in records] == IDS
    assert {record.provenance.model for record in records} == {"m"}
    assert sum(record.provenance.usage.requests for record in records) == model.asked > 0
    told = capsys.readouterr().err
    assert re.search(rf"5 articles · [\d,]+ tokens · unpriced · {model.asked} asked, 0 from the cache", told)
    before, asked = (Path("out") / "records.jsonl").read_bytes(), model.asked + model.probed
    assert extract(model) == 0
    assert model.asked + model.probed == asked
    assert (Path("out") / "records.jsonl").read_bytes() == before


def test_answers_outlive_the_results(model: Model) -> None:
    """What was answered is kept: without the directory, and without the endpoint, the cache gives it again."""
    extract(model)
    asked = model.asked
    facts = [json.loads(line)["facts"] for line in lines("records.jsonl")]
    assert main(["extract", NEWS, "-o", "again", "-m", "m", "--offline"]) == 0
    assert model.asked == asked
    again = [json.loads(line) for line in (Path("again") / "records.jsonl").read_text().splitlines()]
    assert [record["facts"] for record in again] == facts
    assert all(record["provenance"]["usage"]["requests"] == 0 for record in again)


def test_a_pack_carries_answers_elsewhere(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers exported from one cache and imported into another replay there, offline."""
    extract(model)
    main(["cache", "export", "pack.jsonl"])
    monkeypatch.setenv("READOUTS_CACHE", "elsewhere")
    assert main(["extract", NEWS, "-m", "m", "--offline"]) == 1
    main(["cache", "import", "pack.jsonl"])
    assert main(["extract", NEWS, "-m", "m", "--offline"]) == 0


def test_offline_without_a_recording(model: Model) -> None:
    """--offline opens no socket: each article fails, named, with how to record it."""
    assert extract(model, "--offline") == 1
    assert model.asked + model.probed == 0
    assert [failure.article for failure in failures()] == IDS
    assert {failure.error for failure in failures()} == {"CacheMiss"}
    assert all(failure.advice for failure in failures())


@pytest.mark.parametrize(("status", "error"), [(401, "AccessDenied"), (403, "AccessDenied"), (404, "NoSuchModel")])
def test_wrong_key_or_model_costs_one_request(model: Model, status: int, error: str) -> None:
    """A key or a model that is refused is asked with once, whatever the number of articles; all of them are named."""
    model.answer = lambda: refusal(status, "The model `m` does not exist")
    assert extract(model, "--concurrency", "4") == 1
    assert model.asked + model.probed == 1
    assert [(failure.article, failure.error) for failure in failures()] == [(name, error) for name in IDS]


def test_endpoint_that_is_down(capsys: pytest.CaptureFixture[str]) -> None:
    """An endpoint that is not there fails every article, with what to do."""
    assert main(["extract", NEWS, "-m", "m", "--base-url", "http://127.0.0.1:1/v1"]) == 1
    assert "doctor" in capsys.readouterr().err


def test_key_stays_at_home(model: Model, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    """The environment's key is not sent to an endpoint that it is not for, and is written down nowhere."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    assert extract(model) == 0
    assert not any(KEY in header for header in model.keys)
    monkeypatch.setenv("OPENAI_BASE_URL", model.url)
    assert main(["extract", NEWS, "-m", "another", "-o", "two"]) == 0
    assert f"Bearer {KEY}" in model.keys
    main(["doctor", "-m", "m"])
    told = "".join(capfd.readouterr())
    assert KEY not in told
    for path in Path().rglob("*"):
        assert not path.is_file() or KEY.encode() not in path.read_bytes(), path


def test_max_cost_needs_a_price(model: Model) -> None:
    """A limit that cannot be kept, for want of a price, is refused before anything is asked."""
    assert extract(model, "--max-cost", "1") == 2
    assert model.asked + model.probed == 0
    assert not Path("out").exists()


def test_dry_run(model: Model, capsys: pytest.CaptureFixture[str]) -> None:
    """--dry-run tells requests, tokens and cost, asks nothing and writes nothing; no price is said to be none."""
    assert extract(model, "--dry-run") == 0
    said = capsys.readouterr().out
    assert re.search(r"5 articles to m at .*: about \d+ requests, [\d,]+ tokens .* unpriced", said)
    assert model.asked + model.probed == 0
    assert not Path("out").exists()


def test_dry_run_with_a_price(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A model with a known price gets one, above zero."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    assert main(["extract", NEWS, "-m", "gpt-4o-mini", "--dry-run"]) == 0
    found = re.search(r"at most \$(\d+\.\d+)$", capsys.readouterr().out.strip())
    assert found
    assert 0 < float(found[1]) < 1


def test_dry_run_announces_what_is_asked(model: Model, capsys: pytest.CaptureFixture[str]) -> None:
    """As many requests are made as --dry-run says, where every answer is usable."""
    extract(model, "--dry-run")
    said = re.search(r"about (\d+) requests", capsys.readouterr().out)
    extract(model)
    assert said
    assert int(said[1]) == model.asked


def test_doctor_tries_each_mode(model: Model, capsys: pytest.CaptureFixture[str]) -> None:
    """`doctor` says of each way to hold an answer to a schema whether it works, and which is used."""
    assert main(["doctor", "-m", "m", "--base-url", model.url]) == 0
    out = capsys.readouterr().out
    assert re.search(r"json_schema +works, and is used", out)
    assert re.search(r"markdown +works$", out, re.MULTILINE)


def test_damaged_cache(model: Model, capsys: pytest.CaptureFixture[str]) -> None:
    """A damaged cache is named with what to do, and is not taken for an empty one."""
    extract(model)
    (database,) = Path("cache").rglob("cache.db")
    database.write_bytes(b"")
    for log in Path("cache").rglob("cache.db-*"):
        log.unlink()
    asked = model.asked
    assert main(["extract", NEWS, "-o", "two", "-m", "m", "--base-url", model.url]) == 1
    assert model.asked == asked
    assert "cache.db" in capsys.readouterr().err


def test_same_name_elsewhere_is_another_model(model: Model) -> None:
    """A record that a model of the same name made at another host does not count as done."""
    extract(model)
    path = Path("out/records.jsonl")
    path.write_text(path.read_text().replace('"endpoint_host":"localhost"', '"endpoint_host":"models.example.org"', 1))
    asked = model.asked
    assert extract(model) == 0
    assert model.asked == asked  # the answers are in the cache
    assert {json.loads(line)["provenance"]["endpoint_host"] for line in lines("records.jsonl")} == {"localhost"}


def test_python_is_as_short(model: Model) -> None:
    """The same from Python."""
    extractor = Extractor("m", base_url=model.url)
    record = extractor.extract_article("The two presidents spoke for an hour, the spokeswoman said.")
    assert record.provenance.model == "m"
    assert model.asked == record.provenance.usage.requests == 1


def test_profile(model: Model) -> None:
    """A profile stands for the flags."""
    Path("readouts.toml").write_text(f'[profiles.p]\nmodel = "m"\nbase_url = "{model.url}"\nstrategy = "whole"\n')
    assert main(["extract", NEWS, "-o", "out", "--profile", "p"]) == 0
    assert {json.loads(line)["provenance"]["strategy"] for line in lines("records.jsonl")} == {"whole"}
