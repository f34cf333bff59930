"""Unpacked deployment packages, shared by the functions that are deployed from them; without LocalStack."""

import base64
import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from infra.local.executor.unpacked import Unpacked

ONE, OTHER = (base64.b64encode(hashlib.sha256(package).digest()).decode() for package in (b"one", b"other"))


@pytest.fixture
def unpacked(tmp_path: Path) -> Unpacked:
    """Give a directory without packages."""
    return Unpacked(tmp_path / "code")


@pytest.fixture
def unpack(tmp_path: Path) -> Callable[[], Path]:
    """Unpack a package once; a second time fails."""

    def once() -> Path:
        folder = tmp_path / "unpacked"
        folder.mkdir()
        (folder / "app.py").touch()
        (tmp_path / "unpacking").mkdir()
        return folder

    return once


def test_a_package_is_unpacked_once_for_all_its_users(unpacked: Unpacked, unpack: Callable[[], Path]) -> None:
    for _ in range(3):
        unpacked.acquire(ONE, unpack)
    assert (unpacked.folder(ONE) / "app.py").exists()


def test_a_package_stays_while_somebody_uses_it(unpacked: Unpacked, unpack: Callable[[], Path]) -> None:
    for _ in range(2):
        unpacked.acquire(ONE, unpack)
    unpacked.release(ONE)
    assert unpacked.folder(ONE).exists()
    unpacked.release(ONE)
    assert not unpacked.folder(ONE).exists()


def test_another_package_is_not_touched(unpacked: Unpacked, unpack: Callable[[], Path]) -> None:
    unpacked.acquire(ONE, unpack)
    unpacked.release(OTHER)
    assert unpacked.folder(ONE).exists()


def test_a_package_that_could_not_be_unpacked_is_tried_again(unpacked: Unpacked, unpack: Callable[[], Path]) -> None:
    def fail() -> Path:
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011 - whatever it is, it comes through
        unpacked.acquire(ONE, fail)
    unpacked.acquire(ONE, unpack)
    assert unpacked.folder(ONE).exists()
