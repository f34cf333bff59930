"""Running totals of a rehearsal, for the lines that are shown meanwhile."""

from dataclasses import dataclass


@dataclass(slots=True)
class Tally:
    """Counts since the beginning of the sale."""

    arrived: int = 0
    left: int = 0
    reserved: int = 0
    refused: int = 0
    paid: int = 0
    waiting: int = 0
    """Joined the waiting list."""
    offered: int = 0
    """Got a hold from it."""
    requests: int = 0
    unavailable: int = 0
    """Requests without a usable answer: no reply, a server error, or too many requests."""
