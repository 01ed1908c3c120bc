"""Names: text in, who is named where out. Countries and people are invented."""

import pytest
from hypothesis import given

from extract.reading.groups import find_groups
from extract.reading.mentions import Mention
from extract.reading.persons import Persons
from tests.readings import any_text, reading


def named(text: str) -> list[tuple[str, str, str]]:
    """Words, type and name of each mention."""
    return [(text[m.start : m.end], m.type, m.name) for m in reading(text).names.mentions]


def persons(text: str) -> list[str]:
    """The persons named, each once, in order."""
    return list(dict.fromkeys(name for _, type_, name in named(text) if type_ == "person"))


@given(any_text)
def test_mentions_are_in_order_and_apart(text: str) -> None:
    """Mentions lie in the text in order, none is empty or overlaps another, and `within` finds them by their start."""
    names = reading(text).names
    at = 0
    for mention in names.mentions:
        assert at <= mention.start < mention.end <= len(text)
        assert mention.name
        assert mention in names.within(mention.start, mention.start + 1)
        at = mention.end
    assert names.within(0, len(text) + 1) == names.mentions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("President Ada Ruun left.", ["Ada Ruun"]),
        ("Ada Ruun said so.", ["Ada Ruun"]),
        ("“Yes,” wrote Ada Ruun.", ["Ada Ruun"]),
        ("Ada Ruun, who leads the talks, left.", ["Ada Ruun"]),
        ("Ada Ruun left. Later Ruun came back, and Ruun stayed.", ["Ada Ruun"]),
        ("Ingrid van der Lohe said so.", ["Ingrid van der Lohe"]),
        ("Ilo Best and Ada Ruun left; Ada Ruun said so.", ["Ilo Best", "Ada Ruun"]),
        ("Ada Ruun left.", []),
        ("The Ruun Sea is cold. Teku Bay is cold.", []),
        ("Monday was cold. However, Tuesday was not.", []),
    ],
)
def test_who_is_a_person(text: str, expected: list[str]) -> None:
    """A name is a person's with a title, a verb of speech, an apposition, or its surname alone elsewhere."""
    assert persons(text) == expected


def test_later_mentions_lead_to_the_full_name() -> None:
    """A surname, a title and "the <adjective> <title>" mean the person named in full, with title and country kept."""
    text = "President Ada Ruun of Norvania left. Ruun smiled. The president slept. The Norvanian president woke."
    assert [words for words, _, name in named(text) if name == "Ada Ruun"] == [
        "Ada Ruun",
        "Ruun",
        "The president",
        "The Norvanian president",
    ]
    ruun = reading(text).names.persons["Ada Ruun"]
    assert (ruun.title, ruun.of) == ("president", "Norvania")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Emir of Kelm left.", ("Kelm", "country", "Kelm")),
        ("Ships of Kelm left. Kelm’s government waited.", ("Kelm’s government", "office", "Kelm's government")),
        ("The Emir of Kelm left. Kelmi ships came.", ("Kelmi", "country", "Kelm")),
        ("The Kelm Times wrote so.", ("Kelm Times", "outlet", "Kelm Times")),
        ("The newspaper Teku Dawn is old.", ("Teku Dawn", "outlet", "Teku Dawn")),
        ("Teku Palace said so.", ("Teku Palace", "office", "Teku Palace")),
        ("The Teku Port Council waited.", ("Teku Port Council", "office", "Teku Port Council")),
        ("The Ruun administration waited.", ("The Ruun administration", "office", "Ruun administration")),
        ("The foreign ministry waited.", ("The foreign ministry", "office", "foreign ministry")),
        ("Her office waited.", ("Her office", "office", "office")),
        ("Two Norvanian officials left.", ("Two Norvanian officials", "group", "Norvanian officials")),
        ("A source close to the talks left.", ("A source close to the talks", "group", "source close to the talks")),
    ],
)
def test_who_else_is_named(text: str, expected: tuple[str, str, str]) -> None:
    """Places, their adjectives, outlets, seats, bodies, institutions and groups are told by what stands around."""
    assert expected in named(text)


def test_the_leaders_are_no_group() -> None:
    """Words that mean both principals, or people named before, bring in nobody new."""
    for text in (
        "The two leaders left.",
        "Both leaders left.",
        "Two ministers left.",
        "The officials left.",
        "People left.",
    ):
        assert not find_groups(text, {})


def test_a_group_that_the_text_describes() -> None:
    """A group is described by what stands before or behind its head, and unnamed without."""
    described, bare = find_groups("Two Norvanian officials left. Sources said so.", {})
    assert (described.title, bare.title) == ("described", "")


