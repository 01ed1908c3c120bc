"""Expressions that are looked for by their keys: nothing that the expression alone would find is hidden."""

import pkgutil
from importlib import import_module

import pytest
from hypothesis import given

import extract.reading
import extract.rules
from evals.gold_files import GOLD, TEXTS, default_texts, load_labelled
from extract.reading.keyed import Keyed, lowered, words_of
from extract.reading.segment import sentences
from tests.readings import any_text

LABELLED = [*load_labelled(GOLD, [TEXTS]), *load_labelled(GOLD / "invented", default_texts(GOLD / "invented"))]
WINDOWED = {"DURATION", "INSTANT", "DATE", "_AMOUNT", "COMING"}  # values, which are looked for near their keys


def every_keyed() -> dict[str, Keyed]:
    """Each expression of the readers and the rules, by its name."""
    modules = [
        import_module(found.name)
        for package in (extract.reading, extract.rules)
        for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}.")
    ]
    return {
        f"{module.__name__}.{name}": value
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, Keyed)
    }


@pytest.mark.parametrize("name", sorted(every_keyed()))
def test_keys_hide_no_match(name: str) -> None:
    """In the sentences of labelled articles, a keyed expression matches where its expression does."""
    keyed = every_keyed()[name]
    for one in LABELLED:
        text = one.article.text
        for sentence in sentences(text):
            span = text, sentence.start, sentence.end
            plain, looked_up = keyed.pattern.search(*span), keyed.search(*span)
            assert (plain and plain.span()) == (looked_up and looked_up.span()), text[sentence.start : sentence.end]


@pytest.mark.parametrize("name", sorted(name for name in every_keyed() if name.rsplit(".", 1)[-1] in WINDOWED))
def test_values_are_found_near_their_keys(name: str) -> None:
    """In labelled articles, all that a value's grammar matches lies near one of its keys."""
    keyed = every_keyed()[name]
    for one in LABELLED:
        text = one.article.text
        assert [m.span() for m in keyed.near(text)] == [m.span() for m in keyed.pattern.finditer(text)]


@given(any_text)
def test_words_stand_where_they_are_said_to(text: str) -> None:
    """Lower case moves no letter, and each word begins at each of its places."""
    low = lowered(text)
    assert len(low) == len(text)
    for word, places in words_of(text).at.items():
        assert places == sorted(places)
        assert all(low.startswith(word, at) or word[0] == "0" for at in places)
