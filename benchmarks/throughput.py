"""Prints articles a second on one core: rules, each committed recording answered from cache; plain instructor beside.

    python -m benchmarks.throughput

A replay asks nobody: its answers are those of `evals/recordings/`. Plain `instructor` is answered at once with what it
was answered when it was recorded, one request an article, and checks nothing but the schema.
"""

import json
from collections.abc import Callable
from time import process_time
from typing import Any

import httpx2
import instructor
import openai

from evals.gold_files import TEXTS
from evals.peers.recording import RECORDINGS, PeerRecording, load
from evals.peers.task import PeerFacts
from evals.replay import PROFILES, committed_runs
from evals.replay import RECORDINGS as PACKS
from extract.articles import read_articles
from extract.asking.packs import Pack
from extract.extractor import Extractor
from extract.strategies import read_by_rules
from schemas import Article, Record

SECONDS = 4.0


def articles() -> list[Article]:
    """The seed articles."""
    return [one for one in read_articles([TEXTS]) if isinstance(one, Article)]


def rate(work: Callable[[], int]) -> float:
    """Articles per second of processor time: `work` does some and says how many."""
    work()
    started, done = process_time(), 0
    while process_time() - started < SECONDS:
        done += work()
    return done / (process_time() - started)


def rules(texts: list[Article]) -> float:
    """Articles a second by rules."""
    return rate(lambda: len([read_by_rules(article) for article in texts]))


def replay(name: str, texts: list[Article]) -> float:
    """Articles a second with every answer recorded."""
    recordings = Pack(PACKS / f"{name}.jsonl")

    def once() -> int:
        extractor = Extractor(recordings=recordings, profile=name, config=PACKS / PROFILES, offline=True)
        return sum(isinstance(result, Record) for result in extractor.extract_articles(texts))

    return rate(once)


def plain_instructor(recording: PeerRecording) -> float:
    """Articles a second of a client that is answered at once with the recorded bodies."""
    bodies = [done.exchanges[0].body for done in recording.articles if done.error is None and done.exchanges]
    at: list[Any] = []

    def answer(_: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, text=json.dumps(at[-1]))

    transport = httpx2.Client(transport=httpx2.MockTransport(answer))
    client = instructor.from_openai(
        openai.OpenAI(base_url="http://127.0.0.1:9/v1", api_key="none", max_retries=0, http_client=transport)
    )

    def once() -> int:
        for body in bodies:
            at.append(body)
            client.chat.completions.create(
                model=recording.model,
                response_model=PeerFacts,
                max_retries=0,
                messages=[{"role": "user", "content": "recorded"}],
            )
        return len(bodies)

    return rate(once)


def main() -> None:
    """Print each figure that can be had here."""
    texts = articles()
    print(f"{'rules':32}{rules(texts):8.1f} articles/s")
    parsed = plain_instructor(load(RECORDINGS / "instructor.json"))
    for name in (name for name in committed_runs() if (PACKS / f"{name}.jsonl").exists()):
        replayed = replay(name, texts)
        print(f"{'replay of ' + name:32}{replayed:8.1f} articles/s, {replayed / parsed:.2f} times plain instructor")
    print(f"{'plain instructor, answered':32}{parsed:8.1f} articles/s")


if __name__ == "__main__":
    main()
