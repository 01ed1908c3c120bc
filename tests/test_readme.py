"""The README says what the commands say, and its commands run."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.readme import BLOCKS, README, ROOT

TEXT = README.read_text(encoding="utf-8")
SHELL = [
    block["code"]
    for block in re.finditer(r"(?P<before>[^\n]*)\n```sh\n(?P<code>.*?)```", TEXT, re.DOTALL)
    if "<!-- no test" not in block["before"]
]


@pytest.mark.parametrize("name", sorted(BLOCKS))
def test_generated_block_is_current(name: str) -> None:
    """Each generated block is what its command prints now; `python -m tests.readme` writes them anew."""
    block = re.search(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", TEXT, re.DOTALL)
    assert block is not None
    assert block[1] == BLOCKS[name]()


@pytest.mark.parametrize("code", SHELL, ids=range(len(SHELL)))
def test_shell_commands_run(code: str, tmp_path: Path) -> None:
    """Every shell block that needs no key, server or network runs to the end as it stands."""
    for name in ("seeds", "docs"):
        (tmp_path / name).symlink_to(ROOT / name)
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-ec", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_some_shell_commands_are_run() -> None:
    """The marks that leave a block out have not left out all of them."""
    assert any("readouts extract" in code for code in SHELL)


def test_python_example_runs() -> None:
    """The batch script prints agreements with who says them."""
    script = re.search(r"```python\n(.*?)```", TEXT, re.DOTALL)
    assert script is not None
    done = subprocess.run([sys.executable, "-c", script[1]], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "ceasefire" in done.stdout


def test_files_it_names_exist() -> None:
    """Every relative link leads to a file of the checkout."""
    links = re.findall(r"\]\(([^)#:]+)\)", TEXT)
    assert links
    assert all((ROOT / link).exists() for link in links)
