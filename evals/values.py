"""Two typed values or quotes in, whether they state the same; one value and its article, whether it was made up."""

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from evals.names import same_name
from schemas import Quote, QuoteMode, Value, ValueType

_DURATION = re.compile(r"P(?:(?P<Y>[\d.]+)Y)?(?:(?P<M>[\d.]+)M)?(?:(?P<W>[\d.]+)W)?(?:(?P<D>[\d.]+)D)?(?:T(?P<T>.+))?")
_CLOCK = re.compile(r"(?:(?P<H>[\d.]+)H)?(?:(?P<M>[\d.]+)M)?(?:(?P<S>[\d.]+)S)?")
_EDGES = " \t\n\r\u00a0,.;:…'\"‘’“”«»"


def _decimal(digits: str | None) -> Decimal:
    return Decimal(digits or 0)


def _duration(iso: str) -> tuple[Decimal, Decimal]:
    """Months and seconds: a month has no fixed length, a week, a day and an hour have."""
    whole = _DURATION.fullmatch(iso)
    clock = _CLOCK.fullmatch((whole and whole["T"]) or "")
    if not whole or not clock:
        raise ValueError(iso)
    days = 7 * _decimal(whole["W"]) + _decimal(whole["D"])
    seconds = 3600 * _decimal(clock["H"]) + 60 * _decimal(clock["M"]) + _decimal(clock["S"])
    return 12 * _decimal(whole["Y"]) + _decimal(whole["M"]), 86400 * days + seconds


def _comparable(value: Value) -> object:
    """The value in a form where equal means the same: PT90M is PT1.5H, 10:00-04:00 is 14:00Z, 1.0 is 1."""
    iso = value.iso or ""
    try:
        match value.type:
            case ValueType.DURATION:
                return _duration(iso)
            case ValueType.INSTANT:
                instant = datetime.fromisoformat(iso)
                return instant.timestamp() if instant.tzinfo else instant
            case ValueType.NUMBER:
                number = Decimal(iso)
                return number if number.is_finite() else iso  # a model may write "sNaN", which compares with nothing
            case ValueType.DATE:
                return iso
    except (ValueError, InvalidOperation):
        return iso


def same_value(predicted: Value | None, gold: Value | None) -> bool:
    """Same type, same comparator, same quantity; where the labels settle no quantity, the same phrase."""
    if predicted is None or gold is None:
        return predicted is gold
    if (predicted.type, predicted.comparator) != (gold.type, gold.comparator):
        return False
    if gold.iso is None:
        return predicted.iso is None and _bare(predicted.as_written) == _bare(gold.as_written)
    return predicted.iso is not None and _comparable(predicted) == _comparable(gold)


def made_up(value: Value, text: str, anchor: date | None) -> bool:
    """Whether the phrase is not in `text`, or the year is given by neither the text nor an anchor date."""
    if value.as_written not in text:
        return True
    if anchor is not None or value.iso is None or value.type not in {ValueType.DATE, ValueType.INSTANT}:
        return False
    return value.iso[:4] not in text


def _bare(words: str) -> str:
    """`words` with single spaces and without marks at the edges; a comma inside the closing mark is the writer's."""
    return " ".join(words.split()).strip(_EDGES)


def said(quote: Quote | None) -> Quote | None:
    """The quote if it claims words between quotation marks; reported speech claims none."""
    return quote if quote and quote.mode is not QuoteMode.INDIRECT else None


def same_quote(predicted: Quote | None, gold: Quote | None) -> bool:
    """The very same words, by the same speaker."""
    ours, theirs = said(predicted), said(gold)
    if ours is None or theirs is None:
        return ours is theirs
    if _bare(ours.text) != _bare(theirs.text):
        return False
    if ours.speaker is None or theirs.speaker is None:
        return ours.speaker == theirs.speaker
    return same_name(ours.speaker, theirs.speaker)
