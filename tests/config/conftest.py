"""A directory that the server's own system user can reach: pytest's are closed to everybody else, as they should be."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def open_dir() -> Iterator[Path]:
    """One for each module, below the system's place for temporary files."""
    made = Path(tempfile.mkdtemp(prefix="shouwang-test-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made, ignore_errors=True)
