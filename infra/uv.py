"""uv, which resolves and installs faster than pip. The development environment has it, and is installed with it.

`infra.development_environment` imports this, so it uses only the standard library.
"""

from collections.abc import Mapping
from pathlib import Path

from infra.paths import ROOT
from infra.problems import PlatformError
from infra.programs import run

LOCKED = ROOT / "infra" / "requirements-uv.txt"
PIP_OPTIONS = ("--quiet", "--disable-pip-version-check")


def fetch(python: Path, environment: Mapping[str, str]) -> Path:
    """Return the uv beside `python`, or install it with pip into the temporary directory of `environment`."""
    kept = python.with_name("uv")
    if kept.exists():
        return kept
    directory = Path(environment["TMPDIR"]) / "uv"
    pip: list[str | Path] = [python, "-m", "pip", "install", *PIP_OPTIONS]
    run(
        [*pip, "--require-hashes", "--target", directory, "-r", LOCKED],
        name="installing uv",
        environment=environment,
    )
    return directory / "bin" / "uv"


def install(python: Path, requirements: Path, target: Path, environment: Mapping[str, str], *, name: str) -> None:
    """Install exactly what is locked into the environment whose interpreter is `target`. `python` has pip.

    Uses uv; or pip, which is slower but knows a registry that only pip's settings name.
    """
    locked = ("--quiet", "--require-hashes", "-r", requirements)
    try:
        program = fetch(python, environment)
        run([program, "pip", "install", *locked, "--python", target], name=name, environment=environment)
    except PlatformError:
        pip = (python, "-m", "pip", "--python", target, "install", "--disable-pip-version-check", "--no-compile")
        run([*pip, *locked], name=name, environment=environment)
