"""Cues: a stretch of text in, the phrases that report acts out."""

import re

import pytest
from hypothesis import given

from evals.gold_files import GOLD, default_texts, load_labelled
from extract.reading.cues import Cues, expression, inflections, lexicon
from schemas import Kind
from tests.readings import any_text


def cues(text: str) -> list[tuple[str, str, bool]]:
    """Words, kind and negation of each cue."""
    return [(text[c.start : c.end], c.kind.value, c.negated) for c in Cues(text).within(0, len(text))]


@given(any_text)
def test_cues_are_in_order_and_apart(text: str) -> None:
    """Cues lie in the stretch in order, and none overlaps another."""
    middle = len(text) // 2
    at = middle
    for cue in Cues(text).within(middle, len(text)):
        assert at <= cue.start < cue.end <= len(text)
        at = cue.end


def test_looking_up_by_first_word_misses_nothing() -> None:
    """In labelled articles, what a plain search for any phrase of the lexicon finds, the look-up finds there, too."""
    texts = [one.article.text for one in load_labelled(GOLD / "invented", default_texts(GOLD / "invented"))]
    for text in texts:
        found = {(cue.start, cue.kind) for cue in Cues(text)._found}
        for kind, phrases in lexicon()["cues"].items():
            for phrase in phrases:
                plain = re.finditer(rf"(?<![\w-])(?:{expression(phrase)})(?![\w-])", text)
                assert {(match.start(), Kind(kind)) for match in plain} <= found, phrase


def test_every_kind_of_the_lexicon_exists() -> None:
    """The lexicon has cues for known kinds only, and none is without phrases."""
    assert set(lexicon()["cues"]) <= {kind.value for kind in Kind}
    assert all(lexicon()["cues"].values())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ruun agreed to a truce", [("agreed", "agreement", False)]),
        ("they reached a very broad agreement", [("reached a very broad agreement", "agreement", False)]),
        ("Ruun pledged “to stop”", [("pledged", "commitment", False)]),
        ("Ruun ordered a halt", [("ordered", "directive", False)]),
        ("Ruun stayed in order to speak", []),
        ("Ruun proposed a pause", [("proposed", "proposal", False)]),
        ("Ruun urged restraint", [("urged", "request", False)]),
        ("Ruun refused to sign", [("refused", "refusal", False)]),
        ("Ruun declined to comment", [("declined to comment", "no_comment", False)]),
        ("Ruun denied it", [("denied", "denial", False)]),
        ("they disagreed", []),
        ("an agreed-upon text", []),
    ],
)
def test_words_that_report_an_act(text: str, expected: list[tuple[str, str, bool]]) -> None:
    """A phrase is found as a whole, in every form of its verb; of two at one place the longer counts."""
    assert cues(text) == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ruun had not once agreed to it", "non_commitment"),
        ("Ruun could not have promised it", "non_commitment"),
        ("Ruun never ordered a halt", "absence"),
        ("Neither side proposed a pause", "absence"),
        ("Ruun didn’t demand a halt", "absence"),
        ("Ruun did not once urge restraint", "absence"),
    ],
)
def test_a_negation_changes_the_kind(text: str, kind: str) -> None:
    """What was not agreed, promised, ordered, proposed, demanded or asked is another kind of fact, and marked."""
    assert [(found, negated) for _, found, negated in cues(text)] == [(kind, True)]


def test_a_far_negation_does_not() -> None:
    """A negation more than two words before the cue belongs to something else."""
    assert cues("not long after that Ruun agreed") == [("agreed", "agreement", False)]


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("urge", "urge urges urged urging"),
        ("deny", "deny denies denied denying"),
        ("press", "press presses pressed pressing"),
        ("delay", "delay delays delayed delaying"),
        ("demand", "demand demands demanded demanding"),
    ],
)
def test_forms_of_a_verb(verb: str, forms: str) -> None:
    """All four forms of a verb match, by rule or from the list of irregular ones, and nothing else does."""
    expression = re.compile(inflections(verb))
    assert all(expression.fullmatch(form) for form in forms.split())
    assert not expression.fullmatch(verb + "able")
