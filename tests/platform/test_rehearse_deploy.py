"""`make rehearse-deploy`: three stacks, a sale, a second and a broken deployment, and the end of the stage."""

import subprocess
import sys

from infra.paths import ROOT


def test_a_stage_can_be_deployed_used_and_destroyed_without_an_account() -> None:
    command = [sys.executable, "-m", "infra.aws", "rehearse-deploy"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    assert done.returncode == 0, done.stdout + done.stderr
    for stack in ("data", "service", "shop"):
        assert f"Delete flash-sale-dev-{stack}" in done.stdout
