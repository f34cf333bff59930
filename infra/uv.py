"""uv, which resolves and installs faster than pip. Only installing and locking need it, so it is not kept.

`infra.development_environment` imports this, so it uses only the standard library.
"""

from collections.abc import Mapping
from pathlib import Path

from infra.paths import ROOT
from infra.programs import run

LOCKED = ROOT / "infra" / "requirements-uv.txt"


def fetch(python: Path, environment: Mapping[str, str]) -> Path:
    """Install uv with the pip of `python` into the temporary directory of `environment`; return the program."""
    directory = Path(environment["TMPDIR"]) / "uv"
    pip: list[str | Path] = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run(
        [*pip, "--require-hashes", "--target", directory, "-r", LOCKED],
        name="installing uv",
        environment=environment,
    )
    return directory / "bin" / "uv"
