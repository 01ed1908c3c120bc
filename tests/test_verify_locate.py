"""Words in a text: found in any typography with their raw span, and not found where they are other words."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.verify import TextIndex
from extract.verify.locate import cuts_a_word, fold

WORDS = st.lists(
    st.sampled_from(
        ["Ruun", "said", "ten-day", "truce", "“port", "fleet”", "don’t", "office", "2.5", "—", "flag", "…", "ﬁne"]
    ),
    min_size=1,
    max_size=8,
)
QUOTES = {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'"}
DASHES = "-‐‑‒–—−"
LIGATURES = {"ffi": "ﬃ", "ffl": "ﬄ", "ff": "ﬀ", "fi": "ﬁ", "fl": "ﬂ"}
SPACES = [" ", "  ", "\n", "\r\n", "\t", "\u00a0", "\u202f", "\u2009 "]


@st.composite
def typeset(draw: st.DrawFn, words: str) -> str:
    """`words` with each mark, dash, ligature and space in a form drawn for it."""
    plain = "".join(unicodedata.normalize("NFKC", c) if c in "ﬁﬂ" else c for c in words)
    for letters, ligature in LIGATURES.items():
        if draw(st.booleans()):
            plain = plain.replace(letters, ligature)
    out = []
    for char in plain:
        if char == " ":
            out.append(draw(st.sampled_from(SPACES)))
        elif char in DASHES:
            out.append(draw(st.sampled_from(DASHES)))
        elif char in QUOTES or char in "\"'":
            same = [mark for mark, straight in QUOTES.items() if straight == QUOTES.get(char, char)]
            out.append(draw(st.sampled_from([*same, QUOTES.get(char, char)])))
        else:
            out.append(draw(st.sampled_from(["…", "..."])) if char == "…" else char)
    return "".join(out)


@given(st.data(), WORDS)
def test_every_typography_of_the_words_is_given_the_span_as_the_text_has_it(
    data: st.DataObject, words: list[str]
) -> None:
    """Marks, dashes, ligatures and spaces may differ on either side; the span covers exactly the raw words."""
    told = " ".join(words)
    raw, claimed = data.draw(typeset(told)), data.draw(typeset(told))
    text = f"Nothing before it. {raw}; nothing after."
    assert TextIndex(text).locate(claimed) == (19, 19 + len(raw))


@given(st.text(alphabet="ab.ﬁﬀ “”\n-–…5,’t", max_size=40), st.text(alphabet="abif.\" -5,'t", min_size=1, max_size=6))
def test_what_is_found_reads_as_what_was_claimed_in_whole_words(text: str, words: str) -> None:
    """Whatever span comes back folds to the claimed words and begins and ends where words do."""
    found = TextIndex(text).locate(words)
    if found:
        start, end = found
        assert 0 <= start < end <= len(text)
        assert fold(text[start:end]).strip() == fold(words).strip()
        assert not cuts_a_word(text, start, end)


@given(st.text(alphabet="ab \n“”", min_size=1, max_size=60), st.data())
def test_every_stretch_of_whole_words_is_found(text: str, data: st.DataObject) -> None:
    """Words copied from the text are found in it, at the offset they are looked for from."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    if text[start:end].strip() and not cuts_a_word(text, start, end):
        assert TextIndex(text).locate(text[start:end], start) == (start, end)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("They were unable to agree.", "able to agree"),
        ("He will not give up 2.5 million.", "5 million"),
        ("It holds 1,300 men.", "300 men"),
        ("They don’t accept it.", "They don"),
        ("A non-binding text.", "binding text"),
        ("Ada Ruun agreed.", "Ada Ruun аgreed"),  # a Cyrillic letter
        ("Ada Ruun agreed.", "Ada Ru\u200bun agreed"),
        ("Ada Ruun\u200b agreed.", "Ada Ruun agreed"),
        ("Ada Ruun agreed. Ilo Best refused.", "Ada Ruun refused"),
        ("Ada Ruun agreed.", "Ada Ruun agreed to it"),
        ("Ada Ruun agreed.", "ada ruun agreed"),
        ("Ada Ruun agreed.", " \n"),
        ("Ada Ruun agreed.", ""),
        ("of ﬁsh", "of f"),
        ("Well… yes", "Well.."),
    ],
)
def test_other_words_are_not_found(text: str, words: str) -> None:
    """Part of a word or number, a look-alike, an invisible letter, two places, another case: none stands there."""
    assert TextIndex(text).locate(words) is None


def test_a_cut_word_does_not_hide_the_whole_one_behind_it() -> None:
    """Where the first place is inside a word, the next whole one is found."""
    assert TextIndex("disagreed, agreed").locate("agreed") == (11, 17)


def test_of_several_places_the_first_at_or_after_the_offset_counts() -> None:
    """In either typography; from an offset behind the last, the first of all."""
    text = "“Yes,” she said. “Yes,” he said."
    for words in ("“Yes,”", '"Yes,"'):
        index = TextIndex(text)
        assert [index.locate(words, near) for near in (0, 1, 17, 18)] == [(0, 6), (17, 23), (17, 23), (0, 6)]


def test_a_headline_that_runs_into_the_text_is_no_cut_word() -> None:
    """Where markup was lost ("talksThe two"), the headline is still found."""
    assert TextIndex("Port talksThe two met.").locate("Port talks") == (0, 10)


def test_hostile_text_is_searched_in_linear_time() -> None:
    """A million letters without a space, and some of them claimed as a word: answered at once."""
    assert TextIndex("a" * 1_000_000).locate("a" * 50) is None
