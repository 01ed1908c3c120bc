"""Words for a number and how exact it is in; a fraction, a plain decimal and a comparator out."""

import re
from fractions import Fraction

from extract.reading.words import word_list
from schemas import Comparator

SMALL = {word: value for value, word in enumerate(word_list("small_numbers"))}
TENS = {word: 10 * value for value, word in enumerate(word_list("tens"), start=2)}
_ORDINALS = word_list("ordinals")
_WORD_NUMBER = "|".join([*sorted(SMALL, key=len, reverse=True), *TENS])
_PARTS = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4), " and a half": Fraction(1, 2)}
_FIXED = {"a": Fraction(1), "an": Fraction(1), "a dozen": Fraction(12)}
_WITH_FRACTION = re.compile(r"\d+ \d/[1-9]")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_MOST_PLACES = 5

# Expressions for other modules to build on. Digits are bounded, so that no text makes them slow or too long to convert.
GROUPED_DIGITS, PLAIN_DIGITS = r"\d{1,12}(?:,\d{3}){1,6}", r"\d{1,12}(?:\.\d{1,9})?"
NUMBER = (
    rf"(?:{GROUPED_DIGITS}|{PLAIN_DIGITS}(?:\s\d/\d|[½¼¾])?"
    rf"|(?:{_WORD_NUMBER})(?:-(?:{_WORD_NUMBER}))?(?:\sand\sa\shalf)?|half\san?|an?|a\sdozen)"
)
# "Over" behind one of these says that something changes hands.
_NO_PARTICLE = "".join(
    rf"(?<!\b{verb}\s)" for verb in ["hand", "hands", "handed", "handing", "turn", "turned", "take", "took", "taken"]
)
_COMPARATORS = {
    Comparator.ABOUT: r"about|around|approximately|roughly|some|an estimated|circa|or so",
    Comparator.AT_LEAST: r"at least|no less than|no fewer than|not less than|a minimum of",
    Comparator.AT_MOST: r"at most|no more than|not more than|up to|a maximum of|no longer than|within",
    Comparator.NEARLY: r"nearly|almost|(?:just|a little|slightly) (?:under|less than)|just short of|close to",
    Comparator.MORE_THAN: (
        rf"(?:(?:just|a little|slightly) )?more than|(?:just|a little|slightly) over|{_NO_PARTICLE}over|longer than"
        "|well over|upwards of|in excess of"
    ),
}
COMPARATOR = "|".join(f"(?P<{name}>{words})" for name, words in _COMPARATORS.items())


def comparator(match: re.Match[str]) -> Comparator:
    """How a match of an expression with `COMPARATOR` in it bounds the truth."""
    return next((name for name in _COMPARATORS if match[name]), Comparator.EXACTLY)


def number(words: str) -> Fraction | None:
    """A number in digits or English words: "2 1/2", "two and a half", "1,200", "twenty-one", "half an"; else None."""
    words = words.lower().strip().replace(",", "")
    if words.startswith("half"):
        return Fraction(1, 2)
    if words in _ORDINALS:
        return Fraction(_ORDINALS.index(words) + 1)
    if _WITH_FRACTION.fullmatch(words):
        whole, part = words.split()
        return int(whole) + Fraction(part)
    part_of_one = Fraction(0)
    for ending, part_value in _PARTS.items():
        if words.endswith(ending):
            words, part_of_one = words.removesuffix(ending).strip() or "0", part_value
    known = _plain(words)
    return None if known is None else known + part_of_one


def _plain(words: str) -> Fraction | None:
    """A whole or decimal number, in digits or words."""
    if words in _FIXED:
        return _FIXED[words]
    if _DIGITS.fullmatch(words):
        return Fraction(words)
    parts = [SMALL.get(part, TENS.get(part)) for part in words.split("-")]
    return None if None in parts else Fraction(sum(part for part in parts if part is not None))


def decimal(amount: Fraction) -> str:
    """The plain decimal of a number, rounded to five places."""
    if amount.denominator == 1:
        return str(amount.numerator)
    return f"{float(amount):.{_MOST_PLACES}f}".rstrip("0").rstrip(".")
