"""An identity provider: real keys, tokens signed with them, and the public halves at an address."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

from tests import jwts
from tests.http.shop import Shop

ISSUER = "https://id.example.com/pool"
AUDIENCE = "shop-front"
FIRST, SECOND = jwts.private_key(), jwts.private_key()


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


class Provider:
    """What it publishes, and how often it was asked."""

    def __init__(self) -> None:
        self.keys: list[Any] = [jwts.jwk(FIRST, "first", alg="RS256", use="sig")]
        self.status = 200
        self.body: bytes | None = None
        self.fetches = 0
        self.url = ""

    def answer(self) -> bytes:
        """Return what is published; `body` takes its place if it is set."""
        self.fetches += 1
        return json.dumps({"keys": self.keys}).encode() if self.body is None else self.body

    def settings(self) -> dict[str, str]:
        """Return the settings that make the service believe this provider."""
        return {"JWT_ISSUER": ISSUER, "JWKS_URL": self.url, "JWT_AUDIENCE": AUDIENCE}


def claims(**changed: Any) -> jwts.Claims:
    """Return what a good token of the provider says, with some of it changed."""
    return jwts.claims(**{"iss": ISSUER, "aud": AUDIENCE, "sub": "user-1", "scope": None, **changed})


def token(key: Any = FIRST, key_id: str = "first", **changed: Any) -> str:
    """Sign with a key of the provider."""
    return jwts.rs256({"alg": "RS256", "kid": key_id}, claims(**changed), key)


def status(shop: Shop, bearer_token: str) -> int:
    """Ask for what only a shopper may see."""
    return shop.with_token(bearer_token).get("/reservations").status


@contextmanager
def publishing() -> Iterator[Provider]:
    """Serve the keys while this lasts."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = provider.answer()
            self.send_response(provider.status)
            self.send_header("Location", provider.url)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Print nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        provider.url = f"http://127.0.0.1:{server.server_port}/keys"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield provider
        finally:
            server.shutdown()
            thread.join()
