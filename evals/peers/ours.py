"""The name of a committed run in; its records, and the tokens and seconds that its recorded answers took, out."""

import json
from collections.abc import Sequence
from pathlib import Path

from evals.gold_files import Labelled
from evals.replay import PROFILES, RECORDINGS, replay
from evals.runs import Recorded
from extract.asking.packs import Pack
from extract.extractor import Extractor
from schemas import Failure, Record, Usage


class CountedPack(Pack):
    """A pack that adds up what its answers cost when they were recorded."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.spent = Usage()
        self._asked: set[str] = set()

    def get(self, key: str) -> bytes | None:
        """The body under `key`, and its tokens on the bill, once."""
        body = super().get(key)
        if body is not None and key not in self._asked:
            self._asked.add(key)
            told = json.loads(body).get("usage") or {}
            self.spent += Usage(
                prompt_tokens=told.get("prompt_tokens", 0),
                completion_tokens=told.get("completion_tokens", 0),
                requests=1,
            )
        return body


def with_tokens(name: str, labelled: Sequence[Labelled]) -> tuple[Recorded, Usage]:
    """The committed run `name` over the labelled articles, and what its answers cost; nothing for rules."""
    path = RECORDINGS / f"{name}.jsonl"
    if not path.exists():
        return replay(name, labelled), Usage()
    pack = CountedPack(path)
    extractor = Extractor(recordings=pack, profile=name, config=RECORDINGS / PROFILES, offline=True)
    results = list(extractor.extract_articles(one.article for one in labelled))
    records = tuple(result for result in results if isinstance(result, Record))
    failures = tuple(result for result in results if isinstance(result, Failure))
    took = pack.meta.get("seconds", {})
    known = [took[record.article.id] for record in records if record.article.id in took]
    seconds = sum(known) if len(known) == len(records) else None
    return Recorded(name, records, failures, seconds), pack.spent
