"""`make audit-packages`: look for known vulnerabilities in every locked package, of Python and of npm."""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from infra import environment, node
from infra.lock import OF_NPM, REQUIREMENTS
from infra.paths import ROOT
from infra.problems import PlatformError, main_program

Report = dict[str, Any]
NOT_READ = "The list of known vulnerabilities of {what} could not be read, so nothing is known about them: {why}"


def audit() -> None:
    """Audit all locks, each by its own tool. Raise PlatformError for what is found, and for what could not be asked."""
    checks: list[Callable[[], str]] = [_audit_python, *(partial(_audit_npm, folder) for folder in OF_NPM)]
    problems = [problem for check in checks for problem in _problems(check)]
    if problems:
        raise PlatformError("\n".join(problems))
    sys.stdout.write("No known vulnerabilities.\n")


def _problems(check: Callable[[], str]) -> list[str]:
    try:
        sys.stdout.write(f"{check()}\n")
    except PlatformError as error:
        return [str(error)]
    return []


def _audit_python() -> str:
    return judged_python({"dependencies": [package for name in REQUIREMENTS for package in _packages(name)]})


def _packages(name: str) -> list[Report]:
    options = ["--disable-pip", "--no-deps", "--format", "json", "--progress-spinner", "off"]
    command = [sys.executable, "-m", "pip_audit", *options, "-r", str(ROOT / f"{name}.txt")]
    return list(_report(command, ROOT, f"{name}.txt")["dependencies"])


def judged_python(report: Report) -> str:
    """Return a sentence about a report of pip-audit. Raises PlatformError."""
    packages = report["dependencies"]
    if skipped := [package["skip_reason"] for package in packages if "skip_reason" in package]:
        what = f"{len(skipped)} of {len(packages)} Python packages"
        raise PlatformError(NOT_READ.format(what=what, why=skipped[0]))
    if found := [f"{one['name']} {one['version']}: {bug['id']}" for one in packages for bug in one["vulns"]]:
        raise PlatformError(f"Vulnerable Python packages: {', '.join(found)}.")
    return f"{len(packages)} Python packages: nothing known."


def _audit_npm(folder: Path) -> str:
    system = environment.variables()
    found = node.ensure(system.get("PATH", ""), sys.stderr.write)
    command = found.npm("audit", "--package-lock-only", "--json")
    what = f"the packages of {folder.name}"
    return judged_npm(_report(command, folder, what, found.environment(system)), what)


def judged_npm(report: Report, what: str) -> str:
    """Return a sentence about a report of npm audit. Raises PlatformError."""
    if "vulnerabilities" not in report:
        why = report.get("message") or report.get("error", {}).get("summary") or "no report"
        raise PlatformError(NOT_READ.format(what=what, why=why))
    if found := [f"{name} ({one['severity']})" for name, one in report["vulnerabilities"].items()]:
        raise PlatformError(f"Vulnerable among {what}: {', '.join(found)}.")
    return f"{what}, {report['metadata']['dependencies']['total']} in all: nothing known."


def _report(
    command: Sequence[str | Path], directory: Path, what: str, variables: dict[str, str] | None = None
) -> Report:
    """Run a tool, and return the JSON that it prints whether or not it finds something."""
    done = subprocess.run(  # noqa: S603 - the project's own tools
        command, cwd=directory, env=variables, capture_output=True, text=True, check=False
    )
    try:
        return dict(json.loads(done.stdout))
    except ValueError:
        why = (done.stderr.strip().splitlines() or ["no report"])[-1]
        raise PlatformError(NOT_READ.format(what=what, why=why)) from None


if __name__ == "__main__":
    sys.exit(main_program(audit))
