"""`make dev`: the API from the source tree, restarted by edits and by nothing else."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from infra.gateway_responses import rendered
from infra.local.ports import free_port
from infra.paths import ROOT
from tests.waiting import eventually

SERVE = """
import sys
from pathlib import Path
from infra.local import development_server
from infra.local.settings import PLACEHOLDERS
edited = Path(sys.argv[1])
development_server.SOURCES = (edited / "app.py", edited / "chalicelib")
development_server.ROOT = edited
development_server.serve_and_reload(int(sys.argv[2]), {**PLACEHOLDERS, "PYTHONPATH": sys.argv[3]})
"""


@dataclass
class Server:
    """One that watches `sources` and serves this checkout."""

    sources: Path
    port: int
    process: "subprocess.Popen[bytes]"

    @property
    def starts(self) -> int:
        """How many times it has started."""
        return self.output.count("Serving on")

    @property
    def output(self) -> str:
        """What it has printed."""
        return self.sources.with_suffix(".out").read_text()

    def ask(self, method: str, path: str) -> httpx.Response | None:
        """The reply, or None while nobody listens."""
        try:
            return httpx.request(method, f"http://127.0.0.1:{self.port}{path}")
        except httpx.TransportError:
            return None


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Serve, without a terminal."""
    sources = tmp_path / "sources"
    (sources / "chalicelib").mkdir(parents=True)
    (sources / "app.py").write_text((ROOT / "app.py").read_text())
    (sources / "chalicelib").rmdir()
    (sources / "chalicelib").symlink_to(ROOT / "chalicelib")
    port = free_port()
    with sources.with_suffix(".out").open("wb") as output:
        command = [sys.executable, "-u", "-c", SERVE, sources, str(port), ROOT]
        process = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=output, stdin=subprocess.DEVNULL)
    yield Server(sources, port, process)
    process.terminate()
    process.wait(20)


@pytest.mark.parametrize(("method", "path"), [("GET", "/nothing/here"), ("DELETE", "/products")])
def test_what_the_api_does_not_have_is_answered_as_in_a_deployment(server: Server, method: str, path: str) -> None:
    reply = eventually(lambda: server.ask(method, path), within=40)
    assert reply
    deployed = rendered("*")["MISSING_AUTHENTICATION_TOKEN"]
    assert str(reply.status_code) == deployed["statusCode"]
    assert [reply.text] == list(deployed["responseTemplates"].values())
    assert reply.headers["Content-Type"] == "application/problem+json"
    assert reply.headers["Access-Control-Allow-Origin"] == "*"


def test_it_starts_again_after_an_edit_and_after_nothing_else(server: Server) -> None:
    eventually(lambda: server.ask("GET", "/nothing"), within=40)
    (server.sources / "local-data").write_text("written all the time")
    (server.sources / "app.py").write_text("syntax error")
    eventually(lambda: "The server has ended; it is started again after the next edit." in server.output, within=40)
    (server.sources / "app.py").write_text((ROOT / "app.py").read_text())
    eventually(lambda: server.ask("GET", "/nothing"), within=40)
    assert server.starts == 2
    assert server.output.count("app.py was edited.") == 2


def test_it_ends_with_everything_it_started(server: Server) -> None:
    eventually(lambda: server.ask("GET", "/nothing"), within=40)
    server.process.terminate()
    server.process.wait(20)
    assert server.ask("GET", "/nothing") is None
