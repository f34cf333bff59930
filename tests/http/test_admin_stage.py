"""The command line of admins where there is no stage to talk to, or something else."""

from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from infra.local import run_state
from infra.local.run_state import RunState
from infra.operate.commands import main
from tests.http.serving import serving
from tests.http.shop import IPHONE, TOKEN_KEYS, Shop


@pytest.fixture(autouse=True)
def token(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a token that must not be shown."""
    monkeypatch.setenv("ADMIN_TOKEN", "secret-token")


def complaint(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], url: str) -> str:
    """Ask for the products there; return what is said instead."""
    monkeypatch.setenv("API_URL", url)
    assert main(["products"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "secret-token" not in said.err
    return said.err


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://shop.example.com", "API_URL must begin with"),
        ("http://127.0.0.1:1", "can't be reached"),
        ("http://[", "is not the shop's API"),
    ],
)
def test_a_wrong_address_is_reported_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], url: str, reason: str
) -> None:
    said = complaint(monkeypatch, capsys, url)
    assert reason in said
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize("token", ["", " ", "é", "a\nb"])
def test_a_malformed_token_is_not_sent(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], token: str
) -> None:
    monkeypatch.setenv("ADMIN_TOKEN", token)
    assert complaint(monkeypatch, capsys, "http://127.0.0.1:1").startswith("ADMIN_TOKEN must hold")


class Stranger(BaseHTTPRequestHandler):
    """A server that is not the shop's API."""

    answer = (200, "")

    def do_GET(self) -> None:
        """Answer something."""
        status, body = self.answer
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Location", f"http://{self.headers['Host']}/elsewhere")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """Leave standard error to what is under test."""


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ((200, "<html>"), "is not the shop's API"),
        ((200, ""), "is not the shop's API"),
        ((302, ""), "302 Found"),
        ((502, "Bad gateway, sorry"), "502 Bad Gateway: Bad gateway, sorry"),
        ((599, "[]"), "599"),
        ((400, '{"detail": "No.", "errors": [{}]}'), "400 Bad Request"),
    ],
)
def test_a_server_that_is_not_the_shops_api_is_reported(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], answer: tuple[int, str], reason: str
) -> None:
    monkeypatch.setattr(Stranger, "answer", answer)
    with HTTPServer(("127.0.0.1", 0), Stranger) as server:
        Thread(target=server.handle_request).start()
        assert reason in complaint(monkeypatch, capsys, f"http://127.0.0.1:{server.server_address[1]}")


def test_the_local_run_is_used_without_an_address_or_a_token(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("RUN_DIRECTORY", str(tmp_path))
    monkeypatch.delenv("API_URL", raising=False)
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    with serving() as served, run_state.only_run(tmp_path):
        run_state.publish(tmp_path, RunState(0, "", served.url, "", "", "", {"TOKEN_KEYS": TOKEN_KEYS}))
        assert main(["restock", IPHONE, "1"]) == 0
    assert shop.get(f"/products/{IPHONE}").json["totalStock"] == 11


def test_without_a_local_run_the_message_says_how_to_start_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("RUN_DIRECTORY", str(tmp_path))
    assert "make run" in complaint(monkeypatch, capsys, "")
