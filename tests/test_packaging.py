"""What is installed: a wheel with all it needs, names that nobody else owns, and a lock that says versions alone."""

import json
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
SHIPPED = ("schemas", "prompts", "extract", "reconcile", "report")
LINE = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)==([0-9][A-Za-z0-9.!+]*)")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, unpacked."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, check=True, capture_output=True, cwd=ROOT)
    (built,) = folder.glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        archive.extractall(folder / "unpacked")
    return folder / "unpacked"


def test_wheel_holds_every_file(wheel: Path) -> None:
    """Each file of the shipped packages is in the wheel: templates, word lists and prompts as well as code."""
    files = {
        path.relative_to(ROOT)
        for package in SHIPPED
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    packed = {path.relative_to(wheel) for path in wheel.rglob("*") if path.is_file()}
    assert files <= packed
    assert {path.suffix for path in files} > {".py", ".toml", ".jinja"}


def test_wheel_holds_nothing_else(wheel: Path) -> None:
    """Neither the evals nor seeds or tests are installed: `evals` is a name that others use."""
    assert {path.name for path in wheel.iterdir() if not path.name.endswith(".dist-info")} == set(SHIPPED)


def test_wheel_works_on_its_own(wheel: Path, tmp_path: Path) -> None:
    """From the wheel alone, an article becomes records, an event and a report."""
    (tmp_path / "call.txt").write_text(
        "The president of Arvenia and the prime minister of Belmora spoke by phone for 40 minutes on Tuesday, the "
        "Arvenian presidency said. They agreed to reopen the border crossing, the statement added.\n"
    )
    code = "import extract, sys; from extract.cli import main; print(extract.__file__); sys.exit(main(sys.argv[1:]))"

    def readouts(*arguments: str) -> str:
        ran = subprocess.run(
            [sys.executable, "-c", code, *arguments],
            env={"PYTHONPATH": str(wheel), "HOME": str(tmp_path)},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        where, _, output = ran.stdout.partition("\n")
        assert Path(where).is_relative_to(wheel)
        return output

    readouts("extract", "call.txt", "-o", "out", "--anchor", "2025-01-31")
    readouts("reconcile", "out")
    readouts("report", "out")
    assert json.loads((tmp_path / "out" / "records.jsonl").read_text())["facts"]
    assert "<html" in (tmp_path / "out" / "report.html").read_text()
    assert readouts("--version") == f"readouts {PROJECT['project']['version']}\n"


def test_command_leads_to_main() -> None:
    """The installed command is the one that the tests call."""
    assert PROJECT["project"]["scripts"] == {"readouts": "extract.cli:main"}


@pytest.mark.parametrize("name", [*SHIPPED, "evals"])
def test_nobody_else_owns_our_names(name: str) -> None:
    """No other installed distribution brings a package of this name: the names are general, and one would hide ours."""
    assert set(packages_distributions().get(name, ())) <= {"readouts"}


def locked() -> dict[str, str]:
    """Version by name, from requirements.lock."""
    matches = [LINE.fullmatch(line) for line in (ROOT / "requirements.lock").read_text().splitlines()]
    assert all(matches), "each line is name==version: no host, no path, nothing editable"
    return {canonicalize_name(match[1]): match[2] for match in matches if match}


def test_lock_fits_the_project() -> None:
    """requirements.lock holds every package that the project names, in a version that it allows."""
    groups = PROJECT["dependency-groups"]
    wanted = [*PROJECT["project"]["dependencies"], *groups["evals"]]
    wanted += [each for each in groups["dev"] if isinstance(each, str)]
    versions = locked()
    for requirement in map(Requirement, wanted):
        name = canonicalize_name(requirement.name)
        assert versions[name] in requirement.specifier, name


def test_dependencies_are_bounded() -> None:
    """Each dependency has a lower and an upper bound."""
    for requirement in map(Requirement, PROJECT["project"]["dependencies"]):
        operators = {each.operator for each in requirement.specifier}
        assert {">=", "<"} <= operators, requirement.name


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A folder with `./run` and what it reads, and `bin` with the few tools that every system has."""
    for name in ("run", "requirements.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "bin").mkdir()
    for tool in ("bash", "dirname", "cat", "cksum", "sed"):
        (tmp_path / "bin" / tool).symlink_to(str(shutil.which(tool)))
    return tmp_path


def run_bare(bare: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`./run` where nothing else is installed."""
    environ = {"PATH": str(bare / "bin")}
    return subprocess.run([bare / "run", *arguments], env=environ, capture_output=True, text=True, check=False)


def test_run_without_python(bare: Path) -> None:
    """Without a recent Python, `./run` says so and how to name one."""
    ran = run_bare(bare, "demo")
    assert ran.returncode == 1
    assert "no Python 3.11 or later found" in ran.stderr
    assert "PYTHON=" in ran.stderr


def test_run_without_the_venv_module(bare: Path) -> None:
    """With a Python that cannot make environments, as Debian's without a package, `./run` names that package."""
    python = bare / "bin" / "python3"
    python.write_text('#!/bin/bash\n[[ "$2" != *ensurepip* ]]\n')
    python.chmod(0o755)
    ran = run_bare(bare, "test")
    assert ran.returncode == 1
    assert "python3-venv" in ran.stderr


def test_run_says_what_it_does(bare: Path) -> None:
    """Without an argument, `./run` explains itself and changes nothing."""
    ran = run_bare(bare)
    assert ran.returncode == 0
    assert "./run demo" in ran.stdout
    assert not (bare / ".venv").exists()
