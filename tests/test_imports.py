"""What is imported when: packages promise names, and a command loads only what it needs."""

import importlib
import json
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

from extract.cli import COMMANDS

ROOT = Path(__file__).parent.parent
PACKAGES = ("schemas", "prompts", "extract", "reconcile", "report", "evals")
HEAVY = {"pydantic", "openai", "instructor", "rich", "jinja2", "httpx2", "diskcache", "sentencex", "asyncio", "logging"}


def loaded_by(*arguments: str) -> set[str]:
    """The top-level modules that a run of the interpreter with these arguments imports."""
    ran = subprocess.run(
        [sys.executable, "-X", "importtime", *arguments], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return {
        line.rsplit("|", 1)[1].strip().partition(".")[0]
        for line in ran.stderr.splitlines()
        if line.startswith("import time:")
    }


@pytest.mark.parametrize("arguments", [(), ("extract",), ("cache",), ("doctor",), ("schema",)])
def test_help_loads_nothing_heavy(arguments: tuple[str, ...]) -> None:
    """Help comes without the libraries that do the work."""
    assert not loaded_by("-m", "extract.cli", *arguments, "--help") & HEAVY


def test_import_extract_is_cheap() -> None:
    """`import extract` loads nothing but itself until one of its names is used."""
    assert not loaded_by("-c", "import extract") & HEAVY


def test_rules_ask_nobody() -> None:
    """Reading by rules loads no client of a model."""
    code = "from extract import Extractor; Extractor('rules').extract_article('They spoke.')"
    assert not loaded_by("-c", code) & {"openai", "instructor", "diskcache", "genai_prices", "rich"}


@pytest.mark.parametrize("package", PACKAGES)
def test_every_module_can_be_imported(package: str) -> None:
    """No module is broken, and each public name that a package or module promises is there."""
    found = importlib.import_module(package)
    names = [package, *(info.name for info in pkgutil.walk_packages(found.__path__, f"{package}."))]
    for name in names:
        if name.endswith(("__main__", "with_langextract")):  # the one runs, the other's library is not installed
            continue
        module = importlib.import_module(name)
        for public in getattr(module, "__all__", ()):
            assert hasattr(module, public), f"{name}.{public}"


def test_names_of_extract() -> None:
    """What `extract` exports, in full."""
    extract = importlib.import_module("extract")
    assert set(extract.__all__) == {
        "Extractor",
        "ReadoutsError",
        "extract_article",
        "extract_articles",
        "read_articles",
    }
    with pytest.raises(AttributeError, match="nonsense"):
        _ = extract.nonsense


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_there(name: str) -> None:
    """Each entry of the command table names a module with `add_arguments` and `run`."""
    module = importlib.import_module(COMMANDS[name][0])
    assert callable(module.add_arguments)
    assert callable(module.run)


def test_any_module_can_come_first() -> None:
    """Modules do not depend on the order they are imported in: each one of `extract` can be the first."""
    code = """
import importlib, json, pkgutil, subprocess, sys, os
import extract
names = [info.name for info in pkgutil.walk_packages(extract.__path__, "extract.")]
broken = []
for name in names:
    if os.fork() == 0:
        try:
            importlib.import_module(name)
        except BaseException as error:
            print(json.dumps([name, str(error)]), flush=True)
            os._exit(1)
        os._exit(0)
    os.wait()
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert [json.loads(line) for line in ran.stdout.splitlines()] == []
