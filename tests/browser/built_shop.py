"""The built shop alone, for a browser that stubs the API: neither a database nor LocalStack is started."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from infra import node, shop
from infra.local import settings
from infra.local.front_door import FrontDoor
from infra.local.ports import free_port
from tests.browser.system import IMAGES

NO_API = "http://127.0.0.1:9/"


@contextmanager
def serving(directory: Path) -> Iterator[str]:
    """Build the shop, and serve it while the block runs. Gives its address."""
    system = settings.read().system
    found = node.ensure(system.get("PATH", ""), lambda _: None)
    shop.install(found, system)
    shop.build(found, system)
    front_door = FrontDoor(directory, free_port())
    try:
        front_door.start(found, system, NO_API, IMAGES)
        yield f"http://127.0.0.1:{front_door.port}"
    finally:
        front_door.stop()
