"""`make package`: what is deployed to AWS, built on any machine for Lambda's arm64.

Three templates of plain CloudFormation and the zip file that they name. Nothing is changed between this and AWS.
"""

import hashlib
import json
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra import emulated_aws, environment, packages, staging
from infra.aws import rendering
from infra.paths import LOCAL, ROOT
from infra.problems import PlatformError, main_program
from infra.programs import run

SETTINGS: dict[str, dict[str, dict[str, str]]] = json.loads((ROOT / "infra" / "aws" / "stages.json").read_text())
STAGES = tuple(SETTINGS)
OUTPUT = LOCAL / "package"
LARGEST = 15_000_000


@dataclass(frozen=True, slots=True)
class Platform:
    """The platform of the packages in the zip file."""

    kept: Path
    """Where the packages stay for the next build."""
    pip_options: tuple[str, ...]


ARM64 = Platform(
    LOCAL / "packages-arm64",
    (
        "--platform=manylinux_2_28_aarch64",
        "--platform=manylinux2014_aarch64",
        "--python-version=3.13",
        "--implementation=cp",
    ),
)
"""Lambda's Python 3.13 on Amazon Linux 2023, on Graviton: a fifth cheaper than on x86."""
HERE = Platform(packages.HERE, ())
"""The machine that packages, for a rehearsal on it."""


@dataclass(frozen=True, slots=True)
class Package:
    """The result of `build` for one stage."""

    stage: str
    zip: Path
    code_key: str
    """The zip file's key in the code bucket: `<SHA-256 of its content>.zip`."""
    templates: dict[str, Path]
    """JSON files by name: `data`, `service`, `shop`, in the order in which the stacks are deployed.

    An output of one stack is the parameter of the same name of the stacks after it.
    """
    defaults: dict[str, dict[str, str]]
    """The stage's own parameter values by template name; the rest keep the template's."""


def build(stage: str, output: Path = OUTPUT, platform: Platform = ARM64) -> Package:
    """Build the package of a stage into `output`/`stage`; raise PlatformError for a package over LARGEST."""
    if stage not in STAGES:
        raise PlatformError(f"STAGE must be one of {', '.join(STAGES)}, not {stage!r}.")
    directory = output / stage
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    zipped, merged = _package_with_chalice(stage, directory, platform)
    code_key = f"{hashlib.sha256(zipped.read_bytes()).hexdigest()}.zip"
    defaults = SETTINGS[stage]
    templates = {
        "data": rendering.read("data"),
        "service": rendering.service(merged, code_key, defaults),
        "shop": rendering.shop(),
    }
    files = {
        name: _write(directory / f"{name}.json", rendering.with_defaults(template, name, defaults[name]))
        for name, template in templates.items()
    }
    return Package(stage, zipped, code_key, files, defaults)


def _package_with_chalice(stage: str, directory: Path, platform: Platform) -> tuple[Path, dict[str, Any]]:
    """The zip file, and Chalice's template merged with that of the service."""
    staged = directory / "staged"
    staging.copy(staged, packages.ensure(ROOT / "requirements.txt", platform.kept, platform.pip_options))
    staging.configure(staged, stage, {})
    additions = _write(directory / "additions.json", rendering.service_additions())
    program = Path(sys.executable).with_name("chalice")
    options = ("--stage", stage, "--template-format", "json", "--merge-template", additions)
    run(
        [program, "package", *options, directory],
        name="packaging with Chalice",
        # A compiled file has the path of its source in it: then the same code would have another key in another folder.
        environment={**emulated_aws.environment(environment.variables()), "PYTHONDONTWRITEBYTECODE": "1"},
        directory=staged,
    )
    zipped = directory / "deployment.zip"
    check_size(zipped)
    return zipped, json.loads((directory / "sam.json").read_text())


def check_size(zipped: Path) -> None:
    """Raise PlatformError for a package over LARGEST: a cold start takes longer the larger it is."""
    size = zipped.stat().st_size
    if size > LARGEST:
        raise PlatformError(
            f"The package has {size / 1e6:.1f} MB, more than the {LARGEST / 1e6:.0f} MB it may have:"
            " drop a requirement, or list what nothing loads of it in UNUSED (packages.py)."
        )


def _write(file: Path, template: Mapping[str, Any]) -> Path:
    file.write_text(json.dumps(template, indent=1))
    return file


def package() -> None:
    """Build for the stages named on the command line, else for all, and say what was made."""
    for stage in sys.argv[1:] or STAGES:
        built = build(stage)
        names = ", ".join(file.name for file in built.templates.values())
        sys.stdout.write(f"{built.zip} ({built.zip.stat().st_size / 1e6:.1f} MB) and {names}\n")


if __name__ == "__main__":
    sys.exit(main_program(package))
