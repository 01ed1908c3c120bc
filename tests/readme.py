"""The repository in, the generated blocks of README.md out; `python -m tests.readme` writes them.

A block stands between `<!-- NAME -->` and `<!-- /NAME -->`. What commands print is run for real, so that the README
cannot claim what no command shows.
"""

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
_BLOCK = re.compile(r"(<!-- (?P<name>[a-z-]+) -->\n).*?(<!-- /(?P=name) -->)", re.DOTALL)
_GOLD = tuple(f"evals/gold/{name}" for name in ("pass_", "invented/", "further/", "unseen/"))
_LEFT_OUT = (*_GOLD, "tests/", "seeds/0", "report/templates/")


def output(*command: str) -> str:
    """What `command` prints, run in the checkout with the environment's programs first."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "COLUMNS": "100", "NO_COLOR": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return done.stdout


def help_text() -> str:
    """The help of the main command."""
    return f"```\n{output('readouts', 'extract', '--help').strip()}\n```\n"


def example() -> str:
    """The first fact of the example article."""
    record = json.loads(output("readouts", "extract", "docs/example.txt", "--anchor", "2031-05-06"))
    fact = json.dumps(record["facts"][0], indent=1, ensure_ascii=False)
    return f"```json\n{_folded(fact)}\n```\n"


def _folded(text: str) -> str:
    """JSON with its innermost objects and lists on one line each."""
    return re.sub(r"\{[^{}\[\]]*\}|\[[^{}\[\]]*\]", lambda match: " ".join(match[0].split()), text)


def scores() -> str:
    """The score table of every committed run."""
    return output(sys.executable, "-m", "evals", "score").split("### Scores")[1].split("### Spread")[0].strip() + "\n"


def held_out() -> str:
    """The same for the invented articles, whose errors were looked at for general faults."""
    return _table("evals/gold/invented")


def further() -> str:
    """The same for those that only the rules have read, whose errors were looked at as well."""
    return _table("evals/gold/further", "rules")


def unseen() -> str:
    """The same for the articles whose errors nobody looked at."""
    return _table("evals/gold/unseen")


def _table(gold: str, *runs: str) -> str:
    printed = output(sys.executable, "-m", "evals", "score", "--gold", gold, *runs)
    return printed.split("### Scores")[1].split("### Spread")[0].strip() + "\n"


def peers() -> str:
    """The same model and articles through other tools; how long the rules take now is left to the command."""
    printed = output(sys.executable, "-m", "evals", "peers")
    table = "| run" + printed.split("| run", 1)[1].split("### How")[0].strip() + "\n"
    return re.sub(r"(\| rules \|.*\|) [^|]* \|\n", r"\1 – |\n", table)


def targets() -> str:
    """What was to be reached and is; how long the rules take now is left to the command."""
    table = "| figure" + output(sys.executable, "-m", "evals.targets").split("| figure", 1)[1].strip() + "\n"
    return re.sub(r"(\| seconds an article, median \| [\d.]+ \|) [^|]* \|", r"\1 – |", table)


def grounding() -> str:
    """The sums of the two grounding tables: allowed variants, and claims made false."""
    printed = output(sys.executable, "-m", "evals", "grounding")
    allowed, made_false = [row.split("|") for row in printed.splitlines() if row.startswith("| all ")][:2]
    return (
        f"Allowed variants of true words: {allowed[4].strip()} of {allowed[3].strip()} accepted, at their exact span. "
        f"Claims made false: {made_false[4].strip()} of {made_false[3].strip()} passed as verified.\n"
    )


def tree() -> str:
    """Every module and data file of the checkout with its first line, folder by folder."""
    files = [name for name in output("git", "ls-files").splitlines() if not name.startswith(_LEFT_OUT)]
    lines: list[str] = []
    folder = ""
    for name in sorted(files, key=lambda name: (str(Path(name).parent), name)):
        about = _about(ROOT / name)
        if not about:
            continue
        if str(Path(name).parent) != folder:
            folder = str(Path(name).parent)
            lines.append(f"{folder}/")
        lines.append(f"  {Path(name).name:<18} {about}")
    return "```\n" + "\n".join(lines) + "\n```\n"


def _about(path: Path) -> str:
    """The first sentence of a module's docstring, or a data file's first comment."""
    if path.suffix == ".py" and path.stat().st_size:
        text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    elif path.suffix == ".toml" and path.parent != ROOT:
        text = path.read_text(encoding="utf-8")
        tomllib.loads(text)
        text = text.lstrip().removeprefix("#").split("\n")[0] if text.lstrip().startswith("#") else ""
    else:
        return ""
    first = " ".join(text.split("\n\n")[0].split())
    return first if len(first) <= 110 else first[:107].rsplit(" ", 1)[0] + " …"


BLOCKS: dict[str, Callable[[], str]] = {
    "help": help_text,
    "example": example,
    "scores": scores,
    "held-out": held_out,
    "further": further,
    "unseen": unseen,
    "peers": peers,
    "targets": targets,
    "grounding": grounding,
    "tree": tree,
}


def rewritten(text: str) -> str:
    """`text` with every generated block made anew."""
    return _BLOCK.sub(lambda match: match[1] + BLOCKS[match["name"]]() + match[3], text)


if __name__ == "__main__":
    README.write_text(rewritten(README.read_text(encoding="utf-8")), encoding="utf-8")
