"""The commands behind the Makefile: `python -m infra.local run`, `stop`, `redeploy` and so on."""

import sys

from infra.local import daily, run, signing_keys
from infra.local.problems import main_program

COMMANDS = {
    "run": run.run,
    "stop": daily.stop,
    "reset": daily.reset,
    "logs": daily.logs,
    "psql": daily.psql,
    "admin-token": signing_keys.admin_token,
    "dev": daily.dev,
    "redeploy": daily.redeploy,
    "frontend-dev": daily.frontend_dev,
}

if __name__ == "__main__":
    command = COMMANDS.get(sys.argv[1] if len(sys.argv) == 2 else "")
    if command is None:
        sys.exit(f"Usage: python -m infra.local {'|'.join(COMMANDS)}")
    sys.exit(main_program(command))
