"""The commands of a stage, behind the Makefile."""

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import partial

from botocore.exceptions import BotoCoreError, ClientError

from infra.aws import account, sale, token_keys
from infra.aws.arguments import parser
from infra.aws.asking import Asking
from infra.aws.deploy import deploy
from infra.aws.destroy import destroy
from infra.aws.logs import follow
from infra.aws.operation import Operation
from infra.aws.rehearsal import rehearse
from infra.aws.rollback import rollback
from infra.aws.stage import Stage, check_name
from infra.aws.status import status
from infra.aws.watch import watch
from infra.problems import PlatformError, main_program
from infra.terminal import Terminal

Command = Callable[[Operation, argparse.Namespace], None]


def _report(operation: Operation, given: argparse.Namespace) -> None:
    # Imported here, because the plots' library takes half a second that no other command needs.
    from infra.aws.report import report

    report(operation, given)


COMMANDS: dict[str, Command] = {
    "deploy": lambda operation, _: deploy(operation),
    "status": lambda operation, _: status(operation),
    "logs": lambda operation, _: follow(operation),
    "rollback": lambda operation, _: rollback(operation),
    "destroy": lambda operation, _: destroy(operation),
    "watch": watch,
    "report": _report,
    "admin-token": lambda operation, _: operation.say(token_keys.admin_token(operation.stage)),
    "scale": lambda operation, given: sale.scale(operation, given.instance_class),
    "warm": lambda operation, given: sale.warm(operation, given.environments, given.since, given.until),
}


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments say; the exit code. What went wrong is said in one sentence."""
    return main_program(partial(_run, parser().parse_args(arguments)))


def _run(given: argparse.Namespace) -> None:
    terminal = Terminal(sys.stdout)
    try:
        with terminal.ticking():
            if given.command == "rehearse-deploy":
                rehearse(terminal)
            else:
                stage = Stage(check_name(given.stage), account.connect())
                COMMANDS[given.command](Operation(stage, terminal, Asking(given.yes == "1")), given)
    except (BotoCoreError, ClientError) as error:
        raise PlatformError(account.sentence(error)) from error
