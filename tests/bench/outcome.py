"""What environments did together: when each reply came, how long it took, and what it was."""

from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

CREATED, REFUSED, BUSY = 201, 409, 503


@dataclass
class Outcome:
    """Replies within a time that began at an instant of the shared clock; all times in seconds."""

    began: float
    seconds: float
    ends: "array[float]" = field(default_factory=lambda: array("d"))
    latencies: "array[float]" = field(default_factory=lambda: array("d"))
    statuses: "array[int]" = field(default_factory=lambda: array("H"))

    def add(self, before: float, after: float, status: int) -> None:
        """Count a reply."""
        self.ends.append(after)
        self.latencies.append(after - before)
        self.statuses.append(status)

    def rate(self, status: int = CREATED) -> float:
        """Return how many replies of a status came in a second."""
        return self.rate_between(0.0, self.seconds, status)

    def rate_between(self, first: float, last: float, status: int = CREATED) -> float:
        """Return how many replies of a status came in a second, between two instants after the beginning."""
        came = sum(
            first <= end - self.began < last
            for end, its_status in zip(self.ends, self.statuses, strict=True)
            if its_status == status
        )
        return came / (last - first)

    def rates(self, seconds: float, status: int = CREATED) -> list[float]:
        """Return the rate in each so many seconds."""
        counts = [0] * round(self.seconds / seconds)
        for end, its_status in zip(self.ends, self.statuses, strict=True):
            position = int((end - self.began) / seconds)
            if its_status == status and 0 <= position < len(counts):
                counts[position] += 1
        return [count / seconds for count in counts]

    def percentile(self, percent: float, status: int = CREATED) -> float:
        """Return the time within which so many percent of the replies of a status came."""
        return percentile([x for x, its in zip(self.latencies, self.statuses, strict=True) if its == status], percent)

    def count(self) -> Counter[int]:
        """Return how many replies of each status came."""
        return Counter(self.statuses)


def together(parts: Sequence[Outcome]) -> Outcome:
    """Return what environments did that ran side by side."""
    whole = Outcome(parts[0].began, parts[0].seconds)
    for part in parts:
        whole.ends.extend(part.ends)
        whole.latencies.extend(part.latencies)
        whole.statuses.extend(part.statuses)
    return whole


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the smallest value that so many percent are not above."""
    ordered = sorted(values)
    if not ordered:
        raise ValueError("Nothing was measured.")
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]
