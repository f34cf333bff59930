"""`make report STAGE=`: the sale of a stage, from its API and the log of the API's function."""

import argparse
from collections.abc import Iterable
from datetime import datetime

from infra.aws.logs import GROUPS
from infra.aws.operation import Operation
from infra.aws.stage import Stage, required
from infra.aws.watch import api_of
from infra.operate import report as reporting

PATTERN = '{ $.message = "reserved" || $.message = "refused" }'
API_FUNCTION = "APIHandler"


def report(operation: Operation, given: argparse.Namespace) -> None:
    """Write the report's files, and print where they are."""
    reporting.report(api_of(operation.stage), lines_of(operation.stage), given)


def lines_of(stage: Stage) -> reporting.Lines:
    """The answers to reserves that CloudWatch Logs keeps: about 10,000 lines a call."""

    def read(since: datetime | None, until: datetime) -> Iterable[str]:
        names = required(stage.service).resources("AWS::Lambda::Function")
        pages = stage.account.client("logs").get_paginator("filter_log_events")
        for name in (name for name in names if API_FUNCTION in name):
            time = {"startTime": int(since.timestamp() * 1000)} if since else {}
            ends = int(until.timestamp() * 1000)
            for page in pages.paginate(logGroupName=f"{GROUPS}{name}", filterPattern=PATTERN, endTime=ends, **time):
                yield from (event["message"] for event in page["events"])

    return read
