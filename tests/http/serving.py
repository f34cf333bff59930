"""The application behind a real port, as `make dev` serves it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread

from chalice.config import Config
from chalice.local import LocalDevServer

from app import app
from infra.local.development_server import Handler


@dataclass(frozen=True)
class Served:
    """The address of the application, and what it has answered: method, path and status."""

    url: str
    answers: list[tuple[str, str, int]]


class _Quiet(Handler):
    answers: list[tuple[str, str, int]]

    def log_message(self, *_: object) -> None:
        """Leave standard error to what is under test."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Remember the answer."""
        del size
        self.answers.append((self.command, self.path.partition("?")[0], int(code)))


@contextmanager
def serving() -> Iterator[Served]:
    """Serve the application from a thread of its own."""
    answers: list[tuple[str, str, int]] = []
    handler = type("Recording", (_Quiet,), {"answers": answers})
    development = LocalDevServer(app, Config.create(), "127.0.0.1", 0, handler_cls=handler)
    thread = Thread(target=development.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield Served(f"http://127.0.0.1:{development.server.server_address[1]}", answers)
    finally:
        development.shutdown()
        thread.join()
        development.server.server_close()
