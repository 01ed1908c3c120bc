"""Command-line arguments in, an exit code out: 0 pass, 1 failed, 2 usage, 3 incomplete, 5 nothing evaluated."""

import argparse
import sys
from pathlib import Path

from evals import commands
from evals.gate import THRESHOLDS
from evals.gold_files import GOLD
from evals.outputs import check_output
from extract.errors import ConfigError, ReadoutsError

_ABOUT = "How good an extraction is, and whether it still is: no command but run asks a model."
_EXITS = "Exit codes: 0 pass, 1 failed, 2 usage, 3 incomplete (some articles have no record), 5 nothing evaluated."


def _output(name: str) -> Path:
    try:
        return check_output(Path(name))
    except ConfigError as error:
        raise argparse.ArgumentTypeError(f"{error}. {error.advice}") from None


def _positive(digits: str) -> int:
    number = int(digits)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def _common() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--gold", type=Path, default=GOLD, metavar="DIR", help="folder of labels")
    common.add_argument(
        "--texts",
        type=Path,
        action="append",
        metavar="PATH",
        help="the labelled articles: a folder or file; repeatable",
    )
    return common


def _printed(common: argparse.ArgumentParser) -> argparse.ArgumentParser:
    printed = argparse.ArgumentParser(add_help=False, parents=[common])
    printed.add_argument(
        *("-o", "--output"),
        type=_output,
        action="append",
        default=[],
        metavar="FILE",
        help=".json, .md, .xml (JUnit) or .html",
    )
    return printed


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals", description=_ABOUT, epilog=_EXITS)
    add = parser.add_subparsers(required=True, metavar="COMMAND")
    common = _common()
    printed = _printed(common)

    run = add.add_parser("run", parents=[common], help="extract the labelled articles with a model")
    run.add_argument("-m", "--model")
    run.add_argument("--base-url", metavar="URL")
    run.add_argument("--profile", metavar="NAME")
    run.add_argument("--strategy", choices=["auto", "whole", "windows", "rules"])
    run.add_argument("--max-cost", type=float, metavar="USD", help="the most that each repeat may cost")
    run.add_argument(
        "--repeats", type=_positive, default=1, metavar="N", help="independent passes, none answered from cache"
    )
    run.add_argument("-o", "--output", type=Path, required=True, metavar="DIR")
    run.set_defaults(command=commands.run)

    score = add.add_parser("score", parents=[printed], help="score records; without any, every committed run")
    score.add_argument("records", nargs="*", metavar="RECORDS", help="folder or .jsonl of records, or a committed run")
    score.add_argument("--by-kind", action="store_true", help="precision and recall of each kind")
    score.add_argument("--event", action="store_true", help="score the reconciliation instead, as `events` does")
    score.add_argument("--leave-one-out", action="store_true", help="each article beside all others")
    score.set_defaults(command=commands.score)

    events = add.add_parser("events", parents=[printed], help="score what reconciling makes of the records")
    events.add_argument("records", nargs="*", metavar="RECORDS", help="folder or .jsonl of records, or a committed run")
    events.set_defaults(command=commands.events)

    compare = add.add_parser("compare", parents=[printed], help="two runs, fact by fact")
    compare.add_argument("a", metavar="A", help="folder or .jsonl of records, or a committed run")
    compare.add_argument("b", metavar="B")
    compare.set_defaults(command=commands.compare)

    gate = add.add_parser("gate", parents=[printed], help="judge runs by thresholds and baselines")
    gate.add_argument("records", nargs="?", metavar="RECORDS", help="records to judge; else the committed runs")
    gate.add_argument("--baseline", type=Path, action="append", default=[], metavar="FILE")
    gate.add_argument("--config", type=Path, default=THRESHOLDS, metavar="FILE", help="thresholds")
    gate.add_argument("--update", action="store_true", help="write baselines instead of judging by them")
    gate.set_defaults(command=commands.check_gate)

    agree = add.add_parser("agree", parents=[printed], help="agreement of the two passes in DIR/pass_a and DIR/pass_b")
    agree.set_defaults(command=commands.agree)

    validate = add.add_parser("validate-gold", parents=[printed], help="check labels against texts and guidelines")
    validate.set_defaults(command=commands.validate_gold)

    grounding = add.add_parser("grounding", help="edit true facts and their words; see what passes as verified")
    grounding.add_argument(
        *("-o", "--output"), type=_output, action="append", default=[], metavar="FILE", help=".json, .md, .xml or .html"
    )
    grounding.add_argument("--record", action="store_true", help="ask the peers, which must be installed, and keep it")
    grounding.set_defaults(command=commands.grounding)

    peers = add.add_parser("peers", parents=[printed], help="what others make of the same articles, from recordings")
    peers.set_defaults(command=commands.peers)

    studio = add.add_parser("label-studio", help="labels to Label Studio tasks and back")
    direction = studio.add_subparsers(required=True, dest="direction", metavar="DIRECTION")
    direction.add_parser("config", help="the labelling interface, on stdout")
    direction.add_parser("export", parents=[common], help="the labels as tasks, on stdout")
    back = direction.add_parser("import", parents=[common], help="a JSON export into the folder of labels")
    back.add_argument("tasks", type=Path, metavar="FILE")
    back.add_argument("--annotator", metavar="NAME")
    studio.set_defaults(command=commands.label_studio)
    return parser


def main(argv: list[str] | None = None) -> int:
    """Run one command. Errors go to stderr with what to do next."""
    args = _parser().parse_args(argv)
    try:
        return int(args.command(args))
    except ReadoutsError as error:
        print(f"{error}\n{error.advice}".strip(), file=sys.stderr)
        return commands.USAGE


if __name__ == "__main__":
    sys.exit(main())
