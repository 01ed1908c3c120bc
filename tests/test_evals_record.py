"""Recording a run, and the table of what was to be reached."""

import argparse
import json
import sys
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from evals import targets
from evals.record import main, record
from evals.replay import PROFILES
from extract.asking.packs import Pack
from schemas import Article
from tests.fakes import SKY, in_mode

TEXT = "The two presidents spoke for two hours, the spokeswoman said. They agreed to meet again in a tent."
ARTICLE = Article(id="a", text=TEXT)


def served(server: HTTPServer) -> list[Request]:
    """What a server is asked that honours every mode and reports no fact."""
    asked: list[Request] = []

    def respond(request: Request) -> Response:
        body = request.get_json()
        probe = "colour is the sky" in json.dumps(body["messages"])
        if not probe:
            asked.append(request)
        return Response(
            json.dumps(in_mode(body, json.dumps(SKY if probe else {"facts": []}))), mimetype="application/json"
        )

    server.expect_request("/v1/chat/completions").respond_with_handler(respond)
    return asked


def endpoint(server: HTTPServer, *, anew: bool = False) -> argparse.Namespace:
    """The arguments that lead there."""
    return argparse.Namespace(base_url=server.url_for("/v1"), engine="a test", anew=anew)


def test_a_recording_says_how_long_and_asks_once(httpserver: HTTPServer, tmp_path: Path) -> None:
    """The pack's head has model, engine and seconds; a second call asks only what is missing, unless all anew."""
    profile = '[profiles.small]\nmodel = "m"\nstrategy = "whole"\n'
    (tmp_path / PROFILES).write_text(profile, encoding="utf-8")
    asked = served(httpserver)
    assert record("small", [ARTICLE], endpoint(httpserver), tmp_path) == 0
    pack = Pack(tmp_path / "small.jsonl")
    assert (pack.meta["model"], pack.meta["engine"], list(pack.meta["seconds"])) == ("m", "a test", ["a"])
    assert len(asked) == len(list(pack.rows())) == 1
    other = ARTICLE.model_copy(update={"id": "b", "text": TEXT + " They parted."})
    assert record("small", [ARTICLE, other], endpoint(httpserver), tmp_path) == 0
    again = Pack(tmp_path / "small.jsonl").meta["seconds"]
    assert (len(asked), again["a"], list(again)) == (2, pack.meta["seconds"]["a"], ["a", "b"])
    record("small", [ARTICLE], endpoint(httpserver, anew=True), tmp_path)
    assert len(asked) == 3


def test_a_failed_run_loses_no_answer(httpserver: HTTPServer, tmp_path: Path) -> None:
    """Asked anew of an endpoint that is down, a run fails, and the pack keeps what it had."""
    (tmp_path / PROFILES).write_text('[profiles.small]\nmodel = "m"\nstrategy = "whole"\n', encoding="utf-8")
    served(httpserver)
    record("small", [ARTICLE], endpoint(httpserver), tmp_path)
    before = Pack(tmp_path / "small.jsonl")
    httpserver.clear()
    httpserver.expect_request("/v1/chat/completions").respond_with_data("no", status=401)
    assert record("small", [ARTICLE], endpoint(httpserver, anew=True), tmp_path) == 1
    after = Pack(tmp_path / "small.jsonl")
    assert list(after.rows()) == list(before.rows())
    assert after.meta["seconds"] == before.meta["seconds"]


def test_an_unknown_run_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """A profile that is not there ends with what to do, and exit code 2."""
    assert main(["nothing", "--base-url", "http://127.0.0.1:9/v1", "--engine", "x"]) == 2
    assert "nothing" in capsys.readouterr().err


def test_the_targets_stand_beside_what_is_reached(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each target has a row with figures of both runs, the seconds of the recording among them."""
    monkeypatch.setattr(sys, "argv", ["targets"])
    assert targets.main([]) == 0
    printed = [line for line in capsys.readouterr().out.splitlines() if line.startswith("| ")]
    told = {row.split("|")[1].strip(): [cell.strip() for cell in row.split("|")[2:-1]] for row in printed}
    assert {one.words for one in (*targets.TARGETS, targets.SECONDS)} < set(told)
    assert "–" not in {cell for cells in told.values() for cell in cells}
    assert targets.main(["--gold", str(Path(__file__).parent)]) == 2
