"""When two names are one, and when two values or quotes state the same."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.names import same_actor, same_actors, same_chain, same_name, same_primary_source, same_source
from evals.values import made_up, same_quote, same_value
from schemas import Actor, Anonymity, Comparator, Quote, QuoteMode, SourceLink, SourceType, Value, ValueType
from tests.evals_example import GOLD, NPA, PALACE, WRITER, as_fact, link

SAME = [
    ("Ada Ruun", "Ruun"),
    ("President Ada Ruun", "Ada Ruun"),
    ("Secretary of State Ada Ruun", "Ruun"),
    ("Ada M. Ruun", "Ada Ruun"),
    ("Ada van der Ruun", "Ruun"),
    ("Ada van der Ruun", "Ada Ruun"),
    ("Emir Ilo bin Kasim al-Best", "al-Best"),
    ("Ilo bin Kasim al-Best", "Ilo al-Best"),
    ("A.B. Ruun", "AB Ruun"),
    ("Zoryana Kovalenko", "Zorjana Kovalenko"),
    ("Ilo Béstovitch", "Ilo Bestovitch"),
    ("the Rose Palace", "Rose Palace"),
    ("Rose Palace’s", "Rose Palace"),
    ("Union of River States", "URS"),
    ("U.R.S.", "Union of River States"),
    ("O.S. officials", "OS officials"),
]
DIFFERENT = [
    ("Ada Ruun", "Ilo Best"),
    ("Ada Ruun", "Ben Ruun"),
    ("Ada van der Ruun", "Ben van der Ruun"),
    ("van der", "al"),
    ("Ruun administration", "Ruun"),
    ("Rose Palace", "Palace"),
    ("Foreign Ministry", "Defence Ministry"),
    ("the president's spokesman", "the prime minister's spokesman"),
    ("President", "Prime Minister"),
    ("President", "Ada Ruun"),
    ("", ""),
    ("XO", "Kelm"),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_spellings_of_one_name_are_one(a: str, b: str) -> None:
    """Titles, last names, middle initials, diacritics, initialisms and articles do not make another name."""
    assert same_name(a, b)
    assert same_name(b, a)


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_names_that_share_a_word_are_not_one(a: str, b: str) -> None:
    """A body is not its last word, a person not a namesake, a title nobody."""
    assert not same_name(a, b)
    assert not same_name(b, a)


@settings(deadline=None)
@given(st.text(max_size=30), st.text(max_size=30))
def test_any_two_texts_can_be_compared_both_ways_alike(a: str, b: str) -> None:
    """Names come from models: whatever they hold, the comparison is symmetric and does not raise."""
    assert same_name(a, b) == same_name(b, a)


def test_the_name_that_the_article_uses_is_an_alias() -> None:
    """A capital for its country is taken where the labels say that the article writes it so, and nowhere else."""
    gold = Actor(name="Norvania", as_written="Port Norvan")
    assert same_actor(Actor(name="Port Norvan", as_written="Port Norvan"), gold)
    assert not same_actor(Actor(name="Port Norvan", as_written=""), Actor(name="Norvania", as_written="Norvania"))


def test_a_description_in_the_article_is_no_alias() -> None:
    """A description as a name does not become whoever the article calls so."""
    assert not same_actor(
        Actor(name="the president", as_written="the president"), Actor(name="Ada Ruun", as_written="the president")
    )


def test_one_actor_too_many_is_wrong() -> None:
    """Actors are compared as sets: none missing, none beside, and no one twice."""
    ada, ilo = Actor(name="Ada Ruun", as_written="Ruun"), Actor(name="Ilo Best", as_written="Best")
    assert same_actors([ilo, ada], [ada, ilo])
    assert not same_actors([ada, ada], [ada, ilo])
    assert not same_actors([ada, ilo], [ada])
    assert same_actors([], [])


def test_a_paper_is_its_issuer() -> None:
    """A palace's readout is the palace speaking."""
    assert same_source(link("Rose Palace readout", SourceType.DOCUMENT), PALACE)


def test_nameless_sources_agree_by_description() -> None:
    """One description must hold all the words of the other, and more than a bare "official"; "unnamed" is unnamed."""

    def nameless(name: str, anonymity: Anonymity = Anonymity.DESCRIBED) -> SourceLink:
        return link(name, SourceType.ANONYMOUS, anonymity=anonymity)

    assert same_source(nameless("a person briefed on the call"), nameless("person briefed on the call by Best"))
    assert not same_source(nameless("official"), nameless("Ostrian official"))
    assert same_source(nameless("sources", Anonymity.UNNAMED), nameless("unnamed reports", Anonymity.UNNAMED))


