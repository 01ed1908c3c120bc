"""One article's labels and what a run made of it in; counts and the outcome of every fact out. No model is asked."""

from collections.abc import Sequence
from typing import Literal

from evals.align import align
from evals.judge import Verdict, in_words, judge
from evals.names import told_by
from evals.tally import Prf, Rate
from evals.values import made_up, said
from schemas import Article, Fact, GoldArticle, GoldFact, Kind, Record, Schema

Status = Literal["missed", "found", "right"]


class Claim(Schema):
    """A fact in words, and the words of the article that it rests on."""

    label: str
    words: str


class Outcome(Schema):
    """What became of one labelled fact. `wrong` names the wrong fields, `said` is what the run said instead."""

    fact: str
    gold: Claim
    optional: bool
    status: Status
    wrong: tuple[str, ...] = ()
    said: Claim | None = None


class ArticleScore(Schema):
    """All counts of one article; those of several add up. `failed` is why there is no record, None with a record."""

    article: str
    failed: str | None = None
    prf: dict[str, Prf]
    kinds: dict[str, Prf]
    rates: dict[str, Rate]
    outcomes: tuple[Outcome, ...]
    spurious: tuple[Claim, ...] = ()
    rejected: int = 0
    rejected_right: tuple[Claim, ...] = ()
    made_up: tuple[Claim, ...] = ()


class _Paired:
    """The alignment of one article: who is paired with whom, and with what verdict."""

    def __init__(self, predicted: Sequence[Fact], gold: Sequence[GoldFact], text: str) -> None:
        self.predicted, self.gold = predicted, gold
        self.pairs = align(predicted, gold, text)
        self.verdicts = {i: judge(predicted[i], gold[j], text) for i, j in self.pairs.items()}
        self.required = {i: j for i, j in self.pairs.items() if not gold[j].optional}

    @property
    def counted(self) -> list[Fact]:
        """The predicted facts that weigh: a find that is optional in the labels neither gains nor costs."""
        return [fact for i, fact in enumerate(self.predicted) if i not in self.pairs or i in self.required]

    @property
    def expected(self) -> list[GoldFact]:
        return [fact for fact in self.gold if not fact.optional]

    @property
    def verdicts_required(self) -> list[tuple[Fact, GoldFact, Verdict]]:
        return [(self.predicted[i], self.gold[j], self.verdicts[i]) for i, j in self.required.items()]


def claim(fact: Fact) -> Claim:
    """The fact and its evidence in words."""
    return Claim(label=in_words(fact), words=" … ".join(span.exact for span in fact.evidence))


def _prf(paired: _Paired) -> dict[str, Prf]:
    """Relaxed, strict and end-to-end figures: each has precision beside recall, so nothing is gained by flooding."""
    verdicts = paired.verdicts_required
    predicted, expected = paired.counted, paired.expected

    def whole(right: int) -> Prf:
        return Prf(right=right, predicted=len(predicted), expected=len(expected))

    return {
        "relaxed": whole(len(verdicts)),
        "strict": whole(sum(verdict.strict for _, _, verdict in verdicts)),
        "primary_source": whole(sum(verdict.right["primary_source"] for _, _, verdict in verdicts)),
        "chain": whole(sum(verdict.right["chain"] for _, _, verdict in verdicts)),
        "value": Prf(
            right=sum(verdict.right["value"] for _, gold, verdict in verdicts if gold.value),
            predicted=sum(fact.value is not None for fact in predicted),
            expected=sum(fact.value is not None for fact in expected),
        ),
        "quote": Prf(
            right=sum(verdict.right["quote"] for _, gold, verdict in verdicts if said(gold.quote)),
            predicted=sum(said(fact.quote) is not None for fact in predicted),
            expected=sum(said(fact.quote) is not None for fact in expected),
        ),
    }


def _kinds(paired: _Paired) -> dict[str, Prf]:
    """Kind by kind; `expected` is the support."""
    right = [gold.kind for _, gold, verdict in paired.verdicts_required if verdict.right["kind"]]
    predicted, expected = [fact.kind for fact in paired.counted], [fact.kind for fact in paired.expected]
    return {
        kind: Prf(right=right.count(kind), predicted=predicted.count(kind), expected=expected.count(kind))
        for kind in Kind
        if kind in predicted or kind in expected
    }


