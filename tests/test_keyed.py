"""Expressions that are looked for by their keys: nothing that the expression alone would find is hidden."""

import pkgutil
from importlib import import_module

import pytest
from hypothesis import given

import extract.reading
import extract.rules
from evals.gold_files import GOLD, TEXTS, default_texts, load_labelled
from extract.reading.keyed import Keyed, lowered, words_of
from extract.reading.quotes import find_quotations, mask
from extract.reading.segment import sentences
from tests.readings import any_text

LABELLED = [*load_labelled(GOLD, [TEXTS]), *load_labelled(GOLD / "invented", default_texts(GOLD / "invented"))]
NEAR = {"DURATION", "INSTANT", "DATE", "_AMOUNT", "COMING", "_GROUP", "_TITLED", "_BODY", "_INSTITUTION", "_NAMED_BODY"}
BEGINNING = {"_VERB", "ACCORDING"}  # those that begin with their keys


def every_keyed() -> dict[str, Keyed]:
    """Each expression of the readers and the rules, by its name."""
    modules = [
        import_module(found.name)
        for package in (extract.reading, extract.rules)
        for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}.")
    ]
    found = {f"{module.__name__}.{name}": value for module in modules for name, value in vars(module).items()}
    tables = [(name, value) for name, value in found.items() if isinstance(value, dict)]
    found |= {f"{name}.{key}": value for name, table in tables for key, value in table.items()}
    return {name: value for name, value in found.items() if isinstance(value, Keyed)}


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


@pytest.mark.parametrize("name", sorted(name for name in every_keyed() if name.rsplit(".", 1)[-1] in NEAR))
def test_values_and_groups_are_found_near_their_keys(name: str) -> None:
    """In labelled articles, also in capitals, all that an expression matches begins with a word near a key."""
    keyed = every_keyed()[name]
    for one in LABELLED:
        for text in (one.article.text, one.article.text.upper(), one.article.text.title()):
            assert [m.span() for m in keyed.near(text)] == [m.span() for m in keyed.pattern.finditer(text)]


@pytest.mark.parametrize("name", sorted(name for name in every_keyed() if name.rsplit(".", 1)[-1] in BEGINNING))
def test_what_begins_with_a_key_is_found_in_a_masked_copy(name: str) -> None:
    """In labelled articles with quoted words blanked out, it is found by the words of the whole text, and only it."""
    keyed = every_keyed()[name]
    for one in LABELLED:
        text = one.article.text
        masked, words = mask(text, find_quotations(text)), words_of(text)
        for sentence in sentences(text):
            span = masked, sentence.start, sentence.end
            plain = [m.span() for m in keyed.pattern.finditer(*span)]
            first = keyed.search(*span, words)
            assert [m.span() for m in keyed.beginning(*span, words)] == plain
            assert ([first.span()] if first else []) == plain[:1]


def test_matches_that_begin_with_a_key_do_not_overlap() -> None:
    """A key inside of a match begins no other one, as with an expression alone."""
    keyed, text = Keyed(r"as saying|saying|said", "as saying said"), "was quoted as saying, and said saying so"
    found = [m[0] for m in keyed.beginning(text, 0, len(text), words_of(text))]
    assert found == ["as saying", "said", "saying"]


@given(any_text)
def test_words_stand_where_they_are_said_to(text: str) -> None:
    """Lower case moves no letter, and each word begins at each of its places."""
    low = lowered(text)
    assert len(low) == len(text)
    for word, places in words_of(text).at.items():
        assert places == sorted(places)
        assert all(low.startswith(word, at) or word[0] == "0" for at in places)
