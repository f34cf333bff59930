"""An event bus that takes a while for each call, in a process of its own: EventBridge costs a publisher no CPU."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from threading import Thread

from tests.processes import started

SECONDS_A_CALL = 0.015


class SlowBus:
    """Where it listens, and what has come."""

    def __init__(self, process: Connection) -> None:
        self._process = process
        self.url: str = process.recv()

    def came(self) -> list[int]:
        """Return the ids of the entries that have come."""
        self._process.send("came")
        ids: list[int] = self._process.recv()
        return ids


@contextmanager
def slow_bus() -> Iterator[SlowBus]:
    """Serve PutEvents meanwhile."""
    here, there = Pipe()
    process = started(serve, there)
    try:
        yield SlowBus(here)
    finally:
        process.terminate()
        process.join()


def serve(asked: Connection) -> None:
    """Serve PutEvents until this process is ended; send the address, and whenever asked the ids that have come."""
    came: list[int] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # else each body waits 40 ms for the client to acknowledge the headers

        def do_POST(self) -> None:
            entries = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["Entries"]
            time.sleep(SECONDS_A_CALL)
            came.extend(json.loads(entry["Detail"])["id"] for entry in entries)
            body = json.dumps({"FailedEntryCount": 0, "Entries": [{"EventId": "1"}] * len(entries)}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    asked.send(f"http://127.0.0.1:{server.server_port}")
    while asked.recv():
        asked.send(came)
