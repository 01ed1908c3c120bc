"""The `readouts` command: arguments in, exit code out. A subcommand's module is loaded only when it is called.

Exit codes: 0 all done, 1 nothing could be done, 2 usage, 3 some articles failed, 130 stopped by Ctrl-C. Results go to
stdout or into files, everything else to stderr.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

# Where each subcommand lives and what it does. Paths, not imports: later stages build on `extract`, never the reverse.
COMMANDS = {
    "extract": ("extract.commands.extract", "articles in, verified facts out"),
    "reconcile": ("reconcile.commands", "records in, events out: who agrees, who differs, who is silent"),
    "report": ("report.commands", "events and records in, one self-contained page out"),
    "cache": ("extract.commands.cache", "look after the recorded responses"),
    "doctor": ("extract.commands.doctor", "what is configured, where from, and what the endpoint can do"),
    "schema": ("extract.commands.schema", "JSON Schema of what is read and written"),
}
OK, NOTHING, USAGE, SOME, INTERRUPTED = 0, 1, 2, 3, 130


class _Version(argparse.Action):
    """Prints the version, which is read only then."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from extract.run import tool_version  # noqa: PLC0415

        sys.stdout.write(f"readouts {tool_version()}\n")
        parser.exit(OK)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit code; argparse exits by itself for --help and wrong usage."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    args = _parser(arguments).parse_args(arguments)
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")  # as JSON is, whatever the locale
    try:
        code = _run(args)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough, as with `| head -1`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except OSError as error:  # standard output cannot be written
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        print(f"readouts {args.command}: {error}", "Make room, or write elsewhere.", sep="\n", file=sys.stderr)  # noqa: T201
        code = NOTHING
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def _parser(arguments: list[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="readouts",
        description="Who says what was agreed: verified facts from news articles about talks between leaders.",
        epilog="Try: readouts extract article.txt",
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    called = next((argument for argument in arguments if not argument.startswith("-")), None)
    for name, (module, purpose) in COMMANDS.items():
        command = commands.add_parser(name, help=purpose, description=purpose[0].upper() + purpose[1:] + ".")
        if name == called:
            loaded = import_module(module)
            loaded.add_arguments(command)
            command.set_defaults(run=loaded.run)
    return parser


def _run(args: argparse.Namespace) -> int:
    import logging  # noqa: PLC0415 - as below: `--help` does without

    from extract.errors import ConfigError, ReadoutsError  # noqa: PLC0415

    logging.getLogger().addHandler(logging.NullHandler())  # libraries' log lines may repeat what was asked
    try:
        return int(args.run(args))
    except ReadoutsError as error:
        print(f"readouts {args.command}: {error}", error.advice, sep="\n", file=sys.stderr)  # noqa: T201
        return USAGE if isinstance(error, ConfigError) else NOTHING


if __name__ == "__main__":
    sys.exit(main())
