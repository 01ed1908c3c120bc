"""The flags that several subcommands share, and the settings they give."""

import argparse
import os
from typing import Any

SHARED = ("model", "base_url", "profile", "config", "cache_dir")


def add_shared(parser: argparse.ArgumentParser) -> None:
    """Declare which model is asked where, and where its answers are kept."""
    parser.add_argument("-m", "--model", help="the model to ask (default: rules, which asks none)")
    parser.add_argument("--base-url", metavar="URL", help="its OpenAI-compatible endpoint")
    parser.add_argument("--profile", metavar="NAME", help="settings from [profiles.NAME] in readouts.toml")
    add_places(parser)


def add_places(parser: argparse.ArgumentParser) -> None:
    """Declare where settings are read and answers are kept."""
    parser.add_argument("--config", metavar="FILE", help="a file to read in place of ./readouts.toml")
    parser.add_argument("--cache-dir", metavar="DIR", help="where recorded answers are kept")


def fallback() -> dict[str, Any]:
    """What a command has in place of a default: a worker for each core that it may use."""
    return {"workers": cores()}


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def given(args: argparse.Namespace, names: tuple[str, ...] = SHARED) -> dict[str, Any]:
    """The flags of these names, None for one that was not given or that the subcommand does not have."""
    return {name: getattr(args, name, None) for name in names}
