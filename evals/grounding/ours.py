"""A case in; whether readouts takes it as verified, where it finds the words, and which checks fail, out."""

from dataclasses import dataclass
from time import perf_counter_ns

from evals.grounding.case import Case
from extract.verify import TextIndex, admit
from schemas import CheckResult, Evidence


@dataclass(frozen=True, slots=True)
class Judged:
    """`verified`: the fact is admitted and no check failed; `span` is where its words were found."""

    verified: bool
    span: tuple[int, int] | None
    failed: tuple[str, ...]
    microseconds: float


def judge(case: Case, index: TextIndex) -> Judged:
    """Locate the claimed words; then, unless they are an allowed variant, run every check as for a proposed fact.

    The article's reading and index are not counted: they are made once an article, not once a fact.
    """
    started = perf_counter_ns()
    span, fact = None, case.fact
    if case.words is not None:
        span = index.locate(case.words, case.near)
        if span is None or case.must_pass:
            took = (perf_counter_ns() - started) / 1000
            return Judged(verified=span is not None, span=span, failed=() if span else ("evidence",), microseconds=took)
        fact = fact.model_copy(update={"evidence": (Evidence.of(index.text, *span), *fact.evidence[1:])})
    held, rejected = admit([fact], case.reading)
    took = (perf_counter_ns() - started) / 1000
    checks = (held[0] if held else rejected[0].fact).checks
    failed = tuple(name for name, outcome in checks.items() if outcome is CheckResult.FAIL)
    return Judged(bool(held) and not failed, span, failed, took)