def test_one_spokesperson_is_a_person() -> None:
    """The spokesperson of an office is the person with that title, once named; of another office a group."""
    spokesman = Mention(0, 9, "person", "Odd Tarn", title="spokesman", of="Office of the President of France")
    (group,) = find_groups("A Norvanian spokesman left.", {"Odd Tarn": spokesman})
    assert (group.type, group.name) == ("group", "Norvanian spokesman")


def test_the_principals() -> None:
    """Those named together most where a contact is spoken of, heads of government before others, mostly two."""
    text = (
        "Mr Tarn met Mrs Ekk. Tarn met Ekk. Tarn and Ekk spoke. President Ada Ruun met Chancellor Ilo Best for talks. "
        "Ruun and Best spoke twice. Mr Tarn waited for Mrs Ekk."
    )
    assert [m.name for m in reading(text).names.principals] == ["Ada Ruun", "Ilo Best"]


def test_three_principals() -> None:
    """A third head of government is a principal who is named with both others as often."""
    text = "President Ada Ruun, Chancellor Ilo Best and Emir Sol Tarn met. Ruun, Best and Tarn spoke."
    assert [m.name for m in reading(text).names.principals] == ["Ada Ruun", "Ilo Best", "Sol Tarn"]


def test_capitals_of_a_headline_name_nobody() -> None:
    """A line in capitals gives no names."""
    assert named("CHANCELLOR MEETS PRESIDENT IN KELM HARBOUR") == []


def test_parts_of_a_name() -> None:
    """The first person added whose name ends with the words, or is them, is meant; else one that begins with them."""
    known = Persons()
    for name in ("Ada van Ruun", "Ilo Best-Ekk", "Sol Ruun"):
        known.add(name, Mention(0, len(name), "person", name))
    asked = ("Sol Ruun", "Ruun", "van ruun", "Ekk", "Ilo", "Ada van", "Best", "Il", "Adam")
    assert [known.fullest(name) for name in asked] == [
        *("Sol Ruun", "Ada van Ruun", "Ada van Ruun", "Ilo Best-Ekk", "Ilo Best-Ekk", "Ada van Ruun", None, None, None),
    ]


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        (
            "President Ada Ruun of Kelm met Chancellor Ilo Best. The President of Kelm left.",
            "The President of Kelm",
            "Ada Ruun",
        ),
        (
            "Ada Ruun held talks with Chancellor Ilo Best of Chad. The President of France left.",
            "The President of France",
            "Ada Ruun",
        ),
        ("President Ada Ruun met President Ilo Best. Best spoke. The President left.", "The President", "Ilo Best"),
        ("President Ada Ruun met Prime Minister Ilo Best. The Head of State left.", "The Head of State", "Ada Ruun"),
        ("President Ada Ruun met Premier Ilo Best. The head of government left.", "The head of government", "Ilo Best"),
        ("President of the Republic of Kelm Ada Ruun left.", "Ada Ruun", "Ada Ruun"),
        ("President of the United States Ada Ruun left.", "Ada Ruun", "Ada Ruun"),
        ("President Ada R. Ruun left.", "Ada R. Ruun", "Ada R. Ruun"),
    ],
)
def test_titles_lead_to_their_holders(text: str, words: str, name: str) -> None:
    """A title with a country means its holder there, one without it whoever has it and was named last."""
    assert (words, "person", name) in named(text)


def test_a_title_is_nobody_elses() -> None:
    """The head of a country that nobody stands for is no untitled person who happens to be named."""
    text = "President Ada Ruun spoke. Mira Voss said so. The French president left."
    assert ("The French president", "person", "Mira Voss") not in named(text)


def test_who_meets_takes_part() -> None:
    """Whoever "spoke with" leaders is a principal beside them, titled or not."""
    text = "Ada Ruun spoke by telephone with President Ilo Best and Chancellor Oda Ekk. Best and Ekk thanked her."
    assert {m.name for m in reading(text).names.principals} == {"Ada Ruun", "Ilo Best", "Oda Ekk"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Ministry of Ports and Rivers said so.", "Ministry of Ports and Rivers"),
        ("Kelm’s Ministry of Ports said so.", "Kelm's Ministry of Ports"),
        ("The National Harbour Council said so.", "National Harbour Council"),
        ("The Prime Minister’s Office said so.", "Prime Minister’s Office"),
        ("Prime Minister Ada Ruun’s office said so.", "Ada Ruun's office"),
        ("The Kelm Port Authority on Monday said so.", "Kelm Port Authority"),
        ("The Norvanian Foreign Ministry said so.", "Norvanian Foreign Ministry"),
    ],
)
def test_institutions_have_whole_names(text: str, name: str) -> None:
    """An institution is called by its whole name, with whose it is; its title is no person's."""
    assert name in [mention.name for mention in reading(text).names.mentions if mention.type == "office"]


