"""The wire to an endpoint: one host, no redirects, capped and decompressed bodies; and real servers on loopback."""

import gzip
import json
import tracemalloc
import zlib
from collections.abc import AsyncIterator

import httpx2
import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response

from extract.asking.asker import Asker
from extract.asking.cache import ResponseCache
from extract.asking.endpoint import Endpoint, Mode, Question
from extract.asking.wire import Wire
from extract.errors import ConfigError, EndpointDown, EndpointError, ReadoutsError, ResponseTooLarge
from tests.fakes import HOSTED, LOCAL, MODEL, FakeModel, completion
from tests.test_asking_faults import Word

BODY = json.dumps({"messages": [{"role": "user", "content": "Who agreed?"}], "max_tokens": 5}).encode()


async def _fetched(response: httpx2.Response, cap: int = 1000) -> bytes:
    """What a wire makes of a response."""
    wire = Wire(HOSTED, httpx2.MockTransport(lambda _: response), cap=cap)
    request = httpx2.Request("POST", "https://models.example/v1/chat/completions", content=BODY)
    return await (await wire.handle_async_request(request)).aread()


@pytest.mark.parametrize("encoding", ["identity", "gzip", "deflate"])
async def test_a_body_is_capped_as_inflated(encoding: str) -> None:
    """A few bytes that inflate beyond the cap are refused before they do: memory stays small."""
    body = b" " * 20_000_000
    sent = {"gzip": gzip.compress(body), "deflate": zlib.compress(body), "identity": body}[encoding]
    response = httpx2.Response(200, headers={"content-encoding": encoding}, stream=httpx2.ByteStream(sent))
    tracemalloc.start()
    with pytest.raises(ResponseTooLarge):
        await _fetched(response)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert encoding == "identity" or peak < 2_000_000


@pytest.mark.parametrize("size", [1, 7, 100_000])
async def test_a_gzip_body_in_pieces_is_whole(size: int) -> None:
    """Compression is undone across chunks of any size."""
    body = json.dumps(completion("x" * 300)).encode()
    sent = gzip.compress(body)

    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(sent), size):
            yield sent[start : start + size]

    response = httpx2.Response(200, headers={"content-encoding": "gzip"}, content=pieces())
    assert await _fetched(response) == body


async def test_what_is_not_gzip_is_said() -> None:
    """A body that is not what its header says, or in an encoding nobody asked for, is an EndpointError."""
    for encoding in ("gzip", "br"):
        response = httpx2.Response(200, headers={"content-encoding": encoding}, stream=httpx2.ByteStream(b"plain"))
        with pytest.raises(EndpointError):
            await _fetched(response)


async def test_a_wire_leads_to_one_host_only() -> None:
    """A request for another host is stopped before it is sent."""
    model = FakeModel(lambda _: {"word": "yes"})
    with pytest.raises(ReadoutsError, match="stopped"):
        await Wire(HOSTED, model).handle_async_request(
            httpx2.Request("POST", "https://evil.example/v1/chat/completions", content=BODY)
        )
    assert not model.requests


async def test_a_redirect_is_not_followed(cache: ResponseCache, httpserver: HTTPServer) -> None:
    """A real server that redirects is asked once, and where it points to never."""
    httpserver.expect_request("/v1/chat/completions").respond_with_response(
        Response(status=307, headers={"location": httpserver.url_for("/elsewhere")})
    )
    endpoint = Endpoint(MODEL, httpserver.url_for("/v1"), mode=Mode.TOOLS, longest_wait=0)
    async with Asker(endpoint, cache) as asker:
        with pytest.raises(EndpointError, match="redirects"):
            await asker.ask(Question("a", "b", "c", 5), Word)
    assert [request.path for request, _ in httpserver.log] == ["/v1/chat/completions"]


async def test_a_real_server_is_asked_and_replayed(cache: ResponseCache, httpserver: HTTPServer) -> None:
    """Over loopback and the real transport an answer comes once, and then from the cache."""
    answer = completion(calls=[("Word", '{"word": "yes"}')], finish="tool_calls")
    httpserver.expect_request("/v1/chat/completions", method="POST").respond_with_json(answer)
    endpoint = Endpoint(MODEL, httpserver.url_for("/v1"), mode=Mode.TOOLS)
    async with Asker(endpoint, cache) as asker:
        for _ in range(2):
            assert (await asker.ask(Question("a", "b", "c", 5), Word)).parsed.word == "yes"
    assert len(httpserver.log) == 1


async def test_nobody_there_is_an_endpoint_down(cache: ResponseCache, unused_tcp_port: int) -> None:
    """A closed port on this machine is EndpointDown."""
    endpoint = Endpoint(MODEL, f"http://127.0.0.1:{unused_tcp_port}/v1", longest_wait=0)
    async with Asker(endpoint, cache) as asker:
        with pytest.raises(EndpointDown, match=r"127\.0\.0\.1"):
            await asker.ask(Question("a", "b", "c", 5), Word)


@pytest.mark.parametrize("proxy", ["socks5://user:secret@proxy.example:1", "::", "ftp://proxy.example"])
def test_a_proxy_that_cannot_be_used_is_said(monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    """A proxy of the environment may be unusable: a ConfigError that does not repeat it, and none on loopback."""
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    monkeypatch.setenv("HTTP_PROXY", proxy)
    with pytest.raises(ConfigError) as caught:
        Wire(HOSTED)
    assert "secret" not in str(caught.value)
    Wire(LOCAL)
