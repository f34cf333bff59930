"""The API from the source tree, served by a process of its own that is replaced after each edit.

Chalice's own reloader watches the whole checkout, where LocalStack and PostgreSQL write all the time.
"""

import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path

from chalice.config import Config
from chalice.local import ChaliceRequestHandler, ForbiddenError, HeaderType, LocalDevServer, LocalGatewayException

from infra import gateway_responses
from infra.paths import ROOT
from infra.terminal import Terminal

SOURCES = (ROOT / "app.py", ROOT / "chalicelib")
SECONDS_BETWEEN_LOOKS = 0.3
NO_ROUTE = "MISSING_AUTHENTICATION_TOKEN"  # what API Gateway calls a path or method that the API does not have


class Handler(ChaliceRequestHandler):
    """Answers a path or method that the API does not have as the deployed API does."""

    disable_nagle_algorithm = True  # else each body waits 40 ms for the client to acknowledge the headers

    def _send_error_response(self, error: LocalGatewayException) -> None:
        if isinstance(error, ForbiddenError):
            self._refuse()
        else:
            super()._send_error_response(error)

    def _send_http_response(self, code: int, headers: HeaderType, body: str | bytes | None) -> None:
        if code == HTTPStatus.METHOD_NOT_ALLOWED:
            self._refuse()
        else:
            super()._send_http_response(code, headers, body)

    def _refuse(self) -> None:
        response = gateway_responses.rendered("*")[NO_ROUTE]
        headers: HeaderType = {
            name.removeprefix(gateway_responses.HEADER): value.strip("'")
            for name, value in response["responseParameters"].items()
        }
        (body,) = response["responseTemplates"].values()
        super()._send_http_response(int(response["statusCode"]), headers, body)


def serve_and_reload(port: int, variables: Mapping[str, str]) -> None:
    """Serve until Ctrl-C or SIGTERM, with a new process after each edit of the sources."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    terminal = Terminal()
    command = [sys.executable, "-u", "-m", __spec__.name, str(port)]
    while True:
        terminal.say(f"The API from the source tree: http://127.0.0.1:{port}/products (Ctrl-C ends it)")
        changed = _serve_until_edited(command, variables, terminal)
        terminal.say(f"{changed.relative_to(ROOT)} was edited.")


def _serve_until_edited(command: list[str], variables: Mapping[str, str], terminal: Terminal) -> Path:
    """Return the file that was edited."""
    before = _times()
    server = subprocess.Popen(command, env=dict(variables), cwd=ROOT, stdin=subprocess.DEVNULL)  # noqa: S603
    running = True
    try:
        while not (changed := before ^ _times()):
            if running and server.poll() is not None:
                running = False
                terminal.say("The server has ended; it is started again after the next edit.")
            time.sleep(SECONDS_BETWEEN_LOOKS)
    finally:
        server.terminate()
        server.wait()
    return min(file for file, _ in changed)


def _times() -> set[tuple[Path, float]]:
    """Return the files that the API consists of, with the time of their last edit."""
    found = [SOURCES[0], *SOURCES[1].rglob("*.py"), *SOURCES[1].rglob("*.sql")]
    return {(file, file.stat().st_mtime) for file in found if file.exists()}


def main(port: int) -> None:
    """Serve the API until the process is told to end."""
    from app import app  # only here: it reads the environment that `serve_and_reload` has prepared

    LocalDevServer(app, Config.create(chalice_stage="local"), "127.0.0.1", port, handler_cls=Handler).serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]))
