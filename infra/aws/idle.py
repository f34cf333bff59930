"""The cost of a stage in a month without shoppers, computed from the values of its parameters."""

from chalicelib.jobs.schedule import MARGIN_SECONDS, PERIOD_SECONDS
from infra.aws import prices
from infra.aws.package import SETTINGS
from infra.aws.prices import HOURS_A_MONTH, INSTANCES, MILLION, SMALLEST

ENDPOINTS = 2
"""SQS and Secrets Manager; EventBridge is a third where a stage has an event bus."""
SECRETS = 2
"""The keys that sign tokens, and the owner's password that RDS keeps."""
ALARMED_METRICS = 11
"""Metrics that alarms watch: one each, and two for the share of borrowed connections."""
OWN_METRICS = 3
"""Drift, lateness of expiry, and age of the oldest snapshot."""
RULES = 2
PROXY_VCPUS_MIN = 2
SWEEP_GB = 256 / 1_024
"""Memory of the functions that the schedule starts every minute."""
FIRINGS = HOURS_A_MONTH * 60
POLLS_A_MINUTE = 15
"""Requests to an empty queue: Lambda keeps five open, for 20 s each."""


def idle(settings: dict[str, dict[str, str]]) -> dict[str, float]:
    """Dollars a month by part, of a stage with these parameter values by stack."""
    data, service = settings["data"], settings["service"]
    return {
        **_database(data),
        **_network(data),
        "web ACL with its rules": prices.WEB_ACL + RULES * prices.WAF_RULE,
        "secrets": SECRETS * prices.SECRET,
        "alarms, metrics, dashboard": _seeing(),
        **_functions(int(service["SweepIntervalSeconds"]), has_events=data["Events"] == "true"),
    }


def _database(values: dict[str, str]) -> dict[str, float]:
    instance = next(one for one in (SMALLEST, *INSTANCES) if one.name == values["DatabaseClass"])
    size, copies = int(values["DatabaseStorage"]), _zones(values)
    return {
        f"{instance.name}, instances: {copies}": instance.hour * copies * HOURS_A_MONTH,
        f"{size} GB of disk": size * copies * prices.RDS_STORAGE_MONTH,
        "RDS Proxy": max(instance.vcpus, PROXY_VCPUS_MIN) * prices.PROXY_VCPU * HOURS_A_MONTH,
    }


def _network(values: dict[str, str]) -> dict[str, float]:
    zones, endpoints = _zones(values), ENDPOINTS + (values["Events"] == "true")
    nat = (prices.NAT + prices.PUBLIC_ADDRESS) * HOURS_A_MONTH
    return {
        f"{endpoints} endpoints, zones: {zones}": endpoints * zones * prices.ENDPOINT * HOURS_A_MONTH,
        "NAT gateway with its address": nat if values["NatGateway"] == "true" else 0.0,
    }


def _zones(values: dict[str, str]) -> int:
    return 2 if values["TwoZones"] == "true" else 1


def _functions(interval_seconds: int, *, has_events: bool) -> dict[str, float]:
    """Return the cost of the functions that run without shoppers. `publish` runs only if there is an event bus."""
    names = ["sweep", "publish"] if has_events else ["sweep"]
    return {
        f"{' and '.join(names)}, every {interval_seconds} s": len(names) * _passing(interval_seconds),
        "polling of the queue": POLLS_A_MINUTE * FIRINGS / MILLION * prices.SQS,
    }


def _seeing() -> float:
    return ALARMED_METRICS * prices.ALARM + OWN_METRICS * prices.OWN_METRIC + prices.DASHBOARD


def _passing(interval_seconds: int) -> float:
    """A function that makes passes until the schedule fires again: it is paid for while it waits for the next one."""
    last_pass = max(range(0, PERIOD_SECONDS - MARGIN_SECONDS + 1, interval_seconds))
    return FIRINGS * (last_pass * SWEEP_GB * prices.LAMBDA + prices.LAMBDA_REQUESTS / MILLION)


def idle_costs() -> str:
    """A table for each stage, in Markdown."""
    return "\n".join(_table(stage, idle(values)) for stage, values in SETTINGS.items())


def _table(stage: str, parts: dict[str, float]) -> str:
    rows = [f"| {name} | {dollars:,.2f} |" for name, dollars in parts.items() if dollars]
    return (
        "\n".join([f"| {stage} | dollars a month |", "|---|---|", *rows, f"| total | {sum(parts.values()):,.2f} |"])
        + "\n"
    )
