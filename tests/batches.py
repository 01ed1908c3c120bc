"""Articles, records and folders of results: what the tests of batches share."""

import json
from pathlib import Path

from extract.extractor import Extractor
from schemas import Article, Failure, Provenance, Record


def article(name: str, text: str = "They spoke for an hour, the minister said.") -> Article:
    """An article of that id."""
    return Article(id=name, text=text)


def articles(count: int) -> list[Article]:
    """So many of them."""
    return [article(f"a{number}") for number in range(count)]


def record(of: Article, model: str = "rules") -> Record:
    """A record of nothing found."""
    made = Provenance(
        model=model, endpoint_host=None, strategy="rules", prompt_digest=None, schema_digest="s", tool_version="0"
    )
    return Record(article=of.info, provenance=made)


def read_lines(path: Path) -> list[dict[str, object]]:
    """What stands in a file of JSON lines."""
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def ids(directory: Path, name: str = "records.jsonl") -> list[object]:
    """The ids of its lines, in order."""
    return [line["article"]["id"] if "article" in line else line["id"] for line in read_lines(directory / name)]  # type: ignore[index]


def into(directory: Path, *given: Article | Failure) -> list[Record | Failure | None]:
    """What the rules make of these, kept in `directory`."""
    return list(Extractor("rules").extract_into(directory, given))
