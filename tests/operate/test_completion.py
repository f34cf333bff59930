"""Completion of the operator's commands, by bash itself."""

import subprocess
import sys

import pytest

from infra.paths import ROOT

COMPLETE = """
source /dev/stdin
function_name=$(complete -p operate | sed 's/.*-F \\([^ ]*\\) operate$/\\1/')
COMP_WORDS=(operate "$@")
COMP_CWORD=$#
"$function_name"
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.fixture(scope="module")
def script() -> str:
    """What the command prints for bash."""
    command = [sys.executable, "-m", "infra.operate", "--print-completion", "bash"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    ("typed", "completed"),
    [(["rest"], {"restock"}), (["ref"], {"refunds", "refunded"}), (["change", "A lamp", "--pri"], {"--price"})],
)
def test_bash_completes_commands_and_options(script: str, typed: list[str], completed: set[str]) -> None:
    command = ["/usr/bin/env", "bash", "-c", COMPLETE, "bash", *typed]
    done = subprocess.run(command, input=script, capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) == completed