def test_a_body_without_a_name_is_the_one_named_before() -> None:
    """A bare “ministry” is the one that was named last before it."""
    found = named("The Norvanian Foreign Ministry said so. It rained, the ministry said.")
    assert [name for _, _, name in found] == ["Norvanian Foreign Ministry"] * 2
    found = named("The Council of the Southern Isles said so. It rained, the Council said. The Council left.")
    assert [name for _, _, name in found] == ["Council of the Southern Isles"] * 3


def test_a_long_title_is_no_institution() -> None:
    """A minister or secretary with a long title is a person."""
    assert persons("Chief Cabinet Secretary Odd Tarn said so.") == ["Odd Tarn"]


def test_an_institution_ends_where_a_person_begins() -> None:
    """Who is named beside an institution is no part of its name; nor is the end of another word."""
    found = named("The Ministry of Trade and Ruun agreed, President Ada Ruun said. The eBay Council met.")
    assert ("Ministry of Trade", "office", "Ministry of Trade") in found
    assert not any(name.startswith("Bay") for _, _, name in found)


def test_a_person_behind_a_realm() -> None:
    """Where a realm and a name run together, the person is who also stands alone, and the realm a country."""
    found = named("Chairman of the Council of the Inner Commonwealth Ada Ruun met Ilo Best. Ada Ruun said so.")
    assert ("Ada Ruun", "person", "Ada Ruun") in found
    assert ("Inner Commonwealth", "country", "Inner Commonwealth") in named("The Inner Commonwealth said so.")


@pytest.mark.parametrize(
    "text",
    [
        "Kelm’s President Ada Ruun said so. Kelm’s government left.",
        "The Kelmi president, Ada Ruun, said so. Kelm left. Kelm’s government left.",
        "Ilo Best met his Kelmi counterpart, Ada Ruun. Kelm left. Kelm’s government left.",
    ],
)
def test_whence_a_person_is(text: str) -> None:
    """The place before a title is whose title it is, by its name or its adjective."""
    assert reading(text).names.persons["Ada Ruun"].of == "Kelm"


def test_heads_whom_no_sentence_joins() -> None:
    """Two heads of government who are named again and again are the principals, though no sentence names both."""
    text = "President Ada Ruun left. Chancellor Ilo Best left. Ruun’s critic Odd Tarn wept. Best slept. Ruun sang."
    assert [mention.name for mention in reading(text).names.principals] == ["Ada Ruun", "Ilo Best"]


def test_the_leader_of_the_opposition_heads_no_state() -> None:
    """A title of less than a state makes no head of one."""
    assert not Mention(0, 1, "person", "Odd Tarn", title="opposition leader").is_head


def test_an_honorific_is_no_name() -> None:
    """“H.E.” before a name is not part of it."""
    assert persons("The minister, H.E. Odd Tarn, said so.") == ["Odd Tarn"]
    assert persons("His Excellency Odd Tarn said so.") == ["Odd Tarn"]


def test_an_outlet_is_no_person() -> None:
    """What has a definite article and the name of a paper is one, also where a word of it stands alone."""
    found = named("The Strait Monitor said so. The Strait is calm.")
    assert ("Strait Monitor", "outlet", "Strait Monitor") in found


def test_officials_of_the_two_countries() -> None:
    """They are of those that the two principals stand for."""
    text = "Kelm’s President Ada Ruun met Norvan’s Chancellor Ilo Best. Officials from the two countries left."
    assert [name for _, type_, name in named(text) if type_ == "group"] == ["Officials from Kelm and Norvan"]


def test_whose_union_it_is() -> None:
    """A plural possessive is part of a name."""
    assert ("Farmers' Union", "office", "Farmers' Union") in named("The Farmers' Union said so.")
    assert ("United States", "country", "United States") in named("The United States’ President Ada Ruun said so.")


def test_two_presidents_of_one_name() -> None:
    """People whose first names differ are two, whatever else they share."""
    assert persons("President Jane Ekk met President John Ekk.") == ["Jane Ekk", "John Ekk"]


def test_two_forms_of_one_name() -> None:
    """A president is one person, with a middle initial and without."""
    found = reading("President Josef R. Ekk spoke. Later, President Joe Ekk wrote. Ekk rested.").names
    assert {mention.name for mention in found.mentions} == {"Josef R. Ekk"}
