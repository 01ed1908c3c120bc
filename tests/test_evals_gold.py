"""What makes labels sound, how two passes agree, and the way to Label Studio and back."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.agreement import agree, krippendorff_alpha
from evals.gold_checks import check_article, check_event
from evals.gold_files import GOLD as GOLD_FOLDER
from evals.gold_files import default_texts, gold_digest, load_gold, load_labelled
from evals.label_studio import ALTERNATIVE, MORE, from_tasks, labelling_config, to_tasks
from extract.errors import InputError
from schemas import (
    Article,
    Evidence,
    FactRef,
    GoldArticle,
    GoldArticleRef,
    GoldCluster,
    GoldEvent,
    GoldFact,
    Kind,
    SourceType,
    Value,
    ValueType,
)
from tests.evals_example import ARTICLE, GOLD, PALACE, TEXT, WRITER, span


def changed(index: int, **changes: Any) -> GoldArticle:
    """The labels with one fact changed."""
    facts = list(GOLD.facts)
    facts[index] = facts[index].model_copy(update=changes)
    return GOLD.model_copy(update={"facts": tuple(facts)})


def test_the_example_is_sound() -> None:
    """Labels that keep the guidelines have no problem."""
    assert check_article(GOLD, TEXT) == []


@pytest.mark.parametrize(
    ("labels", "problem"),
    [
        (changed(1, id="f1"), "fact id f1 occurs 2 times"),
        (changed(0, evidence=()), "f1: no evidence"),
        (changed(0, evidence=(Evidence(start=0, end=3, exact="abc"),)), "“abc” do not stand at [0, 3)"),
        (changed(0, evidence=(span("Rose Palace").model_copy(update={"prefix": "?"}),)), "not what surrounds it"),
        (changed(0, alternatives=((Evidence(start=0, end=3, exact="abc"),),)), "“abc” do not stand"),
        (changed(0, attribution=(PALACE,)), "does not begin with the article"),
        (changed(0, attribution=(WRITER, PALACE, WRITER)), "a writer stands within"),
        (changed(0, value=Value(type=ValueType.NUMBER, iso="40", as_written="40 crowns")), "the value “40 crowns”"),
        (changed(0, kind=Kind.DENIAL), "a denial without `denies`"),
        (changed(2, evidence=GOLD.facts[0].evidence), "not in the order of their evidence"),
        (changed(2, object="call of Ruun and Best: day"), "2 facts have the same"),
    ],
)
def test_a_breach_of_the_guidelines_is_named(labels: GoldArticle, problem: str) -> None:
    """Each item of the guidelines' checklist is checked, and the line says which fact breaks it."""
    assert any(problem in line for line in check_article(labels, TEXT))


def test_a_reference_to_no_fact_is_named() -> None:
    """Labels across articles may only name facts and articles that exist, each fact in one cluster."""
    refs = (FactRef(article="truce", fact="f1"), FactRef(article="truce", fact="f99"))
    clusters = (GoldCluster(id="c1", facts=refs), GoldCluster(id="c1", facts=refs[:1]))
    problems = check_event(GoldEvent(articles=("truce", "other"), clusters=clusters), {"truce": GOLD})
    assert problems == [
        "event: article other has no labels",
        "event: id c1 occurs 2 times",
        "event cluster c1: no fact f99 in article truce",
        "event: fact f1 of truce is in 2 clusters",
    ]


def test_the_committed_labels_are_sound() -> None:
    """Every labelled article in the repository keeps the guidelines, in both passes too."""
    folders = [GOLD_FOLDER, GOLD_FOLDER / "pass_a", GOLD_FOLDER / "pass_b"]
    folders += [GOLD_FOLDER / "invented", GOLD_FOLDER / "further"]
    found = [one for folder in folders for one in load_labelled(folder, default_texts(folder))]
    assert found
    assert [line for one in found for line in check_article(one.gold, one.article.text)] == []


def test_labels_need_their_text(tmp_path: Path) -> None:
    """An article of another text than was labelled is not taken, and the message names it."""
    (tmp_path / "truce.gold.json").write_text(GOLD.model_dump_json(), encoding="utf-8")
    (tmp_path / "truce.txt").write_text(TEXT + "!", encoding="utf-8", newline="")
    with pytest.raises(InputError, match="truce"):
        load_labelled(tmp_path, [tmp_path / "truce.txt"])
    (tmp_path / "truce.txt").write_text(TEXT, encoding="utf-8", newline="")
    assert [one.gold for one in load_labelled(tmp_path, [tmp_path / "truce.txt"])] == [GOLD]


@pytest.mark.parametrize("content", ["", "{", '{"facts": []}', "[]"])
def test_a_file_of_no_labels_is_an_input_error(content: str, tmp_path: Path) -> None:
    """Whatever is in a label file, the error is ours and names the file."""
    (tmp_path / "x.gold.json").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"x\.gold\.json"):
        load_gold(tmp_path)


def test_any_change_of_the_labels_changes_their_digest() -> None:
    """A baseline of other labels is told apart."""
    assert gold_digest([GOLD]) != gold_digest([changed(0, optional=True)])


def test_alpha_is_krippendorffs() -> None:
    """The worked example for two observers and nominal data (Krippendorff 2011, section A): 0.095."""
    a = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    b = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert krippendorff_alpha(list(zip(a, b, strict=True))) == pytest.approx(0.095, abs=0.0005)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=30))
def test_alpha_is_one_only_for_full_agreement(pairs: list[tuple[int, int]]) -> None:
    """Null where nothing could differ, 1 exactly where nothing does, else less."""
    alpha = krippendorff_alpha(pairs)
    if len({label for pair in pairs for label in pair}) < 2:
        assert alpha is None
    else:
        assert alpha is not None
        assert (alpha == 1.0) == all(a == b for a, b in pairs)


