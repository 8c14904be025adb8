from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from survival.installation import Installation


@pytest.fixture(scope="session")
def _installation() -> Iterator[Installation]:
    from survival.installation import Installation

    home = Path(tempfile.mkdtemp(prefix="shouwang-survival-"))
    home.chmod(0o755)  # PostgreSQL's own system user has to pass
    made = Installation(home)
    yield made
    made.shut()
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def installation(_installation: Installation) -> Iterator[Installation]:
    """Running; afterwards its figures are right, whatever was done to it."""
    _installation.start()
    yield _installation
    _installation.start()
    _installation.figures_are_right()
