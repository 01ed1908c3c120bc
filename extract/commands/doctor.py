"""`readouts doctor`: the settings in force and where each came from, the cache, and what the endpoint can do."""

import argparse
import platform
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from extract.commands.flags import add_shared, fallback, given

if TYPE_CHECKING:
    from extract.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what is looked at."""
    add_shared(parser)


def run(args: argparse.Namespace) -> int:
    """Print it. Exit code: 0, or 1 where a run could not start."""
    from extract.articles import printable  # noqa: PLC0415 - see cli
    from extract.run import tool_version  # noqa: PLC0415
    from extract.settings import load_settings  # noqa: PLC0415

    settings = load_settings(given(args), fallback=fallback())
    well = True
    sys.stdout.write(f"readouts {tool_version()}, Python {platform.python_version()}\n\n")
    for line in _settings(settings):
        sys.stdout.write(printable(line) + "\n")
    for title, examine in (("cache", _cache), ("endpoint", _endpoint)):
        lines, sound = examine(settings)
        well = well and sound
        for number, line in enumerate(lines):
            sys.stdout.write(f"{'' if number else title:<14}{printable(line)}\n")
    return 0 if well else 1


def _settings(settings: "Settings") -> Iterator[str]:
    from extract.settings import VARIABLES  # noqa: PLC0415

    rows = [("setting", "value", "from")]
    for name, value in settings.shown().items():
        shown = "-" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
        if name == "api_key":
            shown = "set, not shown" if settings.api_key else "-"
        source = settings.sources[name]
        rows.append((name, shown, f"default; {VARIABLES[name]} sets it" if source == "default" else source))
    widest = max(len(value) for _, value, _ in rows)
    for name, value, source in rows:
        yield f"{name:<14}{value:<{widest + 2}}{source}"
    yield ""


def _cache(settings: "Settings") -> tuple[list[str], bool]:
    from extract.asking.cache import FOLDER, ResponseCache  # noqa: PLC0415
    from extract.errors import CacheError  # noqa: PLC0415

    if not (settings.cache_dir / FOLDER).exists():
        return [f"{settings.cache_dir}: nothing recorded yet"], True
    try:
        cache = ResponseCache(settings.cache_dir)
        stats = cache.stats()
        cache.close()
    except CacheError as error:
        return [str(error), error.advice], False
    return [f"{cache.directory}: {stats.responses} answers, {stats.bytes:,} bytes"], True


def _endpoint(settings: "Settings") -> tuple[list[str], bool]:
    from extract.errors import ConfigError  # noqa: PLC0415
    from extract.settings import RULES, check  # noqa: PLC0415

    if settings.model == RULES and settings.base_url:
        return [f"{settings.base_url} is not asked: name a model with -m MODEL to try what it can do"], True
    try:
        check(settings)
    except ConfigError as error:
        return [str(error), error.advice], False
    if not settings.asks:
        return ["none is needed: rules read the articles"], True
    if settings.offline:
        return ["offline: answers come from the cache alone"], True
    return _modes(settings)


def _modes(settings: "Settings") -> tuple[list[str], bool]:
    """Ask the endpoint, in each of the ways that hold an answer to a schema."""
    import asyncio  # noqa: PLC0415

    from extract.asking.asker import describe_modes  # noqa: PLC0415

    trials = asyncio.run(describe_modes(settings.endpoint))
    refused = {str(trial.refused) for trial in trials if trial.refused}
    if len(refused) == 1 and all(trial.refused for trial in trials):
        error = trials[0].refused
        assert error is not None
        return [f"{settings.model} at {settings.endpoint_host}: {error}", error.advice], False
    first = next((trial for trial in trials if not trial.refused), None)
    lines = [f"{settings.model} at {settings.endpoint_host}"]
    lines += [
        f"{trial.dialect.mode:<12} {'works' if not trial.refused else f'does not: {trial.refused}'}"
        f"{', and is used' if trial is first else ''}"
        for trial in trials
    ]
    return lines, first is not None
