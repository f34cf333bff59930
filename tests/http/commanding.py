"""The operator's command line, on the real API behind a port."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest

from infra.operate.commands import main
from tests.http.serving import serving
from tests.http.shop import Shop


class Said(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str

    def cells(self) -> list[list[str]]:
        """Return what the table shows, without its head; columns are two spaces apart."""
        return [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in self.out.splitlines()[1:]]


Command = Callable[..., Said]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Give the command line, on no stage yet."""
    for name in ("API_URL", "ADMIN_TOKEN", "RUN_DIRECTORY"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: str) -> Said:
        capsys.readouterr()
        code = main(arguments)
        return Said(code, *capsys.readouterr())

    return run


@pytest.fixture
def admin(shop: Shop, command: Command, monkeypatch: pytest.MonkeyPatch) -> Iterator[Command]:
    """Give the command line of the admin ada, on a shop with the sample products."""
    with serving() as served:
        monkeypatch.setenv("API_URL", f"{served.url}/")
        monkeypatch.setenv("ADMIN_TOKEN", shop.as_admin("ada").token or "")
        yield command
