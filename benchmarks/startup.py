"""No input; prints what `readouts --help` costs beside a bare interpreter. Exit code 1 where it is over LIMIT times.

Run: python benchmarks/startup.py

The fastest of RUNS each, taken in turns, so that what else the machine does meets both.
"""

import subprocess
import sys
from pathlib import Path
from time import perf_counter

LIMIT = 4.0
RUNS = 25
CHECKOUT = Path(__file__).resolve().parents[1]
COMMANDS = {
    "bare interpreter": ["-c", "pass"],
    "readouts --help": ["-m", "extract.cli", "--help"],
    "import extract": ["-c", "import extract"],
    "import pydantic": ["-c", "import pydantic"],
    "import openai, instructor": ["-c", "import openai, instructor"],
}


def seconds(arguments: list[str]) -> float:
    """How long one run of the interpreter takes."""
    started = perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, cwd=CHECKOUT)
    return perf_counter() - started


def main() -> int:
    """Measure, print, judge."""
    runs = [{name: seconds(arguments) for name, arguments in COMMANDS.items()} for _ in range(RUNS)]
    fastest = {name: min(run[name] for run in runs) for name in COMMANDS}
    bare, shown = fastest["bare interpreter"], fastest["readouts --help"]
    for name, taken in fastest.items():
        print(f"{name:<28}{1000 * taken:7.1f} ms {taken / bare:6.1f} x")
    print(f"readouts --help takes {shown / bare:.1f} times a bare interpreter; at most {LIMIT:.0f} is asked for")
    return 0 if shown <= LIMIT * bare else 1


if __name__ == "__main__":
    sys.exit(main())
