"""uv, which resolves and installs faster than pip. Only installing and locking need it, so it is not kept.

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
    """Install uv with the pip of `python` into the temporary directory of `environment`; return the program."""
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
