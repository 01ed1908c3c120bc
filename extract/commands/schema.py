"""`readouts schema NAME`: the JSON Schema of a record, of the events or of an article's gold labels on stdout."""

import argparse
import json
import sys

NAMES = ("record", "event", "gold")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare which schema."""
    parser.add_argument(
        "name", choices=NAMES, help="record: a line of records.jsonl; event: events.json; gold: an article's labels"
    )


def run(args: argparse.Namespace) -> int:
    """Print it."""
    from schemas import Events, GoldArticle, Record, Schema  # noqa: PLC0415 - see cli

    schemas: dict[str, type[Schema]] = {"record": Record, "event": Events, "gold": GoldArticle}
    json.dump(schemas[args.name].model_json_schema(), sys.stdout, indent=2, ensure_ascii=False)
    sys.stdout.write("\n")
    return 0