def test_two_passes_agree_as_far_as_they_do() -> None:
    """A fact that one pass lacks lowers F1; another kind and another source lower the agreement on these alone."""
    facts = list(GOLD.facts[1:])
    facts[0] = facts[0].model_copy(update={"kind": Kind.TOPIC})
    facts[5] = facts[5].model_copy(update={"attribution": (WRITER,)})
    other = GOLD.model_copy(update={"facts": tuple(facts), "annotator": "other"})
    found = agree({"truce": GOLD}, {"truce": other}, {GOLD.article.sha256: ARTICLE})
    n = len(facts)
    assert found.facts.f1 == pytest.approx(2 * n / (2 * n + 1))
    assert found.fields["kind"].raw.share == pytest.approx((n - 1) / n)
    assert found.fields["primary_source"].raw.share == pytest.approx((n - 1) / n)
    assert found.fields["certainty"].raw.share == 1.0
    assert found.strict.right == n - 2


def round_trip(labels: GoldArticle, article: Article) -> GoldArticle:
    """Out to tasks and back through JSON."""
    return from_tasks(json.dumps(to_tasks([(labels, article)])))[0]


def test_label_studio_gives_back_what_it_got() -> None:
    """Every field of every fact survives, with an emoji before every span."""
    assert round_trip(GOLD, ARTICLE) == GOLD


def test_the_committed_labels_survive_label_studio() -> None:
    """Real labels, with all their alternatives, cues and notes, come back as they were."""
    for one in load_labelled(GOLD_FOLDER / "pass_a"):
        assert round_trip(one.gold, one.article) == one.gold


@settings(deadline=None)
@given(
    st.text(st.characters(codec="utf-8"), max_size=20),
    st.text("a|\"'\\,;\n🎉 ", min_size=1, max_size=20),
)
def test_label_studio_keeps_any_text(before: str, words: str) -> None:
    """Bars, quotation marks, line ends and emoji in names and notes, or before the span, change nothing."""
    text = f"{before}{words}."
    evidence = Evidence.of(text, len(before), len(before) + len(words))
    actor = GOLD.facts[0].actor[0].model_copy(update={"name": f"x{words}", "as_written": words})
    source = PALACE.model_copy(update={"cue": Evidence.of(text, len(before), len(before) + len(words))})
    fact = GoldFact(
        id="f",
        kind=Kind.TOPIC,
        actor=(actor,),
        object=words,
        attribution=(WRITER, source),
        evidence=(evidence,),
        note=words,
    )
    article = Article(id="a", text=text)
    labels = GoldArticle(article=GoldArticleRef(id="a", sha256=article.info.sha256), annotator="t", facts=(fact,))
    back = round_trip(labels, article).facts[0]
    assert back.model_dump() == labels.facts[0].model_dump()


def tasks_with(change: Callable[[list[dict[str, Any]]], None]) -> str:
    """The example's tasks, with the regions of the annotation changed."""
    tasks = to_tasks([(GOLD, ARTICLE)])
    change(tasks[0]["annotations"][0]["result"])
    return json.dumps(tasks)


def test_offsets_in_utf16_units_are_understood() -> None:
    """An export of an older Label Studio, which counts an emoji twice, gives the same labels."""

    def shifted(results: list[dict[str, Any]]) -> None:
        for result in results:
            for edge in ("start", "end"):
                result["value"][edge] += 1

    assert from_tasks(tasks_with(shifted)) == [GOLD]


def test_a_region_that_is_nowhere_is_refused() -> None:
    """Words that do not stand at their offsets by either count are no evidence."""

    def moved(results: list[dict[str, Any]]) -> None:
        results[0]["value"]["start"] += 7

    with pytest.raises(InputError, match="do not stand"):
        from_tasks(tasks_with(moved))


@pytest.mark.parametrize("label", ["no such kind", MORE, ALTERNATIVE])
def test_a_region_is_never_dropped_silently(label: str) -> None:
    """An unknown label, or further evidence of no fact, is an error."""

    def relabelled(results: list[dict[str, Any]]) -> None:
        results[0]["value"]["labels"] = [label]
        results[:] = [result for result in results if result["from_name"] != "fact" or result["id"] != "f1"]

    with pytest.raises(InputError):
        from_tasks(tasks_with(relabelled))


def test_a_cue_without_offset_is_found_near_the_evidence() -> None:
    """Somebody who types a cue need not count characters."""

    def typed(results: list[dict[str, Any]]) -> None:
        for result in results:
            if result["from_name"] == "attribution" and result["id"] == "f12":
                result["value"]["text"][-1] = "person briefed|anonymous|speaker||||told NPA"

    fact = next(fact for fact in from_tasks(tasks_with(typed))[0].facts if fact.id == "f12")
    cue = fact.primary_source.cue
    assert cue is not None
    assert cue.start == TEXT.rindex("told NPA")
    assert fact.primary_source.type is SourceType.ANONYMOUS


@pytest.mark.parametrize(
    "exported", ["", "{}", "[{}]", "[1]", '[{"data": {"id": "a", "text": "t"}, "annotations": []}]']
)
def test_what_is_no_export_is_an_input_error(exported: str) -> None:
    """A wrong file is told from a crash."""
    with pytest.raises(InputError):
        from_tasks(exported)


def test_the_interface_offers_every_kind() -> None:
    """The labelling interface is made from the vocabulary."""
    assert all(f'<Label value="{kind}" />' in labelling_config() for kind in Kind)
