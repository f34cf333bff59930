"""TCP ports of this machine."""

import secrets
import socket
from contextlib import closing, suppress

FOR_SERVERS = range(20_000, 32_768)
"""Below the ports that Linux and macOS give to clients: one of those can be a client's before the server has it."""


def free_port() -> int:
    """Return a port on which nothing listens, and which no client is given."""
    while True:
        port = secrets.choice(FOR_SERVERS)
        with closing(socket.socket()) as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def is_taken(port: int) -> bool:
    """Return whether a program of this machine listens on the port."""
    return _answers(socket.AF_INET, "127.0.0.1", port) or (socket.has_ipv6 and _answers(socket.AF_INET6, "::1", port))


def _answers(family: socket.AddressFamily, address: str, port: int) -> bool:
    try:
        with closing(socket.socket(family)) as probe:
            return probe.connect_ex((address, port)) == 0
    except OSError:
        return False  # a machine without IPv6
