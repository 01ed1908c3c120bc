"""The committed run of a small model: it replays offline, and it is no worse than the rules that it was added to."""

import pytest

from evals.gold_files import GOLD, default_texts, load_labelled
from evals.metrics import measure
from evals.replay import committed_runs, replay
from evals.runs import score_run

MODELS = [name for name in committed_runs() if name != "rules"]
LABELLED = load_labelled(GOLD, default_texts(GOLD))
TEXTS = {one.article.id: one.article.text for one in LABELLED}


@pytest.mark.parametrize("name", MODELS)
def test_every_labelled_article_has_its_recorded_answers(name: str) -> None:
    """No request misses: whoever changes a request records again (`evals/recordings/README.md`)."""
    recorded = replay(name, LABELLED)
    assert [failure.cause for failure in recorded.failures] == []
    assert [record.article.id for record in recorded.records] == [one.article.id for one in LABELLED]
    assert recorded.usage.requests == 0 < recorded.usage.cached
    facts = [(TEXTS[r.article.id], fact) for r in recorded.records for fact in r.facts]
    assert all(span.stands_in(text) for text, fact in facts for span in fact.evidence)


@pytest.mark.parametrize("name", MODELS)
def test_the_model_takes_nothing_away_from_the_rules(name: str) -> None:
    """Facts found and facts right are at least those of rules alone."""
    with_model, rules = (measure(score_run(replay(run, LABELLED), LABELLED).articles) for run in (name, "rules"))
    for figure in ("relaxed_f1", "strict_f1"):
        assert (with_model[figure] or 0.0) >= (rules[figure] or 0.0)
