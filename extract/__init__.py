"""Turns articles into verified facts: reading, rules, asking a model, verification, batches and the command line.

The names below are loaded when they are first used, so that `import extract` costs nothing.
"""

from importlib import import_module

TYPE_CHECKING = False  # type checkers take it for true; typing's own would double what `--help` costs
if TYPE_CHECKING:
    from extract.articles import read_articles
    from extract.errors import ReadoutsError
    from extract.extractor import Extractor, extract_article, extract_articles

_HOMES = {
    "Extractor": "extract.extractor",
    "ReadoutsError": "extract.errors",
    "extract_article": "extract.extractor",
    "extract_articles": "extract.extractor",
    "read_articles": "extract.articles",
}

__all__ = ["Extractor", "ReadoutsError", "extract_article", "extract_articles", "read_articles"]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
