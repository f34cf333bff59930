"""`make lock`: pin all dependencies anew, with hashes and for every platform."""

import sys
from pathlib import Path

from infra import environment, node, uv
from infra.installing import installing
from infra.paths import FRONTEND, LIGHTHOUSE, LOCAL, ROOT
from infra.problems import main_program
from infra.programs import run

REQUIREMENTS = (
    "requirements",
    "requirements-dev",
    "infra/local/requirements-localstack",
    "infra/local/requirements-lambda",
    "infra/requirements-node",
    "infra/requirements-uv",
)
"""The development environment is locked after the package whose versions it must have."""
OF_NPM = (FRONTEND, LIGHTHOUSE)
OPTIONS = (
    "--quiet",
    "--upgrade",
    "--python-version=3.13",
    "--generate-hashes",
    "--no-annotate",
    "--custom-compile-command=make lock",
)
NOT_UNIVERSAL = "infra/local/requirements-localstack"
"""All others are locked for all platforms and later Pythons; LocalStack's packages do not support Python 3.14."""


def lock() -> None:
    """Write every lock file."""
    with installing(LOCAL / "uv") as own:
        program = uv.fetch(Path(sys.executable), own)
        for name in REQUIREMENTS:
            sys.stdout.write(f"{name}.txt\n")
            options = OPTIONS if name == NOT_UNIVERSAL else (*OPTIONS, "--universal")
            command: list[str | Path] = [program, "pip", "compile", *options, f"{name}.in", "-o", f"{name}.txt"]
            run(command, name=f"locking {name.replace('/', '-')}", environment=own, directory=ROOT)
    _lock_npm()


def _lock_npm() -> None:
    found = node.ensure(environment.variables().get("PATH", ""), sys.stdout.write)
    command = found.npm("update", "--package-lock-only", "--no-audit", "--no-fund")
    for folder in OF_NPM:
        sys.stdout.write(f"{folder.relative_to(ROOT)}/package-lock.json\n")
        with installing(LOCAL / folder.name) as own:
            run(command, name=f"locking {folder.name}", environment=found.environment(own), directory=folder)


if __name__ == "__main__":
    sys.exit(main_program(lock))
