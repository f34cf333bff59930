"""What the tests need beside the development environment."""

from shutil import which

from infra import environment, node, shop
from infra.local import chromium, installation
from infra.problems import PlatformError
from infra.terminal import Terminal


def prepare_tests() -> None:
    """Install what is missing before the first test; raise PlatformError with what the user has to install."""
    variables = environment.variables()
    if which("pgbouncer", path=variables.get("PATH", "")) is None:
        raise PlatformError("The tests need PgBouncer: `apt-get install pgbouncer`, or `brew install pgbouncer`.")
    say = Terminal().say
    found = node.ensure(variables.get("PATH", ""), say)
    chromium.ensure(variables, say)
    installation.ensure_installed(say)
    shop.install(found, variables)
