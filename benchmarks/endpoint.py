"""Prints what an endpoint can do: which modes it honours and why not the others, then one article read through it.

    python -m benchmarks.endpoint --base-url http://127.0.0.1:8391/v1 -m MODEL [--strategy windows] [ARTICLE]

Asks the endpoint for real, and keeps no answer: each run costs what it costs. `docs/endpoint.md` holds a run against
llama.cpp's server.
"""

import argparse
import tempfile
from pathlib import Path
from time import perf_counter

from extract.articles import read_articles
from extract.cli import main as readouts
from extract.extractor import Extractor
from schemas import Failure

ROOT = Path(__file__).parents[1]
SHORTEST = ROOT / "seeds" / "002_7f7e1cca91fdfb5f.txt"


def main() -> int:
    """Print modes, then facts, requests, tokens and seconds of one article. Exit code: 0 read, 1 not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base-url", required=True)
    parser.add_argument("-m", "--model", required=True)
    parser.add_argument("--strategy", choices=("auto", "windows", "whole"), default="auto")
    parser.add_argument("article", nargs="?", default=str(SHORTEST))
    args = parser.parse_args()
    readouts(["doctor", "--base-url", args.base_url, "-m", args.model])
    with tempfile.TemporaryDirectory() as kept:
        extractor = Extractor(args.model, base_url=args.base_url, strategy=args.strategy, cache_dir=Path(kept))
        started = perf_counter()
        article = next(read_articles([args.article]))
        result = next(iter(extractor.extract_articles([article])))
        seconds = perf_counter() - started
    if isinstance(article, Failure) or isinstance(result, Failure):
        failed = article if isinstance(article, Failure) else result
        print(f"failed: {failed}")
        return 1
    used = result.provenance.usage
    print(f"\narticle     {result.article.id}, {result.article.chars} characters")
    print(f"strategy    {result.provenance.strategy}")
    print(f"facts       {len(result.facts)}, {len(result.rejected)} rejected")
    print(f"requests    {used.requests}, {used.prompt_tokens} tokens in, {used.completion_tokens} out")
    print(f"seconds     {seconds:.0f}")
    verbatim = all(span.stands_in(article.text) for fact in result.facts for span in fact.evidence)
    print(f"verbatim    {'every span' if verbatim else 'not every span'}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
