"""The outcomes of two scorings of the same labels in, every fact whose outcome changed out, with its words."""

from collections.abc import Iterable, Mapping
from typing import Literal

from evals.metrics import RunScore
from evals.score import ArticleScore, Claim, Outcome
from schemas import Schema

Change = Literal["lost", "won", "changed", "new error", "error gone"]
_WORTH = {"missed": 0, "found": 1, "right": 2}


class FactState(Schema):
    """The outcome of one labelled fact, as a baseline keeps it."""

    status: Literal["missed", "found", "right"]
    wrong: tuple[str, ...] = ()
    said: Claim | None = None


class States(Schema):
    """The outcomes of one article: labelled facts by id, and what was predicted beside them."""

    facts: dict[str, FactState]
    spurious: tuple[Claim, ...] = ()


class Flip(Schema):
    """One fact whose outcome changed: what the labels say, and what was said before and after."""

    article: str
    fact: str | None
    change: Change
    gold: Claim | None
    before: str
    after: str


def _state(outcome: Outcome) -> FactState:
    return FactState(status=outcome.status, wrong=outcome.wrong, said=outcome.said)


def states(score: RunScore) -> dict[str, States]:
    """The outcomes of a run, article by article."""
    return {
        article.article: States(
            facts={outcome.fact: _state(outcome) for outcome in article.outcomes}, spurious=article.spurious
        )
        for article in score.articles
    }


def _described(state: FactState) -> str:
    if state.said is None:
        return "missed"
    wrong = f", wrong: {', '.join(state.wrong)}" if state.wrong else ""
    return f"{state.status}{wrong}: {state.said.label} “{state.said.words}”"


def _change(before: FactState, after: FactState) -> Change | None:
    """A fact is lost or won by its status, then by the number of wrong fields; else it only changed, if at all."""
    if before == after:
        return None
    worth = (_WORTH[after.status], -len(after.wrong)), (_WORTH[before.status], -len(before.wrong))
    if worth[0] == worth[1]:
        return "changed"
    return "won" if worth[0] > worth[1] else "lost"


def _article_flips(before: States, article: ArticleScore) -> Iterable[Flip]:
    for outcome in article.outcomes:
        old, new = before.facts.get(outcome.fact, FactState(status="missed")), _state(outcome)
        change = _change(old, new)
        if change:
            yield Flip(
                article=article.article,
                fact=outcome.fact,
                change=change,
                gold=outcome.gold,
                before=_described(old),
                after=_described(new),
            )
    named: tuple[tuple[Change, set[Claim], set[Claim]], ...] = (
        ("new error", set(article.spurious), set(before.spurious)),
        ("error gone", set(before.spurious), set(article.spurious)),
    )
    for change, here, there in named:
        for claim in sorted(here - there, key=lambda claim: (claim.words, claim.label)):
            words = f"{claim.label} “{claim.words}”"
            was, now = ("", words) if change == "new error" else (words, "")
            yield Flip(article=article.article, fact=None, change=change, gold=None, before=was, after=now)


def flips(before: Mapping[str, States], after: RunScore) -> list[Flip]:
    """Every fact that flipped from `before` to `after`, losses first."""
    order = ("lost", "new error", "changed", "won", "error gone")
    found = [
        flip
        for article in after.articles
        for flip in _article_flips(before.get(article.article, States(facts={})), article)
    ]
    return sorted(found, key=lambda flip: order.index(flip.change))
