"""A reading and somebody to ask in; what the model reports, sentence by sentence, out.

An article is asked about in parts, in order, one after the other: every request begins with the same fixed part, which
a local server then reads once. A part whose answer is cut or of no use is asked about again in two halves, down to one
sentence, which then rests on the rules alone.
"""

import logging
from bisect import bisect_left
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.asking.endpoint import Endpoint, Question, is_loopback
from extract.errors import EmptyAnswer, InvalidAnswer, LengthStop
from extract.reading.article import Reading
from extract.reading.segment import Sentence
from extract.strategies.doubt import left_open
from extract.strategies.questions import Part, part_of
from extract.strategies.trust import WHOLE, WINDOWS
from prompts import Prompt, load
from schemas import Fact
from schemas.answer import AnswerFact

if TYPE_CHECKING:
    from extract.asking.asker import Asker

WINDOW = 4  # sentences; a small model loses its place in more
LONGEST_ANSWER = 8192  # tokens that a hosted model writes at most, unless it says more
LOCAL_CONTEXT, HOSTED_CONTEXT = 4096, 32768  # tokens, where none is configured
HOPELESS = 3  # sentences in a row without a usable answer, with none before: the model cannot do it

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Heard:
    """What a model reports, and the numbers of the sentences on which it gave a complete answer."""

    facts: tuple[AnswerFact, ...]
    sentences: frozenset[int]


def choose(endpoint: Endpoint) -> str:
    """The strategy that `auto` stands for.

    `windows` for a model on this machine, which is as a rule a small one, for a context under 8,192 tokens, and where
    no endpoint is configured; else `whole`, which splits an article that is too long for one request.
    """
    hosted = endpoint.base_url is not None and not is_loopback(endpoint.base_url)
    return WHOLE if hosted and context_of(endpoint) >= 2 * LOCAL_CONTEXT else WINDOWS


def context_of(endpoint: Endpoint) -> int:
    """Tokens of prompt and answer together: as configured, else what such endpoints hold at least."""
    hosted = endpoint.base_url is not None and not is_loopback(endpoint.base_url)
    return endpoint.context or (HOSTED_CONTEXT if hosted else LOCAL_CONTEXT)


def parts(reading: Reading, rules: Sequence[Fact], strategy: str, endpoint: Endpoint) -> list[Part]:
    """What is asked about at once: a window of what the rules leave open, or as much as context and answer hold."""
    prompt, context = load(strategy), context_of(endpoint)
    sentences = left_open(reading, rules) if strategy == WINDOWS else tuple(reading.sentences)
    most = WINDOW if strategy == WINDOWS else len(sentences)
    cut: list[Part] = []
    while sentences:
        cut.append(_longest(reading, sentences[:most], prompt, context))
        sentences = sentences[len(cut[-1].sentences) :]
    return cut


def _longest(reading: Reading, sentences: tuple[Sentence, ...], prompt: Prompt, context: int) -> Part:
    """As many of the sentences, from the first on, as fit the context; one at least."""

    def first(number: int) -> Part:
        return part_of(reading, sentences[:number], prompt)

    whole = first(len(sentences))
    if _fits(whole, context):
        return whole
    shorter = range(1, len(sentences))
    return first(max(1, bisect_left(shorter, 1, key=lambda number: not _fits(first(number), context))))


def planned(reading: Reading, rules: Sequence[Fact], strategy: str, endpoint: Endpoint) -> list[Question]:
    """What would be asked if every answer were usable: for saying beforehand what it takes."""
    return [part.question for part in parts(reading, rules, strategy, endpoint)]


async def inquire(reading: Reading, rules: Sequence[Fact], strategy: str, asker: "Asker") -> Heard:
    """All that the model reports of an article in which the rules found `rules`.

    Raises:
        ReadoutsError: the endpoint gives no answers, declines, or has yet to give a usable one after several sentences.

    """
    prompt = load(strategy)
    waiting = deque(parts(reading, rules, strategy, asker.endpoint))
    facts: list[AnswerFact] = []
    heard: set[int] = set()
    failed = 0
    while waiting:
        part = waiting.popleft()
        try:
            found = await _ask(part, asker)
        except (LengthStop, InvalidAnswer, EmptyAnswer) as error:
            if len(part.sentences) > 1:
                half = (len(part.sentences) + 1) // 2
                halves = part.sentences[half:], part.sentences[:half]
                waiting.extendleft(part_of(reading, sentences, prompt) for sentences in halves)
                continue
            failed += 1
            if failed == HOPELESS and not heard:
                raise
            _log.warning("%s; sentence %s rests on the rules alone", error, part.sentences[0].number)
        else:
            facts += found
            heard |= {sentence.number for sentence in part.sentences}
    return Heard(tuple(facts), frozenset(heard))


def _fits(part: Part, context: int) -> bool:
    return part.question.max_tokens <= LONGEST_ANSWER and part.tokens <= context


async def _ask(part: Part, asker: "Asker") -> list[AnswerFact]:
    if not _fits(part, context_of(asker.endpoint)):
        raise LengthStop(f"article {part.question.article}: the question does not fit the model's context")
    return (await asker.ask(part.question, part.form)).parsed.facts
