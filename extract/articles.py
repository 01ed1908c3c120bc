"""Names of files, folders and `-` in, a stream of articles out; whatever cannot be read becomes a Failure in its place.

- `.txt` and `.md`: one article, with what `index.toml` beside it says (`extract.sidecar`), else the stem is its id.
- `.jsonl`: an article a line, `{"id", "text"}` and optionally `title`, `outlet`, `anchor_date`; other keys are ignored.
- a folder: its `.txt`, `.md` and `.jsonl` files in order of name, without subfolders and hidden files.
- `-`: standard input, as JSON Lines where it begins with `{"`, else as one text with the id `stdin`.

An article's id is any printable text; it is never used as a path. Of two articles with one id the second fails. Nothing
is kept of an article that has been passed on but 16 bytes of its id.
"""

import hashlib
import json
import logging
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from pydantic import ValidationError

from extract.decoding import MAX_BYTES, MAX_CHARS, check_text, decode, too_long
from extract.errors import InputError, ReadoutsError
from extract.sidecar import INDEX, Entry, first_problem, load_index, parse_date
from schemas import Article, Failure

SUFFIXES = (".txt", ".md", ".jsonl")
MAX_NAME = 500
_MAX_LINE = 12 * MAX_CHARS  # the longest that JSON can make of a text: a surrogate pair of escapes a character
_JSON_LINES = re.compile(rb'(\xef\xbb\xbf)?\s*\{\s*"')
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")

IndexOf = Callable[[Path], dict[str, Entry]]

_UNEXPECTED = "Check that the article can be read; if it can, this is a fault of readouts: please report it."

_log = logging.getLogger(__name__)


def read_articles(inputs: Iterable[str | Path], anchor: date | None = None) -> Iterator[Article | Failure]:
    """Every article of `inputs`, in order. `anchor` is the anchor date of those that bring none of their own."""
    seen: set[bytes] = set()
    index_of = lru_cache(maxsize=1)(load_index)
    for name in inputs:
        for found in _read_input(str(name), index_of):
            if isinstance(found, Failure):
                yield found
                continue
            key = hashlib.blake2b(found.id.encode(), digest_size=16).digest()
            if key in seen:
                cause = InputError("an earlier input has the same id", "Give each article an id of its own.")
                yield failed(found.id, str(name), cause)
                continue
            seen.add(key)
            yield found if found.anchor_date or not anchor else found.model_copy(update={"anchor_date": anchor})


def count_articles(inputs: Iterable[str | Path]) -> int | None:
    """How many articles there are, or None where that cannot be told without reading them."""
    count = 0
    for name in inputs:
        path = Path(name)
        try:
            files = [file for file in path.iterdir() if file.suffix.lower() in SUFFIXES] if path.is_dir() else [path]
        except OSError:
            return None
        if str(name) == "-" or any(file.suffix.lower() == ".jsonl" for file in files):
            return None
        count += len(files)
    return count


def failed(article: str, origin: str, error: Exception) -> Failure:
    """The failure of `article` (its id, or its origin where it has none), read from `origin`, because of `error`."""
    advice = error.advice if isinstance(error, ReadoutsError) else _UNEXPECTED
    cause = error.strerror or str(error) if isinstance(error, OSError) else str(error)
    return Failure(
        article=printable(article)[:MAX_NAME],
        origin=printable(origin),
        error=type(error).__name__,
        cause=printable(cause),
        advice=advice,
    )


def printable(text: str) -> str:
    """`text` on one line, safe to send to a terminal and to encode: U+FFFD stands for control characters."""
    return _UNPRINTABLE.sub("\ufffd", text)


def _read_input(name: str, index_of: IndexOf) -> Iterator[Article | Failure]:
    try:
        yield from _read_stdin() if name == "-" else _read_path(Path(name), index_of)
    except (InputError, OSError) as error:
        yield failed(name, name, error)


def _read_path(path: Path, index_of: IndexOf) -> Iterator[Article | Failure]:
    if path.is_dir():
        return _read_folder(path, index_of)
    if not path.exists():
        raise InputError("no such file or folder", "Check the name; `-` reads standard input.")
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(f"not one of {', '.join(SUFFIXES)}", "Rename it, or send it through `-`.")
    return _read_file(path, index_of)


def _read_folder(folder: Path, index_of: IndexOf) -> Iterator[Article | Failure]:
    files = sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES and not _passed_over(path))
    missing = index_of(folder).keys() - {path.name for path in files}
    if not files and not missing:
        raise InputError(f"a folder without {', '.join(SUFFIXES)} files", "Check the name; subfolders are not read.")
    for path in files:
        yield from _read_file(path, index_of)
    for name in sorted(missing):
        error = InputError(f"{INDEX} lists {name}, which is not there", f"Mend {folder / INDEX}.")
        yield failed(index_of(folder)[name].id or Path(name).stem, str(folder / INDEX), error)