def test_the_writers_voice_is_a_source_of_its_own() -> None:
    """No source where there is one, and one where there is none, are both wrong."""
    sourced, unsourced = GOLD.facts[0], GOLD.facts[1]
    assert same_primary_source(as_fact(unsourced), unsourced)
    assert not same_primary_source(as_fact(sourced, attribution=(WRITER,)), sourced)
    assert not same_primary_source(as_fact(unsourced, attribution=(WRITER, PALACE)), unsourced)


def test_a_chain_needs_every_link_in_order() -> None:
    """The primary source may be right and the chain wrong."""
    relayed = next(fact for fact in GOLD.facts if len(fact.attribution) == 3)
    short = as_fact(relayed, attribution=(WRITER, relayed.attribution[-1]))
    turned = as_fact(relayed, attribution=(WRITER, relayed.attribution[-1], NPA))
    assert same_primary_source(short, relayed)
    assert not same_chain(short, relayed)
    assert not same_chain(turned, relayed)


def value(
    iso: str | None, type_: ValueType = ValueType.DURATION, comparator: str = "exactly", words: str = "so"
) -> Value:
    """A value, by default a duration."""
    return Value(type=type_, iso=iso, comparator=Comparator(comparator), as_written=words)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (value("PT90M"), value("PT1.5H")),
        (value("P1W"), value("P7D")),
        (value("P1Y"), value("P12M")),
        (value("2031-05-06T10:00-04:00", ValueType.INSTANT), value("2031-05-06T14:00Z", ValueType.INSTANT)),
        (value("40", ValueType.NUMBER), value("40.0", ValueType.NUMBER)),
        (value(None, ValueType.DATE, words="on Monday"), value(None, ValueType.DATE, words="on  Monday,")),
        (None, None),
    ],
)
def test_one_quantity_has_many_spellings(a: Value | None, b: Value | None) -> None:
    """Units, zones and zeros do not make another value."""
    assert same_value(a, b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (value("PT90M", comparator="about"), value("PT90M")),
        (value("PT90M", comparator="about"), value("PT90M", comparator="at_least")),
        (value("P1M"), value("P30D")),
        (value("2031-05", ValueType.DATE), value("2031-05-06", ValueType.DATE)),
        (value("2031-05-06T10:00", ValueType.INSTANT), value("2031-05-06T10:00Z", ValueType.INSTANT)),
        (value("2031", ValueType.DATE), value("2031", ValueType.NUMBER)),
        (value("2031-05-05", ValueType.DATE, words="on Monday"), value(None, ValueType.DATE, words="on Monday")),
        (value("nonsense"), value("P1D")),
        (value("P1.2.3D"), value("P1D")),
        (value("sNaN", ValueType.NUMBER), value("1", ValueType.NUMBER)),
        (value("9999999999999", ValueType.INSTANT), value("2031-05-06T14:00Z", ValueType.INSTANT)),
        (value("P1D"), None),
        (None, value("P1D")),
    ],
)
def test_another_value_is_another_value(a: Value | None, b: Value | None) -> None:
    """Comparator, type, precision and a date that nothing settles all count."""
    assert not same_value(a, b)


@settings(deadline=None)
@given(st.sampled_from(ValueType), st.text("0123456789PTYMWDHS.:-+ZNaInfs ", min_size=1, max_size=20))
def test_any_quantity_can_be_compared(type_: ValueType, iso: str) -> None:
    """Whatever a model writes, it is the same as itself and never an exception."""
    assert same_value(value(iso, type_), value(iso, type_))
    assert same_value(value(iso, type_), value("x", type_)) is False


def test_a_remembered_date_is_made_up() -> None:
    """A year that neither the text nor an anchor date gives comes from somewhere else, and so does a foreign phrase."""
    monday = value("2031-05-05", ValueType.DATE, words="Monday")
    assert made_up(monday, "They met on Monday.", None)
    assert not made_up(monday, "They met on Monday.", date(2031, 5, 6))
    assert not made_up(monday, "In 2031 they met on Monday.", None)
    assert made_up(value("PT1H", words="an hour"), "They met.", None)


def test_a_quote_is_its_very_words_and_its_speaker() -> None:
    """Marks and commas at the edges are typography; any other word, or another speaker, is another quote."""

    def quote(text: str, speaker: str | None = "Tam Oro", mode: QuoteMode = QuoteMode.DIRECT) -> Quote:
        return Quote(mode=mode, text=text, speaker=speaker)

    assert same_quote(quote("“no quarrel,”"), quote("no quarrel", "Oro"))
    assert not same_quote(quote("a quarrel"), quote("no quarrel"))
    assert not same_quote(quote("no quarrel", "Ada Ruun"), quote("no quarrel"))
    assert not same_quote(quote("no quarrel", None), quote("no quarrel"))
    assert same_quote(quote("reported", mode=QuoteMode.INDIRECT), None)
