"""Two wordings in; their word diff out, and whether they are one utterance in other words."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from rapidfuzz.fuzz import ratio

from reconcile.words import content_words, stems, words
from schemas import DiffPart

SAME_SPELLING = 80.0
_CONTRACTIONS = {"n't": " not", "'ll": " will", "'re": " are", "'ve": " have", "'m": " am", "'d": " would"}
_MODAL = frozenset(
    ("must", "should", "shall", "will", "would", "may", "might", "can", "could", "need", "needs", "not", "no", "never")
)
Block = tuple[str, int, int, int, int]  # how a run of both wordings compares, and where it lies in each


@dataclass(frozen=True, slots=True)
class Comparison:
    """`share` of the shorter wording that stands in the longer; what differs between first and last common word."""

    share: float
    only_left: tuple[str, ...]
    only_right: tuple[str, ...]
    diff: tuple[DiffPart, ...]

    @property
    def differs(self) -> bool:
        """Whether words were changed, not merely cut off at either end."""
        return bool(self.only_left or self.only_right)

    @property
    def in_substance(self) -> bool:
        """Whether a content word, a modal or a negation differs."""
        changed = {*self.only_left, *self.only_right}
        return bool(changed & _MODAL) or bool(content_words(" ".join(changed)))


@lru_cache(maxsize=4096)
def compare(left: str, right: str) -> Comparison:
    """Compares two wordings word by word, contractions written out; spellings of one word are the same word."""
    one, two = _plain(left), _plain(right)
    blocks: list[Block] = list(SequenceMatcher(None, *_aligned(one, two), autojunk=False).get_opcodes())
    same = [at for at, block in enumerate(blocks) if block[0] == "equal"]
    if not same:
        return Comparison(0.0, (), (), ())
    inner = [*_changed(blocks[: same[0]]), *blocks[same[0] : same[-1] + 1], *_changed(blocks[same[-1] + 1 :])]
    shared = sum(stop - start for tag, start, stop, _, _ in blocks if tag == "equal")
    only_left = tuple(word for tag, i, j, _, _ in inner if tag != "equal" for word in one[i:j])
    only_right = tuple(word for tag, _, _, k, m in inner if tag != "equal" for word in two[k:m])
    return Comparison(shared / min(len(one), len(two)), only_left, only_right, _parts(blocks, one, two))


def _changed(edge: list[Block]) -> list[Block]:
    """What stands before the first or after the last common word, where both wordings have words there: no mere cut."""
    return [block for block in edge if block[0] == "replace"]


def _plain(text: str) -> list[str]:
    text = text.replace("’", "'").casefold().replace("can't", "can not").replace("won't", "will not")
    for short, full in _CONTRACTIONS.items():
        text = text.replace(short, full)
    return words(text)


def _aligned(one: list[str], two: list[str]) -> tuple[list[str], list[str]]:
    """Both wordings, with each word of the second that is a spelling of a word of the first written as that word."""
    known = sorted(set(one))
    spelt = {word: next((k for k in known if _same_word(k, word)), word) for word in set(two) - set(known)}
    return one, [spelt.get(word, word) for word in two]


def _same_word(left: str, right: str) -> bool:
    if left == right:
        return True
    capital = stems(left.title()), stems(right.title())
    if capital[0] and capital[0] == capital[1] and capital[0][0].startswith("@"):
        return True
    return min(len(left), len(right)) > 4 and left[0] == right[0] and ratio(left, right) >= SAME_SPELLING


def _parts(blocks: list[Block], one: list[str], two: list[str]) -> tuple[DiffPart, ...]:
    parts: list[DiffPart] = []
    for tag, i, j, k, m in blocks:
        if tag == "equal":
            parts.append(DiffPart(op="same", text=" ".join(one[i:j])))
            continue
        if j > i:
            parts.append(DiffPart(op="first", text=" ".join(one[i:j])))
        if m > k:
            parts.append(DiffPart(op="second", text=" ".join(two[k:m])))
    return tuple(parts)
