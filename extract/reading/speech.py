"""A sentence in; its verbs of speech out, and what the words around a verb tell of its subject and content.

Nothing here knows who speaks: it is the grammar of "said", and the frames are made of it.
"""

import re
from itertools import islice

from extract.reading.dates import WEEKDAY
from extract.reading.keyed import Keyed, Words
from extract.reading.segment import Sentence
from extract.reading.words import word_list

_SPEECH = word_list("speech")
_VERB = Keyed(
    rf"\b(?:{'|'.join(_SPEECH)}|points? out|pointed out|as saying)\b",
    " ".join([*_SPEECH, "point", "points", "pointed", "as"]),
)
_OF_SEVERAL = frozenset(verb for verb in _SPEECH if f"{verb}s" in _SPEECH) - {"read"}
_AUXILIARY = re.compile(
    r"(?:,\s(?:meanwhile|however|in turn|for (?:his|her|its|their) part),\s?)?\s?"
    r"(?:\b(?:has|have|had|also|later|further|previously|repeatedly|separately|then|publicly|again|earlier|meanwhile|however"
    r"|subsequently|reportedly|already|since|was quoted|were quoted|went on to)\b\s?)*$"
)
# A verb behind these is not the sentence's own: an infinitive, a relative clause, a clause of time, a noun.
_NOT_MAIN = re.compile(
    r"\b(?:to|who|which|who (?:has|have|had)|that|as|not|[Ww]hen [^,]{0,60}|[Ii]f [^,]{0,60}|where [^,]{0,60}"
    r"|the|an?|his|her|its|their|no|of|any|\w{1,40}[’']s)\s$"
)
_IS_DONE = re.compile(r"\b(?:was|were|been|being)\s(?:[a-z]+ly\s)?$")  # before a verb: it is done to its subject
_A_WORD = re.compile(r"\s(?:a word\b|nothing(?=[.,;]|\s(?:of|about|on|to)\b))")  # behind a verb: nothing is told
# Verbs that a name behind them is the object of.
_DIRECTED = re.compile(
    r"told|tell|accus|prais|hail|remind|welcom|describ|reject|dismiss|den[iy]|signal|express|summari"
)
_TELLING = re.compile(r"sa(?:id|ys?)|add|told|report|warn|not(?:ed|es)|insist|stress|announc|claim|explain")
_DENIES = re.compile(r"den(?:y|ies|ied)|reject|disput|dismiss")
# What may follow a verb of speech whose content stands before it: where, when, to whom.
_TAIL_START = re.compile(
    r"\s?(?:[.,;”’\"]|$|(?:to|with|in|on|at|during|aboard|via|after|before|ahead|of|by|from|for|late|early|last|again"
    rf"|yesterday|today|earlier|without|when|as|{WEEKDAY})\b)"
)
_LONGEST_TAIL = 130  # code points
_SHORT_TAIL = 6  # words
_THAT = re.compile(r"\bthat\b|:|[“\"«„]")
_ADDRESSED = re.compile(r"\s[^,.;:]{1,60}?\sthat\s(?=\S)")  # "told <somebody> that"
# When something was said, and to whom, between the verb and what was said.
_WHEN_SAID = re.compile(
    r"(?:\s(?:the\s)?(?:reporters|journalists|media|press|lawmakers|parliament)\b)?"
    rf"(?:\s(?:on\s)?(?:late\s|early\s)?{WEEKDAY}(?:\s(?:morning|afternoon|evening|night))?)?"
    r"(?=\s(?:that|the|an?|his|her|its|their|it|he|she|they|there|no|both|all|[A-Z]\w+)\s)"
)
# How far before a verb stand, in code points, at most: an adverb; its auxiliaries; what makes it none of the sentence.
_ADVERB, _AUXILIARIES, _CLAUSE_LENGTH = 24, 56, 80
_MOST_TRIED = 20  # verbs of a sentence: no sentence that is meant to be read has more


def main_verbs(masked: str, words: Words, s: Sentence, end: int) -> list[re.Match[str]]:
    """The verbs before `end` that say that their subject says something: a sentence's own, active, with content."""
    verbs = islice(_VERB.beginning(masked, s.start, end, words), _MOST_TRIED)
    return [verb for verb in verbs if _is_main(masked, s, verb)]


def _is_main(masked: str, s: Sentence, verb: re.Match[str]) -> bool:
    passive = verb[0].endswith("ed") and _IS_DONE.search(masked, *_right_before(s, verb, _ADVERB))
    silent = _A_WORD.match(masked, verb.end(), s.end)
    return not (passive or silent or _NOT_MAIN.search(masked, *_right_before(s, verb, _CLAUSE_LENGTH)))


def subject_end(masked: str, s: Sentence, verb: re.Match[str]) -> int:
    """Where what may be the subject ahead of a verb ends: before its auxiliaries and adverbs."""
    lead = _AUXILIARY.search(masked, *_right_before(s, verb, _AUXILIARIES))
    return lead.start() if lead else verb.start()


def is_of_several(verb: re.Match[str]) -> bool:
    """Whether a verb is in the present of the plural: one alone does not "say"."""
    return verb[0] in _OF_SEVERAL


def is_telling(verb: re.Match[str]) -> bool:
    """Whether a verb may tell all that stands before it: "…, Ruun warned on Monday"."""
    return _TELLING.match(verb[0]) is not None


def is_directed(verb: re.Match[str]) -> bool:
    """Whether a name behind a verb is its object, and never its subject."""
    return _DIRECTED.match(verb[0]) is not None


def is_denying(verb: re.Match[str]) -> bool:
    """Whether a verb says that something is not so."""
    return _DENIES.match(verb[0]) is not None


def is_tail(tail: str) -> bool:
    """Whether what follows a verb only says where, when or to whom, so that the content stood before it."""
    return _TAIL_START.match(tail) is not None and _holds_no_clause(tail)


def is_short_tail(tail: str) -> bool:
    """Whether so little follows a verb that nothing else is said ("Ruun wrote on X.")."""
    return len(tail.split()) <= _SHORT_TAIL


def is_told_before(verb: re.Match[str], tail: str) -> bool:
    """Whether a verb names nobody but whom it was told: "…, Ruun told the lower house of parliament"."""
    return verb[0] in ("told", "tells") and _holds_no_clause(tail)


def when_said(tail: str) -> int:
    """How much of what follows a verb says when, or to the press, ahead of what was said, in code points."""
    when = _WHEN_SAID.match(tail)
    return when.end() if when else 0


def addressed(verb: re.Match[str], tail: str) -> int:
    """How much of what follows a verb says whom it was told, ahead of what was told, in code points."""
    match = _ADDRESSED.match(tail) if verb[0] == "told" else None
    return match.end() if match else 0


def _holds_no_clause(tail: str) -> bool:
    return len(tail) < _LONGEST_TAIL and not _THAT.search(tail)


def _right_before(s: Sentence, verb: re.Match[str], reach: int) -> tuple[int, int]:
    """The part of a sentence that ends where its verb begins, `reach` code points at most."""
    return max(s.start, verb.start() - reach), verb.start()
