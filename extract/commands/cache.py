"""`readouts cache …`: what is in the response cache, whether it is whole, and packs of it out and in."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from extract.commands.flags import add_places, given

if TYPE_CHECKING:
    from extract.asking.cache import ResponseCache


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the four actions."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, purpose in (("stats", "how much is kept, and from whom"), ("verify", "whether every answer is whole")):
        add_places(actions.add_parser(name, help=purpose))
    pack = actions.add_parser("export", help="write all answers to a file of JSON lines")
    pack.add_argument("--meta", metavar="KEY=VALUE", action="append", default=[], type=_pair, help="say this of them")
    for command in (pack, actions.add_parser("import", help="add the answers of such a file")):
        command.add_argument("file", metavar="FILE", type=Path)
        add_places(command)


def run(args: argparse.Namespace) -> int:
    """Do it, and say what was done on stdout. Exit code: 0, or 1 where something is damaged."""
    from extract.asking.cache import ResponseCache  # noqa: PLC0415 - see cli
    from extract.settings import load_settings  # noqa: PLC0415

    directory = load_settings(given(args)).cache_dir
    cache = ResponseCache(directory)
    try:
        lines, code = _ACTIONS[args.action](cache, args)
    finally:
        cache.close()
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return code


def _stats(cache: "ResponseCache", _: argparse.Namespace) -> tuple[list[str], int]:
    stats = cache.stats()
    total = f"{cache.directory}: {stats.responses} answers, {stats.bytes:,} bytes"
    by = sorted(stats.endpoints.items())
    return [total, *(f"  {count:>6}  {model} at {identity}" for (model, identity), count in by)], 0


def _verify(cache: "ResponseCache", _: argparse.Namespace) -> tuple[list[str], int]:
    problems = cache.verify()
    if problems:
        advice = f"Restore {cache.directory} or delete it; what is lost is asked for again."
        return [*problems, advice], 1
    return [f"{cache.directory}: every answer is whole"], 0


def _export(cache: "ResponseCache", args: argparse.Namespace) -> tuple[list[str], int]:
    from extract.asking.packs import export_pack  # noqa: PLC0415

    return [f"{args.file}: {export_pack(cache, args.file, dict(args.meta))} answers written"], 0


def _import(cache: "ResponseCache", args: argparse.Namespace) -> tuple[list[str], int]:
    from extract.asking.packs import import_pack  # noqa: PLC0415

    done = import_pack(cache, args.file)
    kept = f", {done.other} differ from what is kept, which stays" if done.other else ""
    return [f"{args.file}: {done.added} answers added, {done.present} were there{kept}"], 0


_ACTIONS = {"stats": _stats, "verify": _verify, "export": _export, "import": _import}


def _pair(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not key or not equals:
        raise argparse.ArgumentTypeError(f"{text!r} is not KEY=VALUE")
    return key, value
