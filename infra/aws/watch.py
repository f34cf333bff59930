"""`make watch STAGE=`: the sale of a stage live, through its API and CloudWatch."""

import argparse

from infra.aws import token_keys
from infra.aws.operation import Operation
from infra.aws.signals import CloudWatchSignals
from infra.aws.stage import Stage, required
from infra.operate import stage as apis
from infra.operate import watch as watching


def watch(operation: Operation, given: argparse.Namespace) -> None:
    """Show the sale until interrupted, or once."""
    stage = operation.stage
    watching.watch(api_of(stage), CloudWatchSignals(stage), f"{stage.prefix} in {stage.account.region}", given)


def api_of(stage: Stage) -> apis.Stage:
    """The stage's API behind its shop, with a new token of an admin."""
    return apis.Stage(f"{required(stage.shop).outputs()['Url']}/api", token_keys.admin_token(stage))
