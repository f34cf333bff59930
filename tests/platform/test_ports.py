"""The ports of what is started on this machine."""

import socket

import pytest

from infra.local import ports


def test_a_port_that_another_server_has_is_not_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken, free = server.getsockname()[1], ports.free_port()
        offered = iter([taken, free])
        monkeypatch.setattr(ports.secrets, "choice", lambda _: next(offered))
        assert ports.free_port() == free
