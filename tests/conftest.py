"""Fixtures for all tests."""

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real reports, labels and truth; absent on a user's machine."""
    if not SHARED.is_dir():
        pytest.skip(f"the shared material is not here: {SHARED}")
    return SHARED


@pytest.fixture(scope="session")
def samples() -> Path:
    """The invented reports that ship with the project."""
    return Path(__file__).parents[1] / "samples"
