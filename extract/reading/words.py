"""The name of a list in `words.toml` in, its words out."""

import tomllib
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def _lists() -> dict[str, str]:
    return tomllib.loads(files("extract.reading").joinpath("words.toml").read_text(encoding="utf-8"))


def word_list(name: str) -> tuple[str, ...]:
    """The words of a list in the order of the file, in lower case.

    Raises:
        KeyError: there is no list of that name.

    """
    return tuple(_lists()[name].split())
