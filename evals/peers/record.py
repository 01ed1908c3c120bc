"""A peer's name and an endpoint in; its recording over the seed articles, for `python -m evals peers` to replay, out.

The peers want an environment of their own, for their pins and ours do not agree:

    python3 -m venv peers-env
    peers-env/bin/pip install -U pip  # 25.1 knows groups
    peers-env/bin/pip install -r requirements.lock
    peers-env/bin/pip install --group peers
    peers-env/bin/python -m evals.peers.record langextract --base-url URL -m MODEL --engine "llama.cpp server ..."

Articles that a recording already has are not asked about again; remove its file to begin anew. One article after the
other, so that the seconds are those of one request at a time.
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from time import monotonic
from typing import Any

from evals.gold_files import GOLD, TEXTS, load_labelled
from evals.peers.recording import RECORDINGS, PeerArticle, PeerRecording, load, save
from evals.peers.wire import Recorder
from extract.errors import ConfigError, ReadoutsError
from schemas import Article

PEERS = {"instructor": "evals.peers.with_instructor", "langextract": "evals.peers.with_langextract"}


def _one(peer: Any, recorder: Recorder, article: Article) -> PeerArticle:  # noqa: ANN401 - either module's Peer
    started = monotonic()
    facts, error = (), None
    try:
        facts = tuple(peer.facts(article))
    except Exception as raised:  # noqa: BLE001 - whatever a peer raises is its result for this article
        error = f"{type(raised).__name__}: {str(raised)[:500]}"
    return PeerArticle(
        article=article.id,
        sha256=article.info.sha256,
        seconds=round(monotonic() - started, 2),
        exchanges=recorder.taken(),
        facts=facts,
        error=error,
    )


def record(name: str, articles: Sequence[Article], endpoint: argparse.Namespace, folder: Path = RECORDINGS) -> Path:
    """Ask about every article that the recording in `folder` lacks, and save after each."""
    try:
        module, recorder = import_module(PEERS[name]), Recorder()
    except ImportError as error:
        raise ConfigError(f"{name} is not installed: {error}", "See evals/peers/record.py on how to record.") from None
    peer = module.Peer(endpoint.model, endpoint.base_url, recorder)
    path = folder / f"{name}.json"
    recording = (
        load(path)
        if path.exists()
        else PeerRecording(
            peer=name,
            versions={one: version(one) for one in module.DISTRIBUTIONS},
            model=endpoint.model,
            engine=endpoint.engine,
            recorded=datetime.now(UTC).date(),
            parameters=module.PARAMETERS,
        )
    )
    done = {one.article for one in recording.articles}
    for article in articles:
        if article.id in done:
            continue
        result = _one(peer, recorder, article)
        recording = recording.model_copy(update={"articles": (*recording.articles, result)})
        save(recording, folder)
        print(f"{name} {article.id}: {len(result.facts)} facts, {result.seconds} s, {result.error}", file=sys.stderr)
    return path


def main(argv: list[str] | None = None) -> int:
    """Record one peer over the labelled seed articles."""
    parser = argparse.ArgumentParser(prog="python -m evals.peers.record", description=__doc__.splitlines()[0])
    parser.add_argument("peer", choices=sorted(PEERS))
    parser.add_argument("--base-url", required=True, metavar="URL")
    parser.add_argument("-m", "--model", required=True)
    parser.add_argument("--engine", required=True, help="what serves the model, in words, for the table")
    args = parser.parse_args(argv)
    try:
        print(record(args.peer, [one.article for one in load_labelled(GOLD, [TEXTS])], args))
    except ReadoutsError as error:
        print(error, error.advice, sep="\n", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
