"""`make rehearse`: a whole sale against a running stage, and a verdict. The arguments' `--help` is the manual."""

import argparse
import asyncio
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from infra import environment
from infra.aws.asking import Asking
from infra.local.run_state import RunState
from infra.operate.commands import main as operate
from infra.problems import PlatformError, main_program
from infra.rehearse import verdict
from infra.rehearse.arguments import FAULTS, parser
from infra.rehearse.faults.drop_messages import drop_messages
from infra.rehearse.faults.kill_database import kill_database, require_database
from infra.rehearse.faults.kill_functions import kill_functions, require_localstack
from infra.rehearse.faults.slow_queue import slow_queue
from infra.rehearse.rehearsal import Chosen, Rehearsal
from infra.rehearse.schedule import Fault
from infra.rehearse.target import Target, refuse_faults, target
from infra.terminal import Terminal

UNITS_PER_SHOPPER = 0.4
FILE = "rehearsal.json"


def main(arguments: Sequence[str]) -> int:
    """Rehearse as the arguments say; return the exit code. An error is one sentence on standard error."""
    return main_program(partial(_rehearse, parser().parse_args(arguments)))


def _rehearse(given: argparse.Namespace) -> None:
    terminal = Terminal()
    where = target(given.shoppers, Asking(yes=False))
    faults = _faults(given, where)
    units = given.units or max(1, int(given.shoppers * UNITS_PER_SHOPPER))
    chosen = Chosen(given.shoppers, units, given.hold_seconds, given.arrivals, given.seed)
    terminal.say(f"{given.shoppers} shoppers and {units} units at {where.shop_url}:")
    sale = asyncio.run(Rehearsal(where, chosen, faults, terminal).run())  # noqa: TID251 - no test runs this
    judged = verdict.judge(sale)
    file = environment.run_directory() / FILE
    verdict.write(file, sale, judged)
    terminal.say()
    verdict.show_figures(sale, terminal)
    terminal.say()
    judged.show(terminal)
    terminal.say()
    operate(["report", sale.evidence.product["id"]])
    if not judged.held:
        raise PlatformError(
            f"{len(judged.broken())} of {len(judged.faults)} promises were broken; {file} has every violation."
        )
    terminal.say(f"\nEvery promise held ({file}).")


def _faults(given: argparse.Namespace, where: Target) -> list[Fault]:
    """Return the chosen faults. Raise PlatformError if the stage is not a run of this machine with its own parts."""
    times = {name: vars(given)[name.replace("-", "_")] for name in FAULTS}
    refuse_faults([at for chosen in times.values() for at in chosen], where)
    if where.state is None:
        return []
    run_directory = environment.run_directory()
    if times["kill-database"]:
        require_database(run_directory)
    if times["kill-functions"] or times["slow-queue"]:
        require_localstack(run_directory / "localstack")
    acts = _acts(where.state, run_directory, given.lasting)
    return [Fault(name, at, acts[name]) for name in FAULTS for at in times[name]]


def _acts(state: RunState, run_directory: Path, seconds: float) -> dict[str, Callable[[], object]]:
    return {
        "drop-messages": partial(drop_messages, state.endpoint_url, seconds),
        "slow-queue": partial(slow_queue, run_directory / "localstack", seconds),
        "kill-database": partial(kill_database, run_directory),
        "kill-functions": partial(kill_functions, run_directory / "localstack"),
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
