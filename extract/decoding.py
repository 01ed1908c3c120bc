"""The bytes of a file in, its text out: UTF-8, or what `charset-normalizer` recognises; anything else is an InputError.

Line ends stay as they are, so that offsets count the same characters for everyone. Only a byte order mark is dropped.
"""

import codecs
import re
from collections.abc import Iterable

from extract.errors import InputError

MAX_CHARS = 2_000_000  # an article of this length is about 800 newspaper pages; more is a file of something else
MAX_BYTES = 4 * MAX_CHARS

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_SAVE_AS_UTF8 = "Save it as UTF-8 text and run the same command again."


def decode(data: bytes) -> tuple[str, str]:
    """The text of `data` and the name of its encoding.

    Raises:
        InputError: binary, damaged UTF-8, or in no encoding that can be told.

    """
    if len(data) > MAX_BYTES:
        raise too_long(f"more than {MAX_BYTES:,} bytes")
    if data.startswith(_UTF16_MARKS):
        try:
            return data.decode("utf-16"), "utf-16"
        except UnicodeDecodeError as error:
            raise InputError(f"damaged UTF-16 at byte {error.start}", _SAVE_AS_UTF8) from None
    if b"\0" in data:
        raise InputError(f"a binary file (NUL at byte {data.index(0)})", "Give a text file.")
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError as error:
        return _decode_legacy(data, error.start)


def _decode_legacy(data: bytes, bad_byte: int) -> tuple[str, str]:
    replaced = data.decode(errors="replace")
    damaged = replaced.count("\ufffd")
    readable = sum(char > "\x7f" for char in replaced) - damaged  # in another encoding this happens by chance alone
    if 2 * readable > damaged or _surrogates_only(data):
        raise InputError(f"damaged UTF-8 at byte {bad_byte}", _SAVE_AS_UTF8)
    from charset_normalizer import from_bytes  # noqa: PLC0415 - slow to import, and rarely needed

    guesses = from_bytes(data)
    best = guesses.best()
    if best is None:
        raise InputError("neither UTF-8 nor in an encoding that can be told", _SAVE_AS_UTF8)
    # Western encodings differ in few characters, so that a short text leaves several guesses level. Of these,
    # windows-1252 is what the web's encoding standard reads unlabelled Western text as.
    level = (guess for guess in guesses if (guess.chaos, guess.coherence) == (best.chaos, best.coherence))
    encoding = "cp1252" if _any_could_be_cp1252(guess.could_be_from_charset for guess in level) else best.encoding
    return data.decode(encoding).removeprefix("\ufeff"), re.sub(r"^cp(125\d)$", r"windows-\1", encoding)


def _any_could_be_cp1252(charsets: Iterable[list[str]]) -> bool:
    return any("cp1252" in charset for charset in charsets)


def _surrogates_only(data: bytes) -> bool:
    try:
        data.decode("utf-8", errors="surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def check_text(text: str) -> None:
    """Let pass what can be an article's text.

    Raises:
        InputError: empty, over `MAX_CHARS`, binary, or with characters that UTF-8 cannot carry.

    """
    if len(text) > MAX_CHARS:
        raise too_long(f"{len(text):,} characters")
    if not text.strip():
        raise InputError("the text is empty", "Give an article with words in it, or leave it out.")
    if surrogate := _SURROGATE.search(text):
        raise InputError(
            f"a lone surrogate U+{ord(surrogate[0]):04X} at character {surrogate.start()}",
            "Mend the program that wrote the text: this is half of a character.",
        )
    if "\0" in text:
        raise InputError(f"a NUL at character {text.index(chr(0))}", "Give text; this is binary or damaged.")
    if 100 * len(_CONTROL.findall(text)) > len(text):
        raise InputError("a binary file (full of control characters)", "Give a text file.")


def too_long(size: str) -> InputError:
    """The error for an article that is larger than any article."""
    return InputError(
        f"{size}: longer than the limit of {MAX_CHARS:,} characters",
        "Split it into articles, for example as lines of a .jsonl file.",
    )
