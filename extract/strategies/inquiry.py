"""A reading and somebody to ask in; what the model reports, sentence by sentence, out.

An article is asked about in parts, in order, one after the other: every request begins with the same fixed part, which
a local server then reads once. A part whose answer is cut or of no use is asked about again in two halves, down to one
sentence, which then rests on the rules alone.
"""

import logging
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.asking.endpoint import Endpoint, Question, is_loopback
from extract.errors import EmptyAnswer, InvalidAnswer, LengthStop
from extract.reading.article import Reading
from extract.reading.segment import Sentence
from extract.strategies.doubt import left_open
from extract.strategies.questions import longest_answer, names_for, question, tokens_needed
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

Part = tuple[Sentence, ...]
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
    sentences = left_open(reading, rules) if strategy == WINDOWS else reading.sentences
    most = WINDOW if strategy == WINDOWS else len(sentences)
    cut: list[Part] = []
    here: Part = ()
    for sentence in sentences:
        if here and (len(here) == most or not _fits(reading, (*here, sentence), prompt, context)):
            cut.append(here)
            here = ()
        here = (*here, sentence)
    return [*cut, here] if here else cut


def planned(reading: Reading, rules: Sequence[Fact], strategy: str, endpoint: Endpoint) -> list[Question]:
    """What would be asked if every answer were usable: for saying beforehand what it takes."""
    prompt = load(strategy)
    return [question(reading, part, prompt)[0] for part in parts(reading, rules, strategy, endpoint)]


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
            found = await _ask(reading, part, prompt, asker)
        except (LengthStop, InvalidAnswer, EmptyAnswer) as error:
            if len(part) > 1:
                half = (len(part) + 1) // 2
                waiting.extendleft((part[half:], part[:half]))
                continue
            failed += 1
            if failed == HOPELESS and not heard:
                raise
            _log.warning("%s; sentence %s rests on the rules alone", error, part[0].number)
        else:
            facts += found
            heard |= {sentence.number for sentence in part}
    return Heard(tuple(facts), frozenset(heard))


def _fits(reading: Reading, part: Part, prompt: Prompt, context: int) -> bool:
    answer = longest_answer(part, names_for(reading, part))
    return answer <= LONGEST_ANSWER and tokens_needed(reading, part, prompt) <= context


async def _ask(reading: Reading, part: Part, prompt: Prompt, asker: "Asker") -> list[AnswerFact]:
    if not _fits(reading, part, prompt, context_of(asker.endpoint)):
        raise LengthStop(f"article {reading.article.id}: the question does not fit the model's context")
    asked, form = question(reading, part, prompt)
    return (await asker.ask(asked, form)).parsed.facts
