"""The workflow for users on GitHub: actions pinned, no stored keys, least rights."""

import re
from typing import Any

import pytest
import yaml

from infra.paths import ROOT

FILE = ROOT / ".github" / "workflows" / "ci.yml"
WORKFLOW: dict[str, Any] = yaml.safe_load(FILE.read_text())
JOBS: dict[str, dict[str, Any]] = WORKFLOW["jobs"]
STEPS = [step for job in JOBS.values() for step in job["steps"]]
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


@pytest.mark.parametrize("action", sorted({step["uses"] for step in STEPS if "uses" in step}))
def test_an_action_is_pinned_by_its_commit(action: str) -> None:
    assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", action)


def test_only_the_deployment_may_sign_in() -> None:
    assert WORKFLOW["permissions"] == {"contents": "read"}
    widened = {name: job["permissions"] for name, job in JOBS.items() if "permissions" in job}
    assert widened == {"deploy": {"contents": "read", "id-token": "write"}}


def test_only_a_tag_is_deployed_and_only_after_everything_else() -> None:
    assert JOBS["deploy"]["if"] == "startsWith(github.ref, 'refs/tags/v')"
    assert set(JOBS["deploy"]["needs"]) == JOBS.keys() - {"deploy"}


def test_there_is_no_key_to_keep() -> None:
    assert "secrets." not in FILE.read_text()


def test_no_job_runs_without_end() -> None:
    assert all(job["timeout-minutes"] <= 60 for job in JOBS.values())


def test_newer_versions_are_proposed_for_every_folder_with_requirements() -> None:
    updates = yaml.safe_load((ROOT / ".github" / "dependabot.yml").read_text())["updates"]
    (watched,) = (one["directories"] for one in updates if one["package-ecosystem"] == "pip")
    files = [*ROOT.glob("*.in"), *(ROOT / "infra").rglob("*.in")]
    assert set(watched) == {f"/{file.parent.relative_to(ROOT)}".removesuffix(".") for file in files}


@pytest.mark.parametrize(
    "target", sorted({step["run"].split()[1] for step in STEPS if step.get("run", "").startswith("make ")})
)
def test_what_is_run_is_a_target_of_the_makefile(target: str) -> None:
    assert target in TARGETS


def test_the_tests_have_what_make_test_needs() -> None:
    commands = [step["run"] for step in JOBS["test"]["steps"] if "run" in step]
    assert [command.split()[-1] for command in commands] == ["pgbouncer", "test"]
