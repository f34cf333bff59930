"""The bus that the publish function sends to, where one is wanted; without one, that function is never started."""

from infra.local import aws
from infra.local.clearing import remove_targets

OFF = "off"


def ensure(endpoint_url: str, bus: str, rule: str) -> None:
    """Create the bus if it is missing; where none is wanted, let the rule that starts the publisher start nothing."""
    if bus == OFF:
        remove_targets(endpoint_url, rule)
        return
    events = aws.client("events", endpoint_url)
    name = bus.rpartition("event-bus/")[2]  # of an ARN as well
    if name not in [known["Name"] for known in events.list_event_buses(NamePrefix=name)["EventBuses"]]:
        events.create_event_bus(Name=name)
