"""Labelled articles and a model in, a folder of records for each repeat out: the one part that asks a model."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from evals.gold_files import Labelled
from evals.runs import REPEAT
from extract.extractor import Extractor
from schemas import Failure

CACHE = "cache"


def record_repeats(
    directory: Path, labelled: Sequence[Labelled], repeats: int, extractor_with: Callable[[Path], Extractor]
) -> bool:
    """`repeats` passes into folders of `directory`, told on stderr as they end; whether every article has a record.

    `extractor_with` gives the extractor for a cache directory: each pass has its own, for from a shared one every
    repeat would come out like the first. The same call again does only what is missing.

    Raises:
        ReadoutsError: the settings cannot work, or the directory cannot be written.

    """
    articles = [one.article for one in labelled]
    complete = True
    for number in range(1, repeats + 1):
        folder = directory / f"{REPEAT}{number}"
        results = extractor_with(folder / CACHE).extract_into(folder, articles, [article.id for article in articles])
        failed = [result for result in results if isinstance(result, Failure)]
        print(f"repeat {number} of {repeats}: {len(articles) - len(failed)} records", file=sys.stderr)
        for failure in failed:
            print(f"  {failure.article} failed: {failure.cause}", file=sys.stderr)
        complete = complete and not failed
    return complete
