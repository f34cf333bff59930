"""AWS's Runtime API (2018-06-01) for one process, which gets its invocations here and posts its answers.

https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
"""

import logging
import socket
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from io import BufferedIOBase
from queue import SimpleQueue
from socketserver import ThreadingTCPServer
from threading import Thread
from typing import Any

from infra.local.executor.messages import (
    MAX_RESPONSE_BYTES,
    Answered,
    Event,
    InitFailed,
    Invocation,
    Ready,
    error_payload,
)

LOG = logging.getLogger(__name__)
PREFIX = "/2018-06-01/runtime"
TOO_LARGE = error_payload(
    "Function.ResponseSizeTooLarge",
    f"Response payload size exceeded maximum allowed payload size ({MAX_RESPONSE_BYTES} bytes).",
)


class RuntimeApi(ThreadingTCPServer):
    """Hands out the invocations in `work` (None: no more) and puts the process's answers into `events`."""

    daemon_threads = True

    def __init__(self, work: SimpleQueue[Invocation | None], events: SimpleQueue[Event]) -> None:
        self.work = work
        self.events = events
        self._open = True
        super().__init__(("127.0.0.1", 0), _Requests)
        Thread(target=self._serve, name="runtime-api", daemon=True).start()

    @property
    def address(self) -> str:
        """Host and port, in the format of the runtime client."""
        return f"127.0.0.1:{self.server_address[1]}"

    def close(self) -> None:
        """Stop listening. The connection made here ends the server's wait, if it is still waiting."""
        self._open = False
        with suppress(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", self.server_address[1])).close()

    def _serve(self) -> None:
        """Wait for connections without polling, unlike `serve_forever`, so that idle environments cost nothing."""
        while self._open:
            self.handle_request()
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002 - the base class names them
        """Ignore the broken connection of a process that was killed."""
        LOG.debug("A connection to the Runtime API broke.")


class _Requests(BaseHTTPRequestHandler):
    """The requests of one connection."""

    server: RuntimeApi
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """`invocation/next`: wait for an invocation."""
        if self.path != f"{PREFIX}/invocation/next":
            return self._reply(404)
        self.server.events.put(Ready())
        invocation = self.server.work.get()
        if invocation is None:
            self.close_connection = True
            return None
        return self._reply(200, invocation.payload, _headers(invocation))

    def do_POST(self) -> None:
        """`init/error`, `invocation/<id>/response` and `invocation/<id>/error`."""
        body = _limited(_chunks(self.rfile, self.headers))
        match self.path.removeprefix(f"{PREFIX}/").split("/"):
            case ["init", "error"] if body is not None:
                self.server.events.put(InitFailed(body))
            case ["invocation", request_id, "response" | "error" as kind] if body is not None:
                self.server.events.put(Answered(request_id, body, failed=kind == "error"))
            case ["invocation", request_id, "response" | "error"]:
                self.server.events.put(Answered(request_id, TOO_LARGE, failed=True, last=True))
                return self._reply(413, TOO_LARGE)
            case _:
                return self._reply(404)
        return self._reply(202, b'{"status":"OK"}')

    def _reply(self, status: int, body: bytes = b"", headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Do not print each request."""


def _headers(invocation: Invocation) -> dict[str, str]:
    """Return the headers from which the runtime client makes the handler's context."""
    return {
        "Lambda-Runtime-Aws-Request-Id": invocation.request_id,
        "Lambda-Runtime-Deadline-Ms": str(int(invocation.deadline * 1000)),
        "Lambda-Runtime-Invoked-Function-Arn": invocation.function_arn,
        "Lambda-Runtime-Trace-Id": invocation.trace_id,
    }


def _chunks(stream: BufferedIOBase, headers: Any) -> Iterator[bytes]:
    """Yield the body of a request in pieces, with a Content-Length or chunked."""
    if headers.get("Transfer-Encoding", "").lower() != "chunked":
        yield from _pieces(stream, int(headers.get("Content-Length") or 0))
        return
    while size := int(stream.readline().partition(b";")[0], 16):
        yield from _pieces(stream, size)
        stream.readline()
    stream.readline()


def _pieces(stream: BufferedIOBase, length: int) -> Iterator[bytes]:
    """Yield `length` bytes in pieces of at most 1 MB."""
    while length > 0 and (piece := stream.read(min(length, 1024 * 1024))):
        length -= len(piece)
        yield piece


def _limited(pieces: Iterator[bytes]) -> bytes | None:
    """Return the pieces joined, or None if they exceed the limit of a response. All pieces are read."""
    body = bytearray()
    for piece in pieces:
        if len(body) <= MAX_RESPONSE_BYTES:
            body += piece
    return bytes(body) if len(body) <= MAX_RESPONSE_BYTES else None
