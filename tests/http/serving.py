"""The application behind a real port, as `make dev` serves it."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from chalice.config import Config
from chalice.local import ChaliceRequestHandler, LocalDevServer

from app import app


class _Quiet(ChaliceRequestHandler):
    def log_message(self, *_: object) -> None:
        """Leave standard error to what is under test."""


@contextmanager
def serving() -> Iterator[str]:
    """Serve the application from a thread of its own; its address."""
    development = LocalDevServer(app, Config.create(), "127.0.0.1", 0, handler_cls=_Quiet)
    thread = Thread(target=development.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{development.server.server_address[1]}"
    finally:
        development.shutdown()
        thread.join()
        development.server.server_close()
