"""`make package`: what is deployed to AWS, built on any machine for Lambda's platform.

`.local/package` then holds `deployment.zip` (the code of all functions) and `sam.json` (the template naming them).
"""

import sys
from pathlib import Path

from infra import environment, packages, staging
from infra.local import aws
from infra.paths import LOCAL, ROOT
from infra.problems import PlatformError, main_program
from infra.programs import run

STAGE = "aws"
OUTPUT = LOCAL / "package"
LARGEST = 15_000_000


def build(output: Path = OUTPUT) -> Path:
    """Build the package; gives the zip file."""
    bundle = packages.ensure(ROOT / "requirements.txt", LOCAL / "packages-aws", packages.LAMBDA_PLATFORM)
    staged = LOCAL / "package-staging"
    staging.copy(staged, bundle)
    staging.configure(staged, STAGE, {})
    program = Path(sys.executable).with_name("chalice")
    run(
        [program, "package", "--stage", STAGE, "--template-format", "json", output],
        name="packaging with Chalice",
        environment={**environment.variables(), **aws.VARIABLES},
        directory=staged,
    )
    staging.prune(staged)
    zipped = output / "deployment.zip"
    size = zipped.stat().st_size
    if size > LARGEST:
        raise PlatformError(f"The package has {size / 1e6:.1f} MB, more than the {LARGEST / 1e6:.0f} MB it may have.")
    return zipped


def package() -> None:
    """Build and say where it is."""
    zipped = build()
    sys.stdout.write(f"{zipped} ({zipped.stat().st_size / 1e6:.1f} MB) and {zipped.with_name('sam.json').name}\n")


if __name__ == "__main__":
    sys.exit(main_program(package))
