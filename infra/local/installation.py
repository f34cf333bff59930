"""The two Python environments of the local platform: LocalStack's and the functions'."""

import sys
from pathlib import Path

from infra.paths import LOCAL
from infra.problems import PlatformError
from infra.virtual_environment import Say, VirtualEnvironment

HERE = Path(__file__).parent

INDEX_THE_AWS_APIS = """
import os
from localstack import config
from localstack.aws import spec
os.makedirs(config.dirs.static_libs)
spec.main()
"""
"""Done at install: a LocalStack that finds no index makes it at its first call, and keeps 350 MB and 5 s for that."""

LOCALSTACK = VirtualEnvironment(
    "LocalStack",
    LOCAL / "localstack-venv",
    HERE / "requirements-localstack.txt",
    "320 MB, half a minute",
    INDEX_THE_AWS_APIS,
)
FUNCTIONS = VirtualEnvironment(
    "the functions' runtime", LOCAL / "lambda-venv", HERE / "requirements-lambda.txt", "a few seconds"
)


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def ensure_installed(say: Say = _say) -> None:
    """Install both, unless exactly what is locked is there already."""
    if sys.version_info[:2] != (3, 13):
        raise PlatformError(f"LocalStack needs Python 3.13, this is {sys.version_info[0]}.{sys.version_info[1]}.")
    for environment in (FUNCTIONS, LOCALSTACK):
        environment.ensure_installed(say)
