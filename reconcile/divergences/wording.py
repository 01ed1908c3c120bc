"""One claim in; `quote_drift` and `attribution` divergences out: one utterance in other words, or in another mouth."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from reconcile.clusters import Claim
from reconcile.diff import Comparison, compare
from reconcile.divergences.finding import Finding, against, by, in_order
from reconcile.names import OTHER, PRESS
from reconcile.telling import Telling
from schemas import DivergenceType, QuoteMode, Severity

SAME_UTTERANCE = 0.5
VERBATIM = 0.9
FEWEST_WORDS = 4
FEWEST_STEMS = 2
WORDINGS = 12


def wording_divergences(claim: Claim) -> Iterator[Finding]:
    """Quotation marks around different words for one utterance; the same words under two sources' names."""
    quotes = _wordings(claim)
    drifted = [(left, right, found) for left, right in combinations(quotes, 2) if (found := _drift(left, right))]
    if drifted:
        yield _drift_finding(drifted, claim)
    yield from _other_mouths(quotes, claim)


def _other_mouths(quotes: Sequence[Telling], claim: Claim) -> Iterator[Finding]:
    """The very same words, quoted as one side's in one article and as another side's in another."""
    spoken = [t for t in quotes if t.side not in (PRESS, OTHER)]
    pairs = [pair for pair in combinations(spoken, 2) if _same_words_of_two(*pair)]
    if pairs:
        readings = by((telling for pair in pairs for telling in pair), lambda t: t.side)
        detail = against(readings, lambda t: f"“{_quote(t)}”")
        rule = "quotes: same words, another speaker"
        yield Finding(DivergenceType.ATTRIBUTION, Severity.HIGH, readings, (claim,), detail, rule)


def _same_words_of_two(left: Telling, right: Telling) -> bool:
    if left.side == right.side or left.article.id == right.article.id:
        return False
    found = compare(_quote(left), _quote(right))
    return found.share >= VERBATIM and not found.differs


def _wordings(claim: Claim) -> list[Telling]:
    """One telling for each article and wording; words too few to compare are left out."""
    first: dict[tuple[str, tuple[str, ...]], Telling] = {}
    for telling in in_order(claim.tellings):
        if len(telling.quoted) >= FEWEST_WORDS:
            first.setdefault((telling.article.id, telling.quoted), telling)
    return list(first.values())[:WORDINGS]


def _drift(left: Telling, right: Telling) -> Comparison | None:
    """How two quotes of one source differ, where they are one utterance: most words shared, or all about the same."""
    if left.article.id == right.article.id or left.source != right.source:
        return None
    found = compare(_quote(left), _quote(right))
    one_utterance = found.share >= SAME_UTTERANCE or (_whole(left) and _whole(right) and _alike(left, right))
    return found if one_utterance and found.differs else None


def _whole(telling: Telling) -> bool:
    return telling.fact.quote is not None and telling.fact.quote.mode == QuoteMode.DIRECT


def _alike(left: Telling, right: Telling) -> bool:
    """Whether the two are about the very same, in one kind."""
    shared = set(left.about) & set(right.about)
    return left.kind == right.kind and len(shared) >= FEWEST_STEMS and shared == set(left.about) | set(right.about)


def _quote(telling: Telling) -> str:
    return telling.fact.quote.text if telling.fact.quote else ""


def _drift_finding(drifted: Sequence[tuple[Telling, Telling, Comparison]], claim: Claim) -> Finding:
    parties = in_order(telling for left, right, _ in drifted for telling in (left, right))
    worst = max(drifted, key=lambda item: (item[2].in_substance, len(item[2].only_left) + len(item[2].only_right)))
    severity = Severity.MEDIUM if worst[2].in_substance else Severity.LOW
    worded = by(parties, lambda t: compare(_quote(worst[0]), _quote(t)).differs)
    readings = tuple(_leading(group, worst[:2]) for group in worded)
    detail = against(readings, lambda t: f"“{_quote(t)}”")
    return Finding(
        DivergenceType.QUOTE_DRIFT,
        severity,
        readings,
        (claim,),
        detail,
        "quotes: same utterance, other words",
        worst[2].diff,
    )


def _leading(group: tuple[Telling, ...], pair: Sequence[Telling]) -> tuple[Telling, ...]:
    """The group with the telling that the word comparison shows at its outer end."""
    if pair[0] in group:
        return (pair[0], *(t for t in group if t is not pair[0]))
    return (*(t for t in group if t is not pair[1]), pair[1])
