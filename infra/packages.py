"""The third-party packages that are deployed with the code, in a folder that Chalice packs as `vendor`.

Chalice would fetch them anew for every changed line of code; here they are fetched once for each state of
`requirements.txt`.
"""

import compileall
import hashlib
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from py_compile import PycInvalidationMode

from infra.installing import installing
from infra.paths import LOCAL
from infra.problems import PlatformError
from infra.programs import run

HERE = LOCAL / "packages"
"""The packages for the machine that this runs on."""
UNUSED = (
    "aws_lambda_powertools/event_handler",  # a web framework with Swagger's pages in it; ours is Chalice
    # of its utilities, only batches are used
    "aws_lambda_powertools/utilities/auth_alpha",
    "aws_lambda_powertools/utilities/circuit_breaker",
    "aws_lambda_powertools/utilities/data_masking",
    "aws_lambda_powertools/utilities/feature_flags",
    "aws_lambda_powertools/utilities/idempotency",
    "aws_lambda_powertools/utilities/kafka",
    "aws_lambda_powertools/utilities/parameters",
    "cffi",  # makes C interfaces; cryptography needs only what it left in _cffi_backend
    "pycparser",  # cffi's
    "pydantic/v1",  # pydantic as it was before version 2
)
"""Parts of packages that no code here loads: a tenth of the size."""


def ensure(requirements: Path, directory: Path, platform: tuple[str, ...] = ()) -> Path:
    """Install exactly the locked packages into `directory`, unless they are there already."""
    wanted = hashlib.sha256(repr((requirements.read_bytes(), platform, UNUSED)).encode()).hexdigest()
    mark = directory.with_name(directory.name + ".sha256")
    if _is_installed(mark, wanted):
        return directory
    with installing(directory) as environment:
        if not _is_installed(mark, wanted):  # else by the command that was waited for
            mark.unlink(missing_ok=True)
            shutil.rmtree(directory, ignore_errors=True)
            _install(requirements, directory, platform, environment)
            _drop_unused(directory)
            _compile(directory)
            mark.write_text(wanted)
    return directory


def _is_installed(mark: Path, wanted: str) -> bool:
    """Whether the mark, which is written last, says that exactly this is installed."""
    return mark.exists() and mark.read_text() == wanted


def _install(requirements: Path, directory: Path, platform: tuple[str, ...], environment: Mapping[str, str]) -> None:
    """Install the packages of the lock file, which has every hash: nothing is resolved or built."""
    options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes", "--only-binary=:all:"]
    target = ("--target", directory, "-r", requirements)
    run(
        [sys.executable, "-m", "pip", "install", *options, "--no-compile", *platform, *target],
        name="fetching the packages for Lambda",
        environment=environment,
    )


def _drop_unused(directory: Path) -> None:
    for name in UNUSED:
        if not (directory / name).is_dir():
            raise PlatformError(
                f"The packages for Lambda have no {name} any more: take it off the list of unused ones."
            )
        shutil.rmtree(directory / name)


def _compile(directory: Path) -> None:
    """Compile in advance, because Lambda cannot keep compiled files. Unpacking changes file times: ignore them."""
    compileall.compile_dir(
        directory,
        quiet=2,
        stripdir=str(directory),
        invalidation_mode=PycInvalidationMode.UNCHECKED_HASH,
    )
