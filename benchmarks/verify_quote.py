"""Prints what it costs to find a quote in a text of 6 KB and of 200 KB, beside the peers that are installed, same run.

    python -m benchmarks.verify_quote

Exact quotes, and the same in other typography. `langextract`'s aligner and `instructor`'s citation validator do the
same job; the index that readouts makes once an article is timed apart. Peers are timed where they are installed: see
`evals/grounding/peers.py` on an environment that has them.
"""

from collections.abc import Callable
from functools import partial
from statistics import median
from time import perf_counter_ns

from evals.gold_files import TEXTS
from evals.grounding.peers import PEERS, Find
from extract.articles import read_articles
from extract.reading.segment import sentences
from extract.verify import TextIndex
from schemas import Article

SIZES = (6_000, 200_000)
QUOTES, ROUNDS, BUDGET = 24, 7, 10.0  # quotes a text, rounds of ours, seconds for a peer


def text_of(size: int) -> str:
    """News text of `size` code points: the seed articles, one after the other, each copy told apart by its number."""
    texts = [one.text for one in read_articles([TEXTS]) if isinstance(one, Article)]
    whole, copy = "", 0
    while len(whole) < size:
        whole += f"Copy {copy}. {texts[copy % len(texts)]}\n\n"
        copy += 1
    return whole[:size]


def quotes_of(text: str) -> list[str]:
    """Sentences from all over the text."""
    found = [text[s.start : s.end] for s in sentences(text) if 60 <= s.end - s.start <= 200]
    return found[:: max(1, len(found) // QUOTES)][:QUOTES]


def microseconds(find: Callable[[str], object], quotes: list[str], *, budget: float = BUDGET) -> float:
    """The median over quotes of the best of several tries; stops asking when `budget` seconds are spent."""
    best: list[float] = []
    spent = 0.0
    for quote in quotes:
        times = []
        for _ in range(ROUNDS):
            started = perf_counter_ns()
            find(quote)
            times.append((perf_counter_ns() - started) / 1000)
            spent += times[-1] / 1e6
            if spent > budget:
                break
        best.append(min(times))
        if spent > budget:
            break
    return median(best)


def installed() -> dict[str, Find]:
    """The peers that can be imported here."""
    found = {}
    for name, (make, _) in PEERS.items():
        try:
            found[name] = make()
        except ImportError:
            print(f"{name} is not installed here")
    return found


def main() -> None:
    """Print a line for each size and way of quoting."""
    peers = installed()
    for size in SIZES:
        text = text_of(size)
        quotes = quotes_of(text)
        started = perf_counter_ns()
        index = TextIndex(text)
        index.locate("\0")
        print(f"{size // 1000} KB: index once {(perf_counter_ns() - started) / 1000:.0f} µs")
        for way, asked in (("exact", quotes), ("other spaces", [quote.replace(" ", "\u00a0") for quote in quotes])):
            ours = microseconds(index.locate, asked)
            line = f"  {way:13} readouts {ours:8.1f} µs"
            for name, find in peers.items():
                theirs = microseconds(partial(find, text=text), asked)
                line += f"   {name} {theirs:12.1f} µs, {theirs / ours:10.0f} times ours"
            print(line)


if __name__ == "__main__":
    main()
