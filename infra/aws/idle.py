"""What a stage costs in a month in which nobody comes, from the values of its parameters."""

from infra.aws import prices
from infra.aws.package import SETTINGS
from infra.aws.prices import HOURS_A_MONTH, INSTANCES, SMALLEST

ENDPOINTS = 2
"""SQS and Secrets Manager; EventBridge is a third where a stage has an event bus."""
SECRETS = 2
"""The keys that sign tokens, and the owner's password that RDS keeps."""
ALARMS = 10
OWN_METRICS = 3
"""Drift, lateness of expiry, and age of the oldest snapshot."""
RULES = 2
PROXY_VCPUS_MIN = 2


def idle(values: dict[str, str]) -> dict[str, float]:
    """Dollars a month by part."""
    instance = next(one for one in (SMALLEST, *INSTANCES) if one.name == values["DatabaseClass"])
    zones = 2 if values["TwoZones"] == "true" else 1
    endpoints = ENDPOINTS + (values["Events"] == "true")
    nat = prices.NAT * HOURS_A_MONTH if values["NatGateway"] == "true" else 0.0
    return {
        f"{instance.name}, instances: {zones}": instance.hour * zones * HOURS_A_MONTH,
        f"{values['DatabaseStorage']} GB of disk": int(values["DatabaseStorage"]) * zones * prices.RDS_STORAGE_MONTH,
        "RDS Proxy": max(instance.vcpus, PROXY_VCPUS_MIN) * prices.PROXY_VCPU * HOURS_A_MONTH,
        f"{endpoints} endpoints, zones: {zones}": endpoints * zones * prices.ENDPOINT * HOURS_A_MONTH,
        "NAT gateway": nat,
        "web ACL with its rules": prices.WEB_ACL + RULES * prices.WAF_RULE,
        "secrets": SECRETS * prices.SECRET,
        "alarms and metrics": ALARMS * prices.ALARM + OWN_METRICS * prices.OWN_METRIC,
    }


def idle_costs() -> str:
    """A table for each stage, in Markdown."""
    return "\n".join(_table(stage, idle(values["data"])) for stage, values in SETTINGS.items())


def _table(stage: str, parts: dict[str, float]) -> str:
    rows = [f"| {name} | {dollars:,.2f} |" for name, dollars in parts.items() if dollars]
    return (
        "\n".join([f"| {stage} | dollars a month |", "|---|---|", *rows, f"| total | {sum(parts.values()):,.2f} |"])
        + "\n"
    )
