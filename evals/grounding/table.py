"""Cases in; what readouts and its peers make of them, family by family, as a document out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median

from evals.document import Case as Check
from evals.document import Cell, Document, Table
from evals.grounding.case import Case
from evals.grounding.cases import Grounds, checked
from evals.grounding.ours import Judged, judge
from evals.grounding.peers import Found, Recording, key
from extract.verify import TextIndex, admit

_NOTES = {
    True: "Typography that may differ. Accepted: found, with the exact span of the raw text; of peers, in brackets, "
    "those found with another span. Times are medians a case; those of peers were recorded, on a busy machine.",
    False: "Edits that make a claim false. Passed: admitted with no failed check; of a peer: the words found. Caught "
    "by name: a check that is meant for the edit failed. Peers look at words alone: where the fact or the article was "
    "edited and the words stand verbatim they have no figure, for they would take every one.",
}


@dataclass(frozen=True)
class Result:
    """One case and what came of it; `found` is what each peer said, None where it was not asked."""

    case: Case
    ours: Judged
    found: dict[str, Found | None]

    @property
    def right(self) -> bool:
        """Whether an allowed variant was given its span, or a false claim did not pass."""
        return self.ours.span == self.case.expected if self.case.must_pass else not self.ours.verified

    @property
    def name(self) -> str:
        """The family, what was edited, and the article."""
        return f"{self.case.family}, {self.case.edited} edited, {self.case.reading.article.id}"

    @property
    def failure(self) -> str | None:
        """What went wrong, with the words; None where nothing did."""
        if self.right:
            return None
        words = self.case.words or self.case.fact.evidence[0].exact
        return f"{'refused' if self.case.must_pass else 'passed as verified'}: {words}"

    @property
    def named(self) -> bool:
        """Whether a check that is meant for this edit failed."""
        return bool(set(self.ours.failed) & set(self.case.named))


def results(cases: Iterable[Case], recordings: Sequence[Recording]) -> list[Result]:
    """Judge every case."""
    indices: dict[int, TextIndex] = {}
    judged = []
    for case in cases:
        index = indices.setdefault(id(case.reading), TextIndex(case.reading.text))
        index.locate("\0")  # what is made once an article is not timed
        if not case.must_pass:
            admit([case.fact], case.reading)
        asked = case.words is not None
        found = {one.peer: one.found.get(key(case)) if asked else None for one in recordings}
        judged.append(Result(case, judge(case, index), found))
    return judged


def _peer(rows: Sequence[Result], peer: str, *, must_pass: bool) -> list[Cell]:
    """What a peer took, of how many where it was not asked about all, and its median microseconds."""
    answers = [(row.case, answer) for row in rows if (answer := row.found[peer])]
    if not answers:
        return [None, None]
    found = sum(answer.span is not None for _, answer in answers)
    exact = sum(answer.span == case.expected for case, answer in answers) if must_pass else found
    taken = str(exact) + (f" ({found - exact})" if found > exact else "")
    if len(answers) < len(rows):
        taken += f" of {len(answers)}"
    return [taken, _micro(answer for _, answer in answers)]


def _micro(timed: Iterable[Judged | Found]) -> int:
    return round(median(one.microseconds for one in timed))


def _row(rows: Sequence[Result], peers: Sequence[str], *, must_pass: bool) -> list[Cell]:
    case, right = rows[0].case, sum(row.right for row in rows)
    ours: list[Cell] = [right] if must_pass else [len(rows) - right, sum(row.named for row in rows)]
    theirs = [cell for peer in peers for cell in _peer(rows, peer, must_pass=must_pass)]
    return [case.family, case.edited, len(rows), *ours, _micro(row.ours for row in rows), *theirs]


def _table(rows: Sequence[Result], peers: Sequence[str], *, must_pass: bool) -> Table:
    kept = [row for row in rows if row.case.must_pass == must_pass]

    def kind(row: Result) -> tuple[str, str]:
        return row.case.family, row.case.edited

    lines = [_row(list(group), peers, must_pass=must_pass) for _, group in groupby(sorted(kept, key=kind), key=kind)]
    ours = ["accepted", "µs"] if must_pass else ["passed", "caught by name", "µs"]
    theirs = [column for peer in peers for column in (peer, f"{peer} µs")]
    title = "Allowed variants" if must_pass else "False claims"
    columns = ["family", "edited", "cases", *ours, *theirs]
    return Table(title, columns, [*lines, _sum(lines, columns)], _NOTES[must_pass])


def _sum(lines: Sequence[Sequence[Cell]], columns: Sequence[str]) -> list[Cell]:
    """The last line, with what can be added up: peers were asked about part of the cases, and times are medians."""
    summed = {"cases", "accepted", "passed", "caught by name"}
    return ["all", *(sum(int(line[at] or 0) for line in lines) if name in summed else ("" if at == 1 else None)
                     for at, name in enumerate(columns) if at)]  # fmt: skip


def document(grounds: Sequence[Grounds], recordings: Sequence[Recording]) -> Document:
    """The tables, each wrong case as a failure, and the figures."""
    rows = results([case for one in grounds for case in one.cases], recordings)
    peers = [one.peer for one in recordings]
    checks = [Check("grounding", row.name, row.failure) for row in rows]
    wrong = [row for row in rows if not row.right]
    figures = {
        "cases": len(rows),
        "accepted": sum(row.right for row in rows if row.case.must_pass),
        "allowed": sum(row.case.must_pass for row in rows),
        "passed": sum(not row.case.must_pass for row in wrong),
        "false": sum(not row.case.must_pass for row in rows),
        "microseconds": _micro(row.ours for row in rows),
    }
    tables = [_table(rows, peers, must_pass=True), _table(rows, peers, must_pass=False), _control(grounds)]
    return Document("Adversarial grounding", tables, checks, figures)


def _control(grounds: Sequence[Grounds]) -> Table:
    """How many true facts pass: a verifier that flags everything would catch every edit too."""
    lines: list[list[Cell]] = [
        [one.one.article.id, len(one.stated), len(checked(one.stated)), len(one.proposed), len(checked(one.proposed))]
        for one in grounds
    ]
    note = "Facts as they are. Labelled ones are true by hand; those of the rules are as they come."
    columns = ["article", "labelled facts", "with no failed check", "facts of the rules", "with no failed check "]
    total: list[Cell] = ["all", *(sum(int(line[at] or 0) for line in lines) for at in range(1, len(columns)))]
    return Table("Unedited facts", columns, [*lines, total], note)
