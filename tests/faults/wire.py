"""A way to the database that counts the calls made on it, and breaks at one of them.

Of PostgreSQL's protocol it knows this: a message has a type, a length and a body. A call ends with Sync or Query, its
reply with ReadyForQuery.
"""

import select
import socket
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from threading import Thread
from urllib.parse import urlsplit

SYNC, QUERY, TERMINATE, READY = b"S", b"Q", b"X", b"Z"
HEADER = struct.Struct("!cI")
LENGTH = struct.Struct("!I")
CHUNK = 4096


class Broken(Exception):
    """The way is broken here."""


@dataclass
class Passage:
    """One connection: to the client, to the server."""

    client: socket.socket
    server: socket.socket

    @property
    def server_port(self) -> int:
        """The port by which the server knows the client."""
        return int(self.server.getsockname()[1])

    def is_answered(self) -> bool:
        """Return whether a reply has come."""
        return bool(select.select([self.server], [], [], 0)[0])


Start = Callable[[Passage], None]
"""Does something with a client that connects; raises Broken to end the connection."""

Break = Callable[[Passage, bytes], None]
"""Does something with a call instead of relaying it; raises Broken to end the connection."""


@dataclass
class Wire:
    """Relays calls; `breaks` says what happens at those of some numbers, counted from 0 over all connections.

    `starts` says what happens at the start of the next connections, one each, instead of letting the client in.
    """

    url: str
    breaks: dict[int, Break] = field(default_factory=dict)
    starts: list[Start] = field(default_factory=list)
    calls: int = 0
    server_ports: list[int] = field(default_factory=list)

    def serve(self, passage: Passage) -> None:
        """Relay one connection until it ends or breaks."""
        with passage.client, passage.server, suppress(Broken, OSError):
            self.server_ports.append(passage.server_port)
            (self.starts.pop(0) if self.starts else _let_in)(passage)
            while call := _read_call(passage.client):
                self._relay(passage, call)

    def _relay(self, passage: Passage, call: bytes) -> None:
        number, self.calls = self.calls, self.calls + 1
        self.breaks.pop(number, relay)(passage, call)


def relay(passage: Passage, call: bytes) -> None:
    """Pass a call on, and its reply back."""
    passage.server.sendall(call)
    passage.client.sendall(read_reply(passage.server))


@contextmanager
def wired(database_url: str) -> Iterator[Wire]:
    """Lay a wire to the database."""
    parts = urlsplit(database_url)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        netloc = f"{parts.username}:{parts.password}@127.0.0.1:{listener.getsockname()[1]}"
        wire = Wire(parts._replace(netloc=netloc, query="sslmode=disable&gssencmode=disable").geturl())
        thread = Thread(target=_accept, args=(wire, listener, (parts.hostname, parts.port)))
        thread.start()
        try:
            yield wire
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


def _accept(wire: Wire, listener: socket.socket, server: tuple[str, int]) -> None:
    with suppress(OSError):  # the listener is closed
        while True:
            passage = Passage(listener.accept()[0], socket.create_connection(server))
            Thread(target=wire.serve, args=(passage,), daemon=True).start()


def relay_greeting(passage: Passage) -> None:
    """Pass on what a client sends first, upon which the server asks for its password."""
    length = _read(passage.client, LENGTH.size)
    passage.server.sendall(length + _read(passage.client, LENGTH.unpack(length)[0] - LENGTH.size))


def _let_in(passage: Passage) -> None:
    """Relay the greeting and the password, until the server is ready."""
    relay_greeting(passage)
    while True:
        kind, message = _read_message(passage.server)
        passage.client.sendall(message)
        if kind == READY:
            return
        if kind == b"R" and _wants_answer(message):
            passage.server.sendall(_read_message(passage.client)[1])


def _wants_answer(authentication: bytes) -> bool:
    (code,) = LENGTH.unpack_from(authentication, HEADER.size)
    return code in (3, 5, 10, 11)  # passwords, and the first two steps of SCRAM


def _read_call(client: socket.socket) -> bytes | None:
    """Return the messages of the next call; None if the client says goodbye."""
    call = b""
    while True:
        kind, message = _read_message(client)
        call += message
        if kind in (SYNC, QUERY):
            return call
        if kind == TERMINATE:
            return None


def read_reply(server: socket.socket) -> bytes:
    """Return the whole reply to a call."""
    reply = b""
    while True:
        kind, message = _read_message(server)
        reply += message
        if kind == READY:
            return reply


def read_to_end(server: socket.socket) -> bytes:
    """Return all that comes until the server ends the connection."""
    return b"".join(iter(partial(server.recv, CHUNK), b""))


def _read_message(source: socket.socket) -> tuple[bytes, bytes]:
    header = _read(source, HEADER.size)
    kind, length = HEADER.unpack(header)
    return kind, header + _read(source, length - LENGTH.size)


def _read(source: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        part = source.recv(size - len(data))
        if not part:
            raise Broken
        data += part
    return data
