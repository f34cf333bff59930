"""What must be true of alarms and dashboard. A rule yields what is wrong."""

import json
from collections.abc import Iterator
from typing import Any

from tests.aws.templates import Templates, of_type

AUDIT = {"Drift", "ExpiryLatenessSeconds", "OldestSnapshotSeconds"}
"""What the audit measures: namespace FlashSale, dimension `service`."""
EVENTS = {"Reserved", "Offered", "Completed", "Cancelled", "Lapsed"}
"""What the sweep counts for the service, and for each product."""
FAILURES = {"QueueFailures", "DatabaseBusy"}
"""What the functions that meet a failure count."""
QUEUE = {"ApproximateAgeOfOldestMessage", "ApproximateNumberOfMessagesDelayed", "ApproximateNumberOfMessagesVisible"}
PROXY = {
    "ClientConnections",
    "DatabaseConnectionsCurrentlyBorrowed",
    "DatabaseConnectionsCurrentlySessionPinned",
    "MaxDatabaseConnectionsAllowed",
}
KNOWN = {
    ("FlashSale", ("service",)): AUDIT | EVENTS | FAILURES | {"Refused", "ExpiryDelaySeconds"},
    ("AWS/SQS", ("QueueName",)): QUEUE,
    ("AWS/Lambda", ("FunctionName",)): {"ConcurrentExecutions", "Errors", "Throttles"},
    ("AWS/ApiGateway", ("ApiName",)): {"4XXError", "5XXError", "Count", "Latency"},
    ("AWS/RDS", ("ProxyName",)): PROXY,
    ("AWS/RDS", ("DBInstanceIdentifier",)): {"CPUUtilization", "DatabaseConnections", "FreeStorageSpace"},
}
"""Metrics by namespace and dimensions, as AWS's documents list them (November 2026)."""
ANCHORS = {
    "dead-letters",
    "drift",
    "server-errors",
    "throttles",
    "expiry-lateness",
    "queue-age",
    "proxy-pinned",
    "proxy-borrowed",
    "oldest-snapshot",
    "storage",
}
AUDIT_SECONDS = 300
OPERATORS = [{"Ref": "Operators"}]


def alarms(templates: Templates) -> dict[str, dict[str, Any]]:
    """The alarms by name."""
    return of_type(templates.service, "AWS::CloudWatch::Alarm")


def alarms_watch_metrics_that_exist(templates: Templates) -> Iterator[str]:
    for name, alarm in alarms(templates).items():
        for metric in watched(alarm):
            dimensions = tuple(one["Name"] for one in metric["Dimensions"])
            if metric["MetricName"] not in KNOWN.get((metric["Namespace"], dimensions), set()):
                yield f"{name}: nobody sends {metric['Namespace']} {metric['MetricName']} by {dimensions}"


def watched(alarm: dict[str, Any]) -> list[dict[str, Any]]:
    """The metrics of an alarm."""
    if "Metrics" not in alarm:
        return [alarm]
    return [one["MetricStat"]["Metric"] for one in alarm["Metrics"] if "MetricStat" in one]


def alarms_watch_this_stage(templates: Templates) -> Iterator[str]:
    for name, alarm in alarms(templates).items():
        for metric in watched(alarm):
            value = metric["Dimensions"][0]["Value"]
            if isinstance(value, str) and value not in {
                f"flash-sale-{templates.values['Stage']}",
                "<ProxyName>",
                "<DatabaseName>",
            }:
                yield f"{name} watches {value}"


def alarms_tell_somebody(templates: Templates) -> Iterator[str]:
    for name, alarm in alarms(templates).items():
        if alarm.get("AlarmActions") != OPERATORS or alarm.get("OKActions") != OPERATORS:
            yield f"{name} tells nobody"
    subscribers = of_type(templates.service, "AWS::SNS::Subscription")
    if bool(subscribers) != bool(templates.values.get("AlarmEmail")):
        yield "the address given is not told"


def alarms_say_where_to_read_on(templates: Templates) -> Iterator[str]:
    named = {}
    for name, alarm in alarms(templates).items():
        anchor = alarm.get("AlarmDescription", "").rpartition("docs/operations.md#")[2]
        named[anchor] = name
        if alarm.get("AlarmName") != f"flash-sale-{templates.values['Stage']}-{anchor}":
            yield f"{name} is not named after its section"
    if named.keys() != ANCHORS:
        yield f"sections without an alarm, or the reverse: {named.keys() ^ ANCHORS}"


def alarms_of_the_audit_wait_for_it(templates: Templates) -> Iterator[str]:
    for name, alarm in alarms(templates).items():
        if alarm.get("MetricName") in AUDIT and alarm["Period"] < AUDIT_SECONDS:
            yield f"{name} sees no value in most of its periods"


def one_unit_out_of_place_raises_the_alarm(templates: Templates) -> Iterator[str]:
    drift = alarms(templates)["DriftAlarm"]
    condition = [drift[key] for key in ("Statistic", "ComparisonOperator", "Threshold", "EvaluationPeriods")]
    if condition != ["Maximum", "GreaterThanThreshold", 0, 1]:
        yield f"no alarm for one unit, but for {condition}"


def audit_that_does_not_run_is_noticed(templates: Templates) -> Iterator[str]:
    drift = alarms(templates)["DriftAlarm"]
    if (drift["TreatMissingData"], drift.get("InsufficientDataActions")) != ("missing", OPERATORS):
        yield "nobody is told that no audit runs"


def queue_s_age_allows_for_the_longest_delay(templates: Templates) -> Iterator[str]:
    if alarms(templates)["QueueAgeAlarm"]["Threshold"] <= 900:
        yield "a hold of a quarter of an hour raises the alarm"


def dashboard_is_json(templates: Templates) -> Iterator[str]:
    try:
        widgets = _widgets(templates)
    except ValueError as error:
        yield f"the dashboard is no JSON: {error}"
        return
    shown = json.dumps([one for one in widgets if one["type"] == "alarm"])
    for name in alarms(templates):
        if f"${{{name}.Arn}}" not in shown:
            yield f"the dashboard does not show {name}"


def dashboard_shows_metrics_that_exist(templates: Templates) -> Iterator[str]:
    for widget in _widgets(templates):
        for namespace, name, dimension, *_ in widget["properties"].get("metrics", []):
            if name not in KNOWN.get((namespace, (dimension,)), set()):
                yield f"nobody sends {namespace} {name} by {dimension}"


def _widgets(templates: Templates) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(templates.service["Dashboard"]["Properties"]["DashboardBody"])["widgets"]
    return found


RULES = (
    alarms_watch_metrics_that_exist,
    alarms_watch_this_stage,
    alarms_tell_somebody,
    alarms_say_where_to_read_on,
    alarms_of_the_audit_wait_for_it,
    one_unit_out_of_place_raises_the_alarm,
    audit_that_does_not_run_is_noticed,
    queue_s_age_allows_for_the_longest_delay,
    dashboard_is_json,
    dashboard_shows_metrics_that_exist,
)