def _passed_over(path: Path) -> bool:
    """Hidden, or there and no file. A link that leads nowhere stays in, and fails where it is read."""
    return path.name.startswith(".") or (path.exists() and not path.is_file())


def _read_file(path: Path, index_of: IndexOf) -> Iterator[Article | Failure]:
    if path.suffix.lower() == ".jsonl":
        with path.open("rb") as stream:
            yield from _read_lines(stream, str(path))
        return
    article = printable(path.stem)
    try:
        entry = index_of(path.parent).get(path.name) or Entry(file=path.name)
        article = entry.id or article
        yield _read_text(path, article, entry)
    except (InputError, OSError) as error:
        yield failed(article, str(path), error)


def _read_text(path: Path, article: str, entry: Entry) -> Article:
    with path.open("rb") as stream:
        data = stream.read(MAX_BYTES + 1)
    if entry.sha256 and entry.sha256.lower() != hashlib.sha256(data).hexdigest():
        index = path.parent / INDEX
        raise InputError(f"{path} is not the file whose sha256 {INDEX} gives", f"Restore the file, or correct {index}.")
    about = entry.model_dump(include={"title", "outlet", "anchor_date"})
    return _article({"id": article, "text": _text(data, str(path)), **about})


def _read_stdin() -> Iterator[Article | Failure]:
    with open(0, "rb", closefd=False) as stream:
        if _JSON_LINES.match(stream.peek(64)):
            yield from _read_lines(stream, "-")
            return
        try:
            yield _article({"id": "stdin", "text": _text(stream.read(MAX_BYTES + 1), "-")})
        except InputError as error:
            yield failed("stdin", "-", error)


def _read_lines(stream: BinaryIO, origin: str) -> Iterator[Article | Failure]:
    number = 0
    while line := stream.readline(_MAX_LINE + 1):
        number += 1
        where = f"{origin}:{number}"
        if len(line) > _MAX_LINE:
            while line and not line.endswith(b"\n"):
                line = stream.readline(_MAX_LINE)
            yield failed(where, where, too_long(f"more than {_MAX_LINE:,} bytes"))
        elif line.strip(b" \t\r\n\xef\xbb\xbf"):
            yield _read_line(line, where)


def _read_line(line: bytes, where: str) -> Article | Failure:
    name = where
    try:
        fields = _fields(line, where)
        name = str(fields.get("id") or where)
        return _article(fields)
    except InputError as error:
        return failed(name, where, error)


def _fields(line: bytes, where: str) -> dict[str, object]:
    """What a line of JSON says of an article. An id that is a whole number counts as the text of it."""
    try:
        fields = json.loads(line.decode("utf-8-sig"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise InputError(f"not JSON in UTF-8: {error}", f"Mend the line {where}.") from None
    if not isinstance(fields, dict):
        raise InputError("not a JSON object", 'Write {"id": …, "text": …} on each line.')
    known = {key: fields[key] for key in Article.model_fields if fields.get(key) is not None}
    if type(known.get("id")) is int:
        known["id"] = str(known["id"])
    return known


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not JSON")


def _text(data: bytes, origin: str) -> str:
    text, encoding = decode(data)
    if encoding != "utf-8":
        _log.warning("%s: read as %s", printable(origin), encoding)
    return text


def _article(fields: dict[str, object]) -> Article:
    """The article of these fields.

    Raises:
        InputError: a field is missing, of the wrong type, or holds what no article can.

    """
    if isinstance(text := fields.get("text"), str):
        check_text(text)  # before pydantic, which has no words for a lone surrogate
    try:
        article = Article.model_validate({**fields, "anchor_date": parse_date(fields.get("anchor_date"))})
    except ValidationError as error:
        raise InputError(first_problem(error), "Give id and text as text.") from None
    except ValueError as error:
        raise InputError(f"anchor_date: {error}", "Write it as YYYY-MM-DD, or leave it out.") from None
    check_article(article)
    return article


def check_article(article: Article) -> None:
    """Let pass what can be extracted from.

    Raises:
        InputError: the text is none (`extract.decoding`), or id, title or outlet are not printable.

    """
    for field in ("id", "title", "outlet"):
        value = getattr(article, field)
        if value is not None and (not value.strip() or len(value) > MAX_NAME or _UNPRINTABLE.search(value)):
            raise InputError(
                f"{field} is blank, over {MAX_NAME} characters or not printable", f"Give it another {field}."
            )
    check_text(article.text)
