"""Command: mutants that mutmut makes of the Python code, as `[tool.mutmut]` in pyproject.toml says.

`python -m tests.mutants.generated NAME …` runs those of these names, patterns allowed. An interrupted run goes on where
it stopped. docs/proof.md lists the survivors that are equivalent.
"""

import subprocess
import sys
from collections.abc import Sequence

from infra import environment
from infra.paths import ROOT
from tests.conftest import server


def main(names: Sequence[str]) -> int:
    """Run mutmut with a PostgreSQL for all of its runs of pytest; print the survivors; return the exit status."""
    with server() as url:
        variables = {**environment.variables(), "PYTEST_ADDOPTS": f"--postgres={url}"}
        status = subprocess.call([sys.executable, "-m", "mutmut", "run", *names], cwd=ROOT, env=variables)
    subprocess.call([sys.executable, "-m", "mutmut", "results"], cwd=ROOT)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
