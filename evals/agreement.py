"""Two independent passes of labels over the same articles in, how far they agree out.

Facts are paired by the scorer's own aligner; optional facts count like any other. Over the pairs, agreement on a field
is given raw and as Krippendorff's alpha (2011, nominal data, two observers), which is 0 where chance gives as much.
"""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence

from evals.align import align
from evals.judge import judge
from evals.names import same_source, told_by
from evals.tally import Prf, Rate, added
from schemas import Article, Fact, GoldArticle, GoldFact, Schema, SourceLink

Observed = tuple[Hashable, Hashable]
FIELDS = ("kind", "primary_source", "certainty", "realis")


class FieldAgreement(Schema):
    """Agreement on one field over paired facts. `alpha` is None where all labels are the same, or there are none."""

    raw: Rate
    alpha: float | None


class Agreement(Schema):
    """Agreement of two passes: F1 over facts by article and over all, and the fields of the facts that both have."""

    annotators: tuple[str, str]
    articles: dict[str, Prf]
    facts: Prf
    strict: Prf
    fields: dict[str, FieldAgreement]


def krippendorff_alpha(pairs: Sequence[Observed]) -> float | None:
    """1 - observed / expected disagreement of two observers on nominal labels; None where none can be expected."""
    totals = Counter(label for pair in pairs for label in pair)
    n = sum(totals.values())
    expected = n * n - sum(count * count for count in totals.values())
    if not expected:
        return None
    observed = 2 * sum(a != b for a, b in pairs)
    return 1 - (n - 1) * observed / expected


def _source_labels(facts: Sequence[Fact]) -> dict[str, Hashable]:
    """For each name of a primary source, a label that all its names share."""
    known: list[SourceLink] = []
    labels: dict[str, Hashable] = {}
    for link in (told_by(fact)[-1] for fact in facts if told_by(fact)):
        place = next((i for i, other in enumerate(known) if same_source(link, other)), len(known))
        if place == len(known):
            known.append(link)
        labels.setdefault(link.name, place)
    return labels


def _observed(a: GoldArticle, b: GoldArticle, pairs: Sequence[tuple[GoldFact, GoldFact]]) -> dict[str, list[Observed]]:
    names = _source_labels([*a.facts, *b.facts])

    def source(fact: Fact) -> Hashable:
        return (a.article.id, names[told_by(fact)[-1].name]) if told_by(fact) else "writer"

    return {
        "kind": [(x.kind, y.kind) for x, y in pairs],
        "primary_source": [(source(x), source(y)) for x, y in pairs],
        "certainty": [(x.certainty, y.certainty) for x, y in pairs],
        "realis": [(x.realis, y.realis) for x, y in pairs],
    }


def agree(a: Mapping[str, GoldArticle], b: Mapping[str, GoldArticle], texts: Mapping[str, Article]) -> Agreement:
    """Compare two passes over the articles that both label. `texts` maps the SHA-256 of a text to its article."""
    articles: dict[str, Prf] = {}
    strict = Prf()
    observed: dict[str, list[Observed]] = {field: [] for field in FIELDS}
    for name in sorted(a.keys() & b.keys()):
        ours, theirs = a[name], b[name]
        text = texts[ours.article.sha256].text
        pairs = [(ours.facts[i], theirs.facts[j]) for i, j in align(ours.facts, theirs.facts, text).items()]
        whole = Prf(right=len(pairs), predicted=len(ours.facts), expected=len(theirs.facts))
        articles[name] = whole
        strict += whole.model_copy(update={"right": sum(judge(x, y, text).strict for x, y in pairs)})
        for field, seen in _observed(ours, theirs, pairs).items():
            observed[field] += seen
    fields = {
        field: FieldAgreement(
            raw=Rate(right=sum(x == y for x, y in seen), of=len(seen)), alpha=krippendorff_alpha(seen)
        )
        for field, seen in observed.items()
    }
    facts = added({"facts": one} for one in articles.values()).get("facts", Prf())
    names = (next(iter(a.values())).annotator, next(iter(b.values())).annotator)
    return Agreement(annotators=names, articles=articles, facts=facts, strict=strict, fields=fields)
