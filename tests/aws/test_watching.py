"""Watching a stage: failures and the balance from CloudWatch."""

from datetime import UTC, datetime
from typing import Any

import pytest

from infra.aws.report import lines_of
from infra.aws.signals import SECONDS_BETWEEN_LOOKS, CloudWatchSignals
from infra.aws.stage import Stage
from infra.aws.watch import api_of
from tests.aws.scripted import Aws
from tests.aws.stacks import stack

NOW = datetime(2026, 11, 27, 9, 0, 40, tzinfo=UTC).timestamp()
SERVICE = [{"Name": "service", "Value": "flash-sale-dev"}]


def data(values: dict[str, list[float]]) -> Any:
    """Answer with the values of the metrics that are asked for, by name."""

    def answer(arguments: dict[str, Any]) -> dict[str, Any]:
        results = []
        for query in arguments["MetricDataQueries"]:
            metric = query["MetricStat"]["Metric"]
            found = values.get(metric["MetricName"], []) if metric["Dimensions"] == SERVICE else []
            stamps = [datetime(2026, 11, 27, 9, tzinfo=UTC)] * len(found)
            results.append({"Id": query["Id"], "Values": found, "Timestamps": stamps})
        return {"MetricDataResults": results}

    return answer


@pytest.fixture
def stage(aws: Aws) -> Stage:
    """A stage."""
    return Stage("dev", aws.account)


def test_the_newest_value_of_each_metric_is_shown(aws: Aws, stage: Stage) -> None:
    aws.answers("cloudwatch.GetMetricData", data({"DatabaseBusy": [2.0, 5.0], "Drift": [0.0]}))
    found = CloudWatchSignals(stage, lambda: NOW).look()
    assert found.failures == {"database busy": 2}
    assert found.balance == "every unit in its place at 09:00:00"
    assert found.source == "CloudWatch, the minute before 09:00 UTC"


def test_only_whole_minutes_are_asked_for(aws: Aws, stage: Stage) -> None:
    aws.answers("cloudwatch.GetMetricData", data({}))
    CloudWatchSignals(stage, lambda: NOW).look()
    first = aws.called("cloudwatch.GetMetricData")[0]
    assert {one["MetricStat"]["Period"] for one in first["MetricDataQueries"]} == {60}
    assert first["EndTime"] == datetime(2026, 11, 27, 9, tzinfo=UTC)


def test_products_out_of_balance_are_counted(aws: Aws, stage: Stage) -> None:
    aws.answers("cloudwatch.GetMetricData", data({"Drift": [2.0, 0.0]}))
    assert CloudWatchSignals(stage, lambda: NOW).look().balance == "PRODUCTS OUT OF BALANCE: 2 at 09:00:00"


def test_without_an_audit_the_balance_is_not_known(aws: Aws, stage: Stage) -> None:
    aws.answers("cloudwatch.GetMetricData", data({}))
    assert CloudWatchSignals(stage, lambda: NOW).look().balance.startswith("not known")


def test_cloudwatch_is_asked_again_only_after_a_while(aws: Aws, stage: Stage) -> None:
    aws.answers("cloudwatch.GetMetricData", data({}))
    now = NOW
    signals = CloudWatchSignals(stage, lambda: now)
    for later in (0, SECONDS_BETWEEN_LOOKS - 1, SECONDS_BETWEEN_LOOKS):
        now = NOW + later
        signals.look()
    assert len(aws.called("cloudwatch.GetMetricData")) == 4  # two each time


def test_the_api_of_a_stage_is_behind_its_shop(aws: Aws, stage: Stage) -> None:
    outputs = {"Url": "https://shop.example.com", "TokenKeys": "arn:of:keys"}
    aws.answers("cloudformation.DescribeStacks", stack("a-stack", "UPDATE_COMPLETE", outputs))
    aws.answers("secretsmanager.GetSecretValue", {"SecretString": f"first:{'s' * 32}"})
    api = api_of(stage)
    assert (api.url, api.is_here, api.token.count(".")) == ("https://shop.example.com/api", False, 2)


def test_a_report_reads_the_answers_in_the_log_of_the_api_s_function(aws: Aws, stage: Stage) -> None:
    found = {"LogicalResourceId": "x", "ResourceStatus": "CREATE_COMPLETE", "LastUpdatedTimestamp": "2026-11-01"}
    names = ("flash-sale-dev-service-APIHandler-x", "flash-sale-dev-service-Sweep-x")
    functions = [found | {"PhysicalResourceId": name, "ResourceType": "AWS::Lambda::Function"} for name in names]
    aws.answers("cloudformation.DescribeStacks", stack("a-stack", "UPDATE_COMPLETE"))
    aws.answers("cloudformation.ListStackResources", {"StackResourceSummaries": functions})
    first = {"eventId": "1", "timestamp": 1, "message": "one"}
    aws.answers("logs.FilterLogEvents", {"events": [first], "nextToken": "t"}, {"events": [first | {"message": "two"}]})
    since, until = datetime(2026, 11, 27, 9, tzinfo=UTC), datetime(2026, 11, 27, 10, tzinfo=UTC)
    assert list(lines_of(stage)(since, until)) == ["one", "two"]
    asked = aws.called("logs.FilterLogEvents")[0]
    assert asked["logGroupName"] == f"/aws/lambda/{names[0]}"
    assert (asked["startTime"], asked["endTime"]) == (1_795_770_000_000, 1_795_773_600_000)
