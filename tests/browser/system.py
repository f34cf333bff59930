"""The whole system as `make run` starts it, on free ports and in a directory of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from infra.local import settings
from infra.local.platform import Platform
from infra.local.ports import free_port
from infra.terminal import Terminal

IMAGES = "https://images.test"
SERVICE = {
    "IMAGE_ORIGINS": IMAGES,
    "HOLD_SECONDS": "120",
    "ALLOW_ANONYMOUS": "true",
    "GUEST_TOKENS_PER_MINUTE": "10000",  # each test's browser is a new shopper at the same address
}


@contextmanager
def running(directory: Path, database_url: str | None = None) -> Iterator[str]:
    """Run LocalStack with the application, and the built shop. Yield the shop's address."""
    own = settings.read()
    chosen = replace(
        own,
        port=free_port(),
        database_url=database_url,
        functions_database_url=None,
        aws_endpoint_url=None,
        run_directory=directory,
        service={**own.service, **SERVICE},
    )
    platform = Platform(chosen, Terminal())
    try:
        platform.start()
        yield f"http://127.0.0.1:{chosen.port}"
    finally:
        platform.stop()
