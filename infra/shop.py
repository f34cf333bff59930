"""Run a script of the shop's package.json with the right Node: `python -m infra.shop lint`."""

import subprocess
import sys

from infra.local import front_door, node, settings
from infra.local.paths import FRONTEND
from infra.local.problems import PlatformError, main_program


def script() -> None:
    """Install what the shop needs, then hand the terminal to the script."""
    name = sys.argv[1]
    system = settings.read().system
    found = node.ensure(system.get("PATH", ""), sys.stderr.write)
    front_door.install(found, system)
    command = found.npm("run", "--silent", name)
    done = subprocess.run(command, cwd=FRONTEND, env=found.environment(system), check=False)  # noqa: S603
    if done.returncode != 0:
        raise PlatformError(f"The shop's `{name}` failed.")


if __name__ == "__main__":
    sys.exit(main_program(script))
