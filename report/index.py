"""Records in, the places of their articles and facts in the page's lists out."""

from collections.abc import Sequence

from schemas import Fact, FactRef, Record


class Index:
    """Where each article and fact stands in the page's lists."""

    def __init__(self, records: Sequence[Record]) -> None:
        self.article = {record.article.id: place for place, record in enumerate(records)}
        self.by_article = [in_order(record.facts) for record in records]
        self.facts = [fact for facts in self.by_article for fact in facts]
        self.first: list[int] = []  # the place of each article's first fact
        self._fact: dict[tuple[str, str], int] = {}
        for record, facts in zip(records, self.by_article, strict=True):
            self.first.append(len(self._fact))
            self._fact.update({(record.article.id, fact.id): self.first[-1] + rank for rank, fact in enumerate(facts)})

    def of(self, refs: Sequence[FactRef]) -> list[int]:
        """The places of the facts that `refs` name, without repeats."""
        return list(dict.fromkeys(self._fact[ref.article, ref.fact] for ref in refs))


def in_order(facts: Sequence[Fact]) -> list[Fact]:
    """Facts as they stand in the article, from the first words of each."""
    return sorted(facts, key=lambda fact: min((span.start for span in fact.evidence), default=0))
