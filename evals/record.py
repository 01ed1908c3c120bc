"""The name of a committed run and an endpoint in; the pack of what its model answers about labelled articles out.

    python -m evals.record windows --base-url http://127.0.0.1:8391/v1 --engine "llama.cpp server ..." [--gold DIR ...]

One article after the other, so that the seconds in the pack's head are those of one article at a time. What the pack
had before is not asked again, unless with `--anew`, which replaces it once all articles have an answer. Only an article
of which nothing was in the pack is timed.
"""

import argparse
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from evals.gold_files import GOLD, default_texts, load_labelled
from evals.replay import PROFILES, RECORDINGS
from extract.asking.cache import ResponseCache
from extract.asking.packs import Pack, export_pack, import_pack
from extract.errors import ReadoutsError
from extract.extractor import Extractor
from schemas import Article, Failure

LABELLED = [GOLD, GOLD / "invented", GOLD / "unseen"]


def record(name: str, articles: list[Article], endpoint: argparse.Namespace, folder: Path = RECORDINGS) -> int:
    """Write the pack `name` into `folder`, and return how many articles failed. Raises ReadoutsError."""
    path = folder / f"{name}.jsonl"
    before = Pack(path) if path.exists() and not endpoint.anew else None
    seconds: dict[str, float] = dict(before.meta.get("seconds", {})) if before else {}
    with tempfile.TemporaryDirectory() as kept:
        cache = ResponseCache(Path(kept))
        if before:
            import_pack(cache, path)
        extractor = Extractor(profile=name, config=folder / PROFILES, base_url=endpoint.base_url, cache_dir=Path(kept))
        meta: dict[str, object] = {
            "model": extractor.settings.model,
            "engine": endpoint.engine,
            "date": datetime.now(UTC).date().isoformat(),
            "parameters": f"strategy {extractor.settings.strategy}, temperature 0, seed 0",
            "seconds": seconds,
        }
        failed = len(articles)
        try:
            failed = sum(not _asked(extractor, article, seconds) for article in articles)
        finally:  # also where it is interrupted: what has come was paid for, and what was there stays
            if failed and path.exists():
                meta["seconds"] = {**Pack(path).meta.get("seconds", {}), **seconds}
                import_pack(cache, path)
            export_pack(cache, path, meta)
            cache.close()
    return failed


def _asked(extractor: Extractor, article: Article, seconds: dict[str, float]) -> bool:
    """Whether the article gave a record; how long it took is noted where all of it was asked just now."""
    started = monotonic()
    [result] = extractor.extract_articles([article])
    took = round(monotonic() - started, 1)
    if isinstance(result, Failure):
        print(f"{article.id} failed: {result.cause}", file=sys.stderr)
        return False
    usage = result.provenance.usage
    if usage.requests and not usage.cached:
        seconds[article.id] = took
    print(f"{article.id}: {took} s, {usage.requests} requests, {usage.cached} from the pack", file=sys.stderr)
    return True


def main(argv: list[str] | None = None) -> int:
    """Record one run. Exit code: 0 all articles, 3 some failed, 2 usage."""
    parser = argparse.ArgumentParser(prog="python -m evals.record", description=__doc__.splitlines()[0])
    parser.add_argument("run")
    parser.add_argument("--base-url", required=True, metavar="URL")
    parser.add_argument("--engine", required=True, help="what serves the model, in words, for the pack's head")
    parser.add_argument("--gold", type=Path, action="append", help="folder of labels; repeatable (default: all)")
    parser.add_argument("--anew", action="store_true", help="ask about everything again")
    args = parser.parse_args(argv)
    try:
        folders = args.gold or LABELLED
        articles = [one.article for folder in folders for one in load_labelled(folder, default_texts(folder))]
        return 3 if record(args.run, articles, args) else 0
    except ReadoutsError as error:
        print(error, error.advice, sep="\n", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
