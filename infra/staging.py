"""A copy of the application for Chalice to deploy from, so that nothing of a deployment lands in the checkout."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from infra import private_files
from infra.paths import ROOT
from infra.problems import PlatformError

PACKAGES_KEPT = 2


def copy(directory: Path, packages: Path | None) -> None:
    """Copy the application's code into `directory`, and link the third-party packages if they are to be deployed too.

    Built packages there stay.
    """
    directory.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(ROOT / "app.py", directory / "app.py")
    shutil.rmtree(directory / "chalicelib", ignore_errors=True)
    shutil.copytree(ROOT / "chalicelib", directory / "chalicelib", ignore=shutil.ignore_patterns("__pycache__"))
    _check_syntax(directory)
    (directory / "requirements.txt").write_text("")  # they are in vendor/
    vendor = directory / "vendor"
    vendor.unlink(missing_ok=True)
    if packages:
        vendor.symlink_to(packages, target_is_directory=True)


def _check_syntax(directory: Path) -> None:
    for file in (directory / "app.py", *(directory / "chalicelib").rglob("*.py")):
        try:
            compile(file.read_bytes(), file.name, "exec", dont_inherit=True)
        except SyntaxError as error:
            where = f"{file.relative_to(directory)}, line {error.lineno}"
            raise PlatformError(f"Nothing was deployed: {where}: {error.msg}.") from error


def configure(directory: Path, stage: str, variables: Mapping[str, str]) -> None:
    """Write Chalice's configuration with the variables of one stage, which contain secrets."""
    target = directory / ".chalice"
    target.mkdir(parents=True, exist_ok=True)
    for policy in (ROOT / ".chalice").glob("policy-*.json"):
        shutil.copyfile(policy, target / policy.name)
    config: dict[str, Any] = json.loads((ROOT / ".chalice" / "config.json").read_text())
    config["stages"][stage]["environment_variables"] = dict(variables)
    private_files.write(target / "config.json", json.dumps(config, indent=2))


def forget_deployment(directory: Path, stage: str) -> None:
    """Delete Chalice's record, so that it creates everything instead of updating it."""
    (directory / ".chalice" / "deployed" / f"{stage}.json").unlink(missing_ok=True)


def deployed(directory: Path, stage: str) -> list[dict[str, str]]:
    """Return the resources that Chalice has created, from its record."""
    record = directory / ".chalice" / "deployed" / f"{stage}.json"
    resources: list[dict[str, str]] = json.loads(record.read_text())["resources"]
    return resources


def prune(directory: Path) -> None:
    """Delete the packages of earlier deployments."""
    built = sorted((directory / ".chalice" / "deployments").glob("*.zip"), key=lambda file: file.stat().st_mtime)
    for file in built[:-PACKAGES_KEPT]:
        file.unlink()
