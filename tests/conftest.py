"""For all tests: none may depend on how fast the machine is; and what many of them start from."""

from pathlib import Path

import pytest
from hypothesis import settings

from extract.asking.cache import ResponseCache

settings.register_profile("readouts", deadline=None)
settings.load_profile("readouts")


@pytest.fixture
def cache(tmp_path: Path) -> ResponseCache:
    """An empty cache."""
    return ResponseCache(tmp_path)
