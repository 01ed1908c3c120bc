"""Prints articles a second: rules and each committed recording, on one core and by workers; plain instructor beside.

    python -m benchmarks.throughput

A replay asks nobody: its answers are those of `evals/recordings/`. Plain `instructor` is answered at once with what it
was answered when it was recorded, one request an article, and checks nothing but the schema. No text is read twice, but
for replays, whose answers are for one text. Workers are counted from when they are all under way.
"""

import gc
import json
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
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
from extract.asking.cache import ResponseCache
from extract.asking.packs import Pack, import_pack
from extract.commands.flags import cores
from extract.extractor import Extractor, Options
from extract.strategies import read_by_rules
from schemas import Article, Record

ROUNDS, SECONDS = 12, 0.5  # of what runs on one core
WARM_UP, COUNTED = 80, 400  # articles of a run by workers


def articles() -> list[Article]:
    """The seed articles."""
    return [one for one in read_articles([TEXTS]) if isinstance(one, Article)]


def others(texts: list[Article]) -> Iterator[Article]:
    """The same articles again and again, each with a last line and an id of its own."""
    for number in count():
        for one in texts:
            changed = {"id": f"{one.id}-{number}", "text": f"{one.text}\nReport {number}."}
            yield one.model_copy(update=changed)


def rate(work: Callable[[], int]) -> float:
    """Articles per second of processor time in the best of some rounds: `work` does some and says how many.

    As with `timeit`, the other rounds tell what else the machine was doing.
    """
    work()
    return max(_round(work) for _ in range(ROUNDS))


def _round(work: Callable[[], int]) -> float:
    started, done = process_time(), 0
    while process_time() - started < SECONDS:
        done += work()
    return done / (process_time() - started)


def rules(texts: list[Article]) -> float:
    """Articles a second by rules."""
    source = others(texts)
    return rate(lambda: len([read_by_rules(article) for article in islice(source, len(texts))]))


def replay(name: str, texts: list[Article]) -> float:
    """Articles a second with every answer recorded."""
    recordings = Pack(PACKS / f"{name}.jsonl")

    def once() -> int:
        extractor = Extractor(recordings=recordings, profile=name, config=PACKS / PROFILES, offline=True)
        return sum(isinstance(result, Record) for result in extractor.extract_articles(texts))

    return rate(once)


def by_workers(name: str, texts: list[Article]) -> float:
    """Articles per second of time, a worker a core, answers from the response cache."""
    with TemporaryDirectory() as folder:
        if (pack := PACKS / f"{name}.jsonl").exists():
            with closing(ResponseCache(Path(folder))) as cache:
                import_pack(cache, pack)
        options = Options(profile=name, config=PACKS / PROFILES, offline=True, cache_dir=folder, workers=cores())
        again = (one.model_copy(update={"id": f"{one.id}-{number}"}) for number in count() for one in texts)
        source = others(texts) if name == "rules" else again
        with closing(Extractor(**options).extract_articles(islice(source, WARM_UP + COUNTED))) as results:
            made = sum(isinstance(result, Record) for result in islice(results, WARM_UP))
            started = perf_counter()
            made += sum(isinstance(result, Record) for result in results)
            took = perf_counter() - started
    if made != WARM_UP + COUNTED:
        raise SystemExit(f"only {made} of {WARM_UP + COUNTED} articles were read")
    return COUNTED / took


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
    gc.freeze()  # as the command does; the libraries of the peers would be looked through as well
    parsed = plain_instructor(load(RECORDINGS / "instructor.json"))
    workers = f"{cores()} workers"
    for name in committed_runs():
        alone = rules(texts) if name == "rules" else replay(name, texts)
        label = name if name == "rules" else f"replay of {name}"
        print(f"{label + ', one core':32}{alone:8.1f} articles/s, {alone / parsed:.2f} times plain instructor")
        print(f"{label + ', ' + workers:32}{by_workers(name, texts):8.1f} articles/s")
    print(f"{'plain instructor, answered':32}{parsed:8.1f} articles/s")


if __name__ == "__main__":
    main()
