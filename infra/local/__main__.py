"""The commands behind the Makefile: `python -m infra.local run`, `stop`, `redeploy` and so on."""

import sys

from infra.local import develop, function_logs, prerequisites, run, signing_keys, stop
from infra.problems import main_program

COMMANDS = {
    "run": run.run,
    "stop": stop.stop,
    "reset": stop.reset,
    "logs": function_logs.follow,
    "psql": develop.psql,
    "admin-token": signing_keys.admin_token,
    "prepare-tests": prerequisites.prepare_tests,
    "dev": develop.dev,
    "redeploy": develop.redeploy,
    "frontend-dev": develop.frontend_dev,
}

if __name__ == "__main__":
    command = COMMANDS.get(sys.argv[1] if len(sys.argv) == 2 else "")
    if command is None:
        sys.exit(f"Usage: python -m infra.local {'|'.join(COMMANDS)}")
    sys.exit(main_program(command))
