"""What the tests need beside the development environment."""

from infra import environment, node, shop
from infra.local import chromium, installation
from infra.terminal import Terminal


def prepare_tests() -> None:
    """Install what is missing before the first test; raise PlatformError with what the user has to install."""
    variables = environment.variables()
    say = Terminal().say
    found = node.ensure(variables.get("PATH", ""), say)
    chromium.ensure(variables, say)
    installation.ensure_installed(say)
    shop.install(found, variables)
