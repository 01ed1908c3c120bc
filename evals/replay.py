"""The name of a committed run in, what it gives now out: rules run anew, models answer from their recorded responses.

`recordings/readouts.toml` has a profile for each committed run, `recordings/<name>.jsonl` what its model answered.
Neither needs a key or a network.
"""

import tomllib
from collections.abc import Sequence
from pathlib import Path
from time import monotonic

from evals.gold_files import CHECKOUT, Labelled
from evals.runs import Recorded
from extract.errors import ConfigError
from schemas import Failure, Record

RECORDINGS = CHECKOUT / "evals" / "recordings"
PROFILES = "readouts.toml"


def committed_runs(folder: Path = RECORDINGS) -> list[str]:
    """The names of all committed runs, in the order of the file."""
    return list(tomllib.loads((folder / PROFILES).read_text(encoding="utf-8"))["profiles"])


def replay(name: str, labelled: Sequence[Labelled], folder: Path = RECORDINGS) -> Recorded:
    """What the committed run `name` makes of the labelled articles now.

    Raises:
        ConfigError: there is no such run.
        CacheError: its recording is damaged. An answer that is missing fails its article alone.

    """
    if name not in committed_runs(folder):
        raise ConfigError(f"no committed run {name}", f"There are: {', '.join(committed_runs(folder))}")
    from extract.asking.packs import Pack  # noqa: PLC0415 - heavy, and not needed to score records
    from extract.extractor import Extractor  # noqa: PLC0415

    pack = folder / f"{name}.jsonl"
    recordings = Pack(pack) if pack.exists() else None
    extractor = Extractor(recordings=recordings, profile=name, config=folder / PROFILES, offline=True)
    if extractor.settings.asks and recordings is None:
        raise ConfigError(f"{pack} is not there, and {name} asks a model", "Record it: readouts cache export FILE")
    started = monotonic()
    results = list(extractor.extract_articles(one.article for one in labelled))
    return Recorded(
        name,
        tuple(result for result in results if isinstance(result, Record)),
        tuple(result for result in results if isinstance(result, Failure)),
        monotonic() - started,
    )
