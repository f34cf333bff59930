"""A relay that stands for the way to the database: each message from a client arrives a set time later.

Bytes are real, on real connections; the delay of a whole round trip is on the way there. One thread with epoll and a
timer of the kernel, whose own limit the benchmarks show beside what they measure.
"""

import multiprocessing
import os
import select
import socket
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

NANOSECONDS = 1_000_000_000
READ_BYTES = 65_536
BACKLOG = 256


@contextmanager
def relaying(port: int, delay_seconds: float) -> Iterator[int]:
    """Relay to a local port for as long as the block runs; gives the port to connect to."""
    with socket.create_server(("127.0.0.1", 0), backlog=BACKLOG) as listener:
        relay = Relay(listener, port, delay_seconds)
        process = multiprocessing.get_context("fork").Process(target=relay.serve, daemon=True)
        process.start()
        try:
            yield listener.getsockname()[1]
        finally:
            process.kill()
            process.join()


class Relay:
    """Takes connections, and passes on what comes on them."""

    def __init__(self, listener: socket.socket, port: int, delay_seconds: float) -> None:
        self._listener = listener
        self._port = port
        self._delay = round(delay_seconds * NANOSECONDS)
        self._peers: dict[int, tuple[socket.socket, socket.socket, bool]] = {}  # from, to, whether it is a client's
        self._waiting: deque[tuple[int, socket.socket, bytes]] = deque()  # due when, to, what
        self._epoll = select.epoll()
        self._timer = os.timerfd_create(time.CLOCK_MONOTONIC, flags=os.TFD_NONBLOCK)

    def serve(self) -> None:
        """Relay until this process is ended."""
        for watched in (self._listener.fileno(), self._timer):
            self._epoll.register(watched, select.EPOLLIN)
        while True:
            for number, _ in self._epoll.poll():
                if number == self._listener.fileno():
                    self._accept()
                elif number == self._timer:
                    self._deliver()
                else:
                    self._read(number)

    def _accept(self) -> None:
        client, _ = self._listener.accept()
        server = socket.create_connection(("127.0.0.1", self._port))
        for one, other, is_client in ((client, server, True), (server, client, False)):
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._peers[one.fileno()] = (one, other, is_client)
            self._epoll.register(one.fileno(), select.EPOLLIN)

    def _read(self, number: int) -> None:
        source, target, is_client = self._peers[number]
        try:
            data = source.recv(READ_BYTES)
        except ConnectionError:
            data = b""
        if not data:
            self._epoll.unregister(number)
        if is_client:
            self._send_later(target, data)
        else:
            _send(target, data)

    def _send_later(self, target: socket.socket, data: bytes) -> None:
        due = time.monotonic_ns() + self._delay
        self._waiting.append((due, target, data))
        if len(self._waiting) == 1:
            self._wake_at(due)

    def _deliver(self) -> None:
        """Send what is due; the delay is the same for all, so they are in order."""
        os.read(self._timer, 8)
        while self._waiting and self._waiting[0][0] <= time.monotonic_ns():
            _, target, data = self._waiting.popleft()
            _send(target, data)
        if self._waiting:
            self._wake_at(self._waiting[0][0])

    def _wake_at(self, due: int) -> None:
        os.timerfd_settime_ns(self._timer, flags=os.TFD_TIMER_ABSTIME, initial=due)


def _send(target: socket.socket, data: bytes) -> None:
    """Pass bytes on, or the end of them."""
    try:
        if data:
            target.sendall(data)
        else:
            target.shutdown(socket.SHUT_WR)
    except OSError:
        return  # the other side has gone already
