"""A predicted fact and the label it was paired with in, one verdict for each field a reader relies on out."""

from dataclasses import dataclass

from evals.align import evidence_overlap
from evals.names import same_actors, same_chain, same_primary_source, told_by
from evals.values import said, same_quote, same_value
from schemas import Fact, GoldFact

STRICT = ("kind", "actor", "primary_source", "value")  # a fact is right if these four are
FIELDS = (*STRICT, "target", "chain", "channel", "certainty", "realis", "quote", "support")


@dataclass(frozen=True)
class Verdict:
    """Which fields of a paired fact are right. A field that neither side has is right."""

    right: dict[str, bool]

    @property
    def strict(self) -> bool:
        """Whether kind, actor, primary source and value are all right."""
        return all(self.right[field] for field in STRICT)

    @property
    def wrong(self) -> tuple[str, ...]:
        """The fields that are wrong, the strict ones first."""
        return tuple(field for field in FIELDS if not self.right[field])


def _same_channel(predicted: Fact, gold: Fact) -> bool:
    ours, theirs = told_by(predicted), told_by(gold)
    if not ours or not theirs:
        return not ours and not theirs
    return ours[-1].channel is theirs[-1].channel


def judge(predicted: Fact, gold: GoldFact, text: str) -> Verdict:
    """Compare field by field. `text` is the article, for the evidence."""
    return Verdict(
        {
            "kind": predicted.kind is gold.kind,
            "actor": same_actors(predicted.actor, gold.actor),
            "target": same_actors(predicted.target, gold.target),
            "primary_source": same_primary_source(predicted, gold),
            "chain": same_chain(predicted, gold),
            "channel": _same_channel(predicted, gold),
            "certainty": predicted.certainty is gold.certainty,
            "realis": predicted.realis is gold.realis,
            "value": same_value(predicted.value, gold.value),
            "quote": same_quote(predicted.quote, gold.quote),
            "support": evidence_overlap(predicted, gold, text).supports,
        }
    )


def in_words(fact: Fact) -> str:
    """A fact in one line: kind, actors, object, value, quote, primary source."""
    who = ", ".join(actor.name for actor in fact.actor) or "nobody"
    value = f" [{fact.value.comparator} {fact.value.iso or fact.value.as_written}]" if fact.value else ""
    quote = said(fact.quote)
    source = told_by(fact)[-1].name if told_by(fact) else "the writer"
    return (
        f"{fact.kind} by {who}: {fact.object}{value}" + (f" “{quote.text}”" if quote else "") + f" — told by {source}"
    )
