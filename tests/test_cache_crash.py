"""Killed while it writes, the cache has every response that it acknowledged."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from extract.asking.cache import ResponseCache

WRITER = """
import sys
from pathlib import Path
from extract.asking.cache import ResponseCache
from extract.asking.recordings import Recording
cache = ResponseCache(Path(sys.argv[1]))
for n in range(1_000_000):
    key = f"{int(sys.argv[2]):032x}{n:032x}"
    cache.put(Recording(key, "m", "x", key.encode() * (n % 200)))
    print(key, flush=True)
"""


@pytest.mark.parametrize("acknowledged", [1, 25])
def test_kill_9_loses_no_acknowledged_response(tmp_path: Path, acknowledged: int) -> None:
    """Two writers on one cache are killed in the middle of it; what they said was kept is kept, and whole."""
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), str(n)], stdout=subprocess.PIPE, text=True)
        for n in (1, 2)
    ]
    kept: list[str] = []
    for writer in writers:
        assert writer.stdout is not None
        kept += [writer.stdout.readline().strip() for _ in range(acknowledged)]
    for writer in writers:
        os.kill(writer.pid, signal.SIGKILL)
    for writer in writers:
        rest, _ = writer.communicate()
        kept += [line for line in rest.splitlines() if len(line) == 64]
    cache = ResponseCache(tmp_path)
    assert [key for key in kept if cache.get(key) != key.encode() * (int(key[32:], 16) % 200)] == []
    assert cache.verify() == []
