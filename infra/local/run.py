"""`make run`: the whole system on this machine, until Ctrl-C."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from urllib.parse import urlsplit

from infra.local import settings as settings_module
from infra.local.function_logs import FunctionLogs
from infra.local.platform import Platform
from infra.local.run_state import RunState, only_run, publish
from infra.local.settings import Settings
from infra.log_lines import readable
from infra.problems import main_program
from infra.terminal import Terminal

ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
SECONDS_BETWEEN_LOOKS = 0.25
EXAMPLE_PRODUCT = "550e8400-e29b-41d4-a716-446655440000"


class Ended(BaseException):
    """The user has asked the run to end."""


def run() -> None:
    """Start everything, print the addresses, follow the logs, and stop everything at the end."""
    settings = settings_module.read()
    terminal = Terminal()
    with only_run(settings.run_directory), endable(terminal):
        platform = Platform(settings, terminal)
        try:
            _start(platform, settings, terminal)
            _follow(platform, terminal)
        finally:
            platform.stop()


@contextmanager
def endable(terminal: Terminal) -> Iterator[None]:
    """End the block in good order on Ctrl-C, `kill` and when the terminal is closed."""
    for number in ENDING_SIGNALS:
        signal.signal(number, _end)
    try:
        yield
    except Ended:
        terminal.say("\nEverything has stopped. The data is kept for the next `make run`.")


def _end(_signal: int, _frame: FrameType | None) -> None:
    """Ignore further signals: stopping takes a few seconds and must not be interrupted."""
    for number in ENDING_SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    raise Ended


def _start(platform: Platform, settings: Settings, terminal: Terminal) -> None:
    started = time.monotonic()
    terminal.say("Starting the flash sale:")
    unused = sorted(name for name in settings.system if name.startswith("AWS_") and name != "AWS_ENDPOINT_URL")
    if unused:
        terminal.say(f"  {', '.join(unused)} not used: this run has no access to an AWS account.")
    with terminal.ticking():
        platform.start()
    state = _state(platform, settings)
    publish(settings.run_directory, state)
    terminal.say(f"Ready after {time.monotonic() - started:.1f} s.\n")
    terminal.say(_addresses(state))


def _state(platform: Platform, settings: Settings) -> RunState:
    return RunState(
        pid=os.getpid(),
        shop_url=platform.shop_url,
        api_url=platform.api_url,
        endpoint_url=platform.endpoint_url,
        database_url=platform.database_url,
        functions_database_url=settings.functions_database_url or platform.database_url,
        service=platform.service,
        own_localstack=platform.own_localstack,
    )


def _addresses(state: RunState) -> str:
    return f"""\
  Shop        {state.shop_url}
  API         {state.shop_url}/api
  LocalStack  {state.endpoint_url}
  Database    {_without_password(state.database_url)} (`make psql`)

Reserve an iPhone. After the hold it is available again:

  curl -X POST {state.shop_url}/api/reservations -H 'Content-Type: application/json' \\
    -d '{{"productId": "{EXAMPLE_PRODUCT}", "quantity": 1}}'

Ctrl-C stops everything. Logs of the functions:
"""


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def _follow(platform: Platform, terminal: Terminal) -> None:
    """Show new log lines and check the parts, without end."""
    logs = FunctionLogs(platform.function_logs) if platform.function_logs else None
    if logs is None:
        terminal.say("  (they are in the LocalStack at AWS_ENDPOINT_URL)")
    while True:
        for function, line in logs.new_lines() if logs else ():
            terminal.say(readable(terminal, function, line))
        platform.check()
        time.sleep(SECONDS_BETWEEN_LOOKS)


if __name__ == "__main__":
    sys.exit(main_program(run))
