"""Workers: the same records from processes of their own, and nothing lost when one of them ends."""

import multiprocessing
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from evals.replay import PROFILES, RECORDINGS
from extract.articles import read_articles
from extract.asking.cache import ResponseCache
from extract.asking.packs import import_pack
from extract.errors import WorkerLost
from extract.extractor import Extractor, Options
from extract.making import at_a_time, workers
from extract.settings import Settings
from extract.workers import FEW
from schemas import Article, Failure, Record

UNDER_WAY = 2 * 2  # articles of two workers
SEEDS = Path(__file__).parent.parent / "seeds"
SAID = "President Ada Ruun and Prime Minister Bo Tarn spoke for {} minutes, the palace said. They agreed to meet again."


def many(count: int) -> Iterator[Article]:
    """So many articles, each of its own."""
    return (Article(id=f"a{number:03d}", text=SAID.format(number + 1)) for number in range(count))


def into(directory: Path, count: int, workers: int) -> list[Record | Failure | None]:
    """What the rules make of them, kept in `directory`."""
    return list(Extractor("rules", workers=workers).extract_into(directory, many(count)))


def test_workers_make_the_same_records_in_the_same_order(tmp_path: Path) -> None:
    """By two processes or by one, the file of records is the same to the byte."""
    alone, spread = into(tmp_path / "one", FEW + 14, 1), into(tmp_path / "two", FEW + 14, 2)
    assert spread == alone
    assert (tmp_path / "two" / "records.jsonl").read_bytes() == (tmp_path / "one" / "records.jsonl").read_bytes()


def test_a_worker_that_ends_loses_nothing(tmp_path: Path) -> None:
    """What a lost worker may have had under way fails by name, others read the rest, and the same call mends it."""
    count = FEW + 60
    results = []
    for result in Extractor("rules", workers=2).extract_into(tmp_path / "out", many(count)):
        results.append(result)
        if len(results) == FEW + 4:
            for worker in multiprocessing.active_children():
                worker.kill()
    failures = [result for result in results if isinstance(result, Failure)]
    assert len(results) == count
    assert {failure.error for failure in failures} == {WorkerLost.__name__}
    assert len(failures) <= UNDER_WAY
    assert all("--workers 1" in failure.advice for failure in failures)
    into(tmp_path / "out", count, 1)
    into(tmp_path / "whole", count, 1)
    assert (tmp_path / "out" / "records.jsonl").read_bytes() == (tmp_path / "whole" / "records.jsonl").read_bytes()


def test_workers_replay_recorded_answers(tmp_path: Path) -> None:
    """Offline, workers answer from the response cache as one process does, and count what they took from it."""
    with closing(ResponseCache(tmp_path / "cache")) as cache:
        import_pack(cache, RECORDINGS / "windows.jsonl")
    texts = [one for one in read_articles([SEEDS]) if isinstance(one, Article)]
    given = [one.model_copy(update={"id": f"{one.id}-{n}"}) for n in range(FEW // len(texts) + 1) for one in texts]
    profile = Options(profile="windows", config=RECORDINGS / PROFILES, cache_dir=tmp_path / "cache", offline=True)
    made = [list(Extractor(**(profile | Options(workers=n))).extract_articles(given)) for n in (1, 2)]
    assert made[0] == made[1]
    assert all(isinstance(one, Record) and one.provenance.usage.cached for one in made[1])


@pytest.mark.parametrize(
    ("settings", "processes", "articles"),
    [
        (Settings(workers=4), 4, 8),
        (Settings(workers=4, model="m", offline=True), 4, 8),
        (Settings(workers=4, model="m", base_url="http://127.0.0.1:9/v1", concurrency=1), 1, 1),
    ],
)
def test_workers_are_for_runs_that_ask_nobody(settings: Settings, processes: int, articles: int) -> None:
    """A run that asks waits for its answers, so it stays in one process, with as many articles at a time as are set."""
    assert (workers(settings, None), at_a_time(settings, None)) == (processes, articles)