def _given_match(paired: _Paired) -> dict[str, Rate]:
    """Of the facts that were found, how many have a field right; a field that neither side has is not counted."""
    verdicts = paired.verdicts_required

    def rate(field: str, cases: Sequence[Verdict]) -> Rate:
        return Rate(right=sum(verdict.right[field] for verdict in cases), of=len(cases))

    everything = [verdict for _, _, verdict in verdicts]
    named = [verdict for _, gold, verdict in verdicts if told_by(gold)]
    return {
        **{field: rate(field, everything) for field in ("kind", "actor", "primary_source", "chain")},
        **{field: rate(field, everything) for field in ("certainty", "realis")},
        "primary_source_named": rate("primary_source", named),
        "channel": rate("channel", named),
        "target": rate("target", [verdict for ours, gold, verdict in verdicts if ours.target or gold.target]),
        "value_given_match": rate("value", [verdict for _, gold, verdict in verdicts if gold.value]),
        "quote_given_match": rate("quote", [verdict for _, gold, verdict in verdicts if said(gold.quote)]),
        "support_given_match": rate("support", everything),
    }


def _verbatim(fact: Fact, text: str) -> bool:
    return bool(fact.evidence) and all(span.stands_in(text) for span in fact.evidence)


def _of_all(paired: _Paired, text: str, values_made_up: int) -> dict[str, Rate]:
    """Of all that was predicted: is the evidence in the article, does it carry a fact, are values and quotes there."""
    facts = paired.predicted
    values = sum(fact.value is not None for fact in facts)
    quotes = [quote.text for fact in facts if (quote := said(fact.quote))]
    supported = sum(verdict.right["support"] for verdict in paired.verdicts.values())
    return {
        "verbatim": Rate(right=sum(_verbatim(fact, text) for fact in facts), of=len(facts)),
        "support": Rate(right=supported, of=len(facts)),
        "value_in_text": Rate(right=values - values_made_up, of=values),
        "quote_in_text": Rate(right=sum(quote in text for quote in quotes), of=len(quotes)),
    }


def _outcomes(paired: _Paired) -> tuple[Outcome, ...]:
    found = {j: i for i, j in paired.pairs.items()}
    outcomes = []
    for j, gold in enumerate(paired.gold):
        whole = Outcome(fact=gold.id, gold=claim(gold), optional=gold.optional, status="missed")
        if j in found:
            verdict, ours = paired.verdicts[found[j]], paired.predicted[found[j]]
            status: Status = "right" if verdict.strict else "found"
            whole = whole.model_copy(update={"status": status, "wrong": verdict.wrong, "said": claim(ours)})
        outcomes.append(whole)
    return tuple(outcomes)


def _rejected_right(paired: _Paired, rejected: Sequence[Fact], text: str) -> tuple[Claim, ...]:
    """Rejected facts that were right in all that counts, by the same ruler, about facts that were missed otherwise."""
    found = set(paired.pairs.values())
    missed = [gold for j, gold in enumerate(paired.gold) if j not in found]
    late = _Paired(rejected, missed, text)
    return tuple(claim(rejected[i]) for i, verdict in late.verdicts.items() if verdict.strict)


def score_article(
    gold: GoldArticle, article: Article, record: Record | None, failed: str | None = None
) -> ArticleScore:
    """Score one article. Without a record it scores 0, for `failed`; it is never left out."""
    facts = record.facts if record else ()
    rejected = [one.fact for one in record.rejected] if record else []
    anchor = record.article.anchor_date if record else None
    text = article.text
    paired = _Paired(facts, gold.facts, text)
    rejected_right = _rejected_right(paired, rejected, text)
    invented = [claim(fact) for fact in facts if fact.value and made_up(fact.value, text, anchor)]
    return ArticleScore(
        article=gold.article.id,
        failed=None if record else failed or "no record",
        prf=_prf(paired),
        kinds=_kinds(paired),
        rates={
            **_given_match(paired),
            **_of_all(paired, text, len(invented)),
        },
        outcomes=_outcomes(paired),
        spurious=tuple(claim(fact) for i, fact in enumerate(facts) if i not in paired.pairs),
        rejected=len(rejected),
        rejected_right=rejected_right,
        made_up=tuple(invented),
    )
