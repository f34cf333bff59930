"""The bus that the publish function sends to, where one is wanted; without one, that function is never started."""

from infra.local import aws

OFF = "off"


def ensure(endpoint_url: str, bus: str, rule: str) -> None:
    """Create the bus if it is missing, and let the rule that starts the publisher fire only where there is one."""
    events = aws.client("events", endpoint_url)
    if bus == OFF:
        events.disable_rule(Name=rule)
        return
    name = bus.rpartition("event-bus/")[2]  # of an ARN as well
    if name not in [known["Name"] for known in events.list_event_buses(NamePrefix=name)["EventBuses"]]:
        events.create_event_bus(Name=name)
    events.enable_rule(Name=rule)
