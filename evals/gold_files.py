"""A folder of labels and the articles they are about in; each labelled article with its text out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from extract.articles import read_articles
from extract.errors import InputError
from extract.sidecar import INDEX
from schemas import Article, GoldArticle, GoldEvent, Schema

CHECKOUT = Path(__file__).resolve().parents[1]
GOLD = CHECKOUT / "evals" / "gold"
TEXTS = CHECKOUT / "seeds"
EVENT = "event.gold.json"
_SUFFIX = ".gold.json"

Model = TypeVar("Model", bound=Schema)


@dataclass(frozen=True)
class Labelled:
    """One article and its labels."""

    gold: GoldArticle
    article: Article


def _parsed(path: Path, model: type[Model]) -> Model:
    try:
        return model.model_validate_json(path.read_bytes())
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}", "Check the name.") from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise InputError(f"{path}: {where}: {first['msg']}", "See: readouts schema gold") from None


def load_gold(folder: Path) -> dict[str, GoldArticle]:
    """The labels of every article in `folder`, by article id, in order of file name.

    Raises:
        InputError: there are none, a file does not fit the schema, or two are about one article.

    """
    paths = [path for path in sorted(folder.glob(f"*{_SUFFIX}")) if path.name != EVENT]
    if not paths:
        raise InputError(f"no *{_SUFFIX} files in {folder}", "Give the folder of your labels: --gold DIR")
    gold: dict[str, GoldArticle] = {}
    for path in paths:
        labels = _parsed(path, GoldArticle)
        if labels.article.id in gold:
            raise InputError(f"{path}: article {labels.article.id} is labelled twice", "Keep one file an article.")
        gold[labels.article.id] = labels
    return gold


def load_event(folder: Path) -> GoldEvent | None:
    """What the labels say across articles, None where they say nothing. Raises InputError."""
    path = folder / EVENT
    return _parsed(path, GoldEvent) if path.exists() else None


def read_texts(inputs: Iterable[Path]) -> dict[str, Article]:
    """Every readable article of `inputs` (files or folders), by the SHA-256 of its text. The first of two stays."""
    articles: dict[str, Article] = {}
    for source in inputs:
        for article in read_articles([source]):
            if isinstance(article, Article):
                articles.setdefault(article.info.sha256, article)
    return articles


def load_labelled(folder: Path, texts: Sequence[Path] = (TEXTS,)) -> list[Labelled]:
    """The labels in `folder`, each with its article from `texts`. Raises InputError where a text is missing."""
    found = read_texts(texts)
    labelled = []
    for gold in load_gold(folder).values():
        if gold.article.sha256 not in found:
            places = ", ".join(map(str, texts)) or "nowhere"
            raise InputError(
                f"the text of article {gold.article.id} (sha256 {gold.article.sha256[:12]}…) is not in {places}",
                "Say where the labelled articles are, byte for byte: --texts DIR",
            )
        labelled.append(Labelled(gold, found[gold.article.sha256]))
    return labelled


def default_texts(folder: Path) -> list[Path]:
    """Where the articles of `folder`'s labels are: in it, if it has an index, else in the seeds."""
    return [folder] if (folder / INDEX).exists() else [TEXTS]


def gold_digest(gold: Iterable[GoldArticle]) -> str:
    """SHA-256 over all labels, in hex: two figures compare only where it is the same."""
    digest = sha256()
    for labels in sorted(gold, key=lambda labels: labels.article.id):
        digest.update(labels.model_dump_json().encode())
    return digest.hexdigest()
