"""Let LocalStack listen on this machine only.

Version 4.14 takes just the port from GATEWAY_LISTEN and listens on every address: anyone on the same network could
have their code run here.
"""

from functools import partial

from twisted.internet import endpoints

ADDRESS = "127.0.0.1"


def listen_here_only() -> None:
    """From now on, in this process, servers for IPv4 listen on the loopback address."""
    endpoints.TCP4ServerEndpoint = partial(endpoints.TCP4ServerEndpoint, interface=ADDRESS)
