"""What one does every day beside `make run`: stop, look, try changes."""

import os
import shutil
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from infra.local import aws, deploy, front_door, node, queues, settings, signing_keys
from infra.local.function_logs import FunctionLogs, readable
from infra.local.paths import FRONTEND, ROOT
from infra.local.platform import end_left_overs
from infra.local.ports import free_port
from infra.local.postgres_data import program
from infra.local.problems import PlatformError
from infra.local.run_state import current, required, runner
from infra.local.terminal import Terminal

SECONDS_TO_STOP = 60
DATA = ("postgres", "postgres.log", "localstack", "deploy", "logs", signing_keys.FILE)


def stop() -> None:
    """End the run under way, or what a killed one left behind."""
    directory = settings.read().run_directory
    pid = runner(directory)
    if pid is None:
        end_left_overs(directory)
        Terminal().say("Nothing is running.")
        return
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + SECONDS_TO_STOP
    while runner(directory) is not None:
        if time.monotonic() > deadline:
            raise PlatformError(f"The run (process {pid}) does not end within {SECONDS_TO_STOP} s.")
        time.sleep(0.1)
    Terminal().say("Stopped.")


def reset() -> None:
    """Stop, then forget all data and logs; what is installed stays."""
    stop()
    directory = settings.read().run_directory
    for name in DATA:
        path = directory / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    Terminal().say("The data is gone; the next `make run` starts with the sample products.")


def logs() -> None:
    """Show what the functions said and go on showing."""
    directory = settings.read().run_directory
    required(directory)
    terminal = Terminal()
    lines = FunctionLogs(directory / "localstack" / "functions" / "logs")
    while current(directory):
        for function, line in lines.new_lines():
            terminal.say(readable(terminal, function, line))
        time.sleep(0.25)


def psql() -> None:
    """An SQL prompt at the database of the run."""
    _become([program("psql"), required(settings.read().run_directory).database_url], {}, ROOT)


def redeploy() -> None:
    """Bring changed code into the running LocalStack."""
    chosen = settings.read()
    state = required(chosen.run_directory)
    terminal = Terminal()
    chosen = replace(chosen, service=chosen.service_beside(state.service))
    directory = chosen.run_directory / "deploy"
    target = deploy.Deployment(state.endpoint_url, state.functions_database_url, chosen, directory)
    with terminal.step("Functions and API"):
        deploy.update(target)
    with terminal.step("Migrations"):
        deploy.migrate(state.endpoint_url, sample_data=False)


def dev() -> None:
    """The API from the source tree, reloaded at every change, on the database and queue of the run."""
    chosen = settings.read()
    state = required(chosen.run_directory)
    port = free_port()
    Terminal().say(f"API from the source tree: http://127.0.0.1:{port}/products (Ctrl-C ends it)")
    variables = {
        **chosen.service_beside(state.service),
        **aws.VARIABLES,
        "AWS_ENDPOINT_URL": state.endpoint_url,
        "DATABASE_URL": state.database_url,
        "EXPIRY_QUEUE_URL": queues.ensure(state.endpoint_url),
    }
    chalice = Path(sys.executable).with_name("chalice")
    _become([chalice, "local", "--stage", deploy.STAGE, "--port", str(port)], variables, ROOT)


def frontend_dev() -> None:
    """The shop from the source tree with hot reload, on the API of the run."""
    chosen = settings.read()
    terminal = Terminal()
    found = node.ensure(chosen.system.get("PATH", ""), terminal.say)
    front_door.install(found, chosen.system)
    api_url = required(chosen.run_directory).api_url
    _become(found.npm("run", "dev"), {**found.environment(chosen.system), "API_URL": api_url}, FRONTEND)


def _become(arguments: Sequence[str | Path], variables: dict[str, str], directory: Path) -> None:
    """Hand terminal and signals over to another program."""
    os.chdir(directory)
    sys.stdout.flush()
    os.execve(arguments[0], [str(part) for part in arguments], {**settings.read().system, **variables})  # noqa: S606
