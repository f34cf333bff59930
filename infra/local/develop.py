"""Commands beside a running `make run`: `make psql`, `dev`, `redeploy` and `frontend-dev`."""

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from psycopg.pq import Conninfo

from infra import emulated_aws, environment, node, shop
from infra.local import deploy, messaging, settings
from infra.local.development_server import serve_and_reload
from infra.local.ports import is_taken
from infra.local.postgres_data import program
from infra.local.run_state import required
from infra.paths import FRONTEND, ROOT
from infra.problems import PlatformError
from infra.terminal import Terminal


def psql() -> None:
    """An SQL prompt at the database of the run."""
    _become([program("psql")], _libpq_variables(required(environment.run_directory()).database_url), ROOT)


def _libpq_variables(url: str) -> dict[str, str]:
    """Return the parts of the address as environment variables; other users can read a program's arguments."""
    options = Conninfo.parse(url.encode())
    return {option.envvar.decode(): option.val.decode() for option in options if option.envvar and option.val}


def redeploy() -> None:
    """Deploy changed code to the running LocalStack."""
    chosen = settings.read()
    state = required(chosen.run_directory)
    terminal = Terminal()
    chosen = replace(chosen, service=chosen.service_beside(state.service))
    directory = chosen.run_directory / "deploy"
    target = deploy.Deployment(
        state.endpoint_url, state.functions_database_url, chosen, directory, on_this_machine=state.own_localstack
    )
    with terminal.step("Functions and API"):
        deploy.update(target)
    with terminal.step("Migrations"):
        deploy.migrate(state.endpoint_url, sample_data=False)


def dev() -> None:
    """The API from the source tree, reloaded at every edit, on the database and queue of the run."""
    chosen = settings.read()
    state = required(chosen.run_directory)
    port = chosen.development_port
    if is_taken(port):
        raise PlatformError(f"Port {port} is in use by another program; `DEV_PORT={port + 1} make dev` takes another.")
    variables = {
        **chosen.system,
        **chosen.service_beside(state.service),
        **emulated_aws.VARIABLES,
        "AWS_ENDPOINT_URL": state.endpoint_url,
        "DATABASE_URL": state.database_url,
        "EXPIRY_QUEUE_URL": messaging.ensure_queues(state.endpoint_url),
    }
    serve_and_reload(port, variables)


def frontend_dev() -> None:
    """The shop from the source tree with hot reload, on the API of the run."""
    chosen = settings.read()
    terminal = Terminal()
    found = node.ensure(chosen.system.get("PATH", ""), terminal.say)
    shop.install(found, chosen.system)
    api_url = required(chosen.run_directory).api_url
    _become(found.npm("run", "dev"), {**found.environment(chosen.system), "API_URL": api_url}, FRONTEND)


def _become(arguments: Sequence[str | Path], variables: dict[str, str], directory: Path) -> None:
    """Replace this process by another program."""
    os.chdir(directory)
    sys.stdout.flush()
    os.execve(arguments[0], [str(part) for part in arguments], {**environment.variables(), **variables})  # noqa: S606
