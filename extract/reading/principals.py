"""Sentences and their mentions in; the principals of the contact out: the two or three leaders that it is about."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection
from itertools import combinations

from extract.reading.keyed import Keyed
from extract.reading.mentions import Mention
from extract.reading.persons import MEETS
from extract.reading.segment import Sentence

# Words for the contact itself.
_CONTACT = Keyed(
    r"\b(?:calls?|conversations?|talks|meeting|summit|spoke|met|discussed|phoned|discussion|negotiations|letters?)\b",
    "call calls conversation conversations talks meeting summit spoke met discussed phoned discussion negotiations"
    " letter letters",
    re.IGNORECASE,
)
_CONTACT_WEIGHT = 3  # of a sentence that speaks of the contact, against one that does not
_HEADS_WEIGHT = 4  # of a pair of heads of government, against any other pair


def principals(found: list[Mention], sentences: list[Sentence], text: str) -> tuple[Mention, ...]:
    """The persons named together most often where the text speaks of a contact; heads of government before others."""
    persons = sorted((m for m in found if m.type == "person"), key=lambda m: m.start)
    first: dict[str, Mention] = {}
    for mention in persons:
        first.setdefault(mention.name, mention)
    untitled = {m.name for m in persons if not m.title and MEETS.match(text, m.end)}
    heads = {m.name: first[m.name] for m in persons if m.is_head or m.name in untitled}
    pairs = _pairs(persons, heads, sentences, text)
    if not pairs:
        return tuple(heads.values())[:2]
    best, most = pairs.most_common(1)[0]
    apart = Counter(m.name for m in persons if m.name in heads).most_common(2)
    if not set(best) <= set(heads) and len(apart) > 1 and apart[1][1] > 1:
        best = _pair(apart[0][0], apart[1][0])  # two heads whom no sentence names together
    third = [
        name for name in heads if name not in best and all(pairs[_pair(name, other)] >= most / 2 for other in best)
    ]
    return tuple(sorted((first[name] for name in (*best, *third[:1])), key=lambda m: m.start))


def _pairs(
    persons: list[Mention], heads: Collection[str], sentences: list[Sentence], text: str
) -> Counter[tuple[str, str]]:
    """How much speaks for each pair of names, counted over the sentences that name both."""
    starts = [m.start for m in persons]
    pairs: Counter[tuple[str, str]] = Counter()
    for sentence in sentences:
        here = persons[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        weight = _CONTACT_WEIGHT if _CONTACT.search(text, sentence.start, sentence.end) else 1
        for one, other in combinations(dict.fromkeys(m.name for m in here), 2):
            both = one in heads and other in heads
            pairs[_pair(one, other)] += weight * (_HEADS_WEIGHT if both else 1)
    return pairs


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)
