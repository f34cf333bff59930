"""The environment variables of whoever runs a command. Nothing else in `infra` reads them."""

import os
from collections.abc import Mapping
from pathlib import Path

from infra.paths import LOCAL


def variables() -> dict[str, str]:
    """Return all of them."""
    return dict(os.environ)


def run_directory(given: Mapping[str, str] | None = None) -> Path:
    """Return the directory of data, logs and deployments: RUN_DIRECTORY, or `.local` in the checkout."""
    given = variables() if given is None else given
    return Path(given.get("RUN_DIRECTORY") or LOCAL).resolve()
