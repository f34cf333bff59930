"""`python -m infra.aws.capacity`: how large a sale may be, and what a stage costs, written into the documents."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from infra.aws import prices
from infra.aws.demand import Demand, cost
from infra.aws.idle import idle_costs
from infra.aws.measured import Measured, read
from infra.paths import ROOT

CAPACITY, DEPLOYING = ROOT / "docs" / "capacity.md", ROOT / "docs" / "deploying.md"
BEGIN, END = "<!-- computed by python -m infra.aws.capacity -->\n", "<!-- end -->\n"
SIZES = (10_000, 100_000, 1_000_000)
LARGEST = prices.INSTANCES[-1]


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit, and how much of it a sale needs."""

    name: str
    most: float
    asked: Callable[[Demand], float]

    def used(self, demand: Demand) -> float:
        """The share of the limit that the sale uses. Above 1, requests fail."""
        return self.asked(demand) / self.most


LIMITS = (
    Limit("cold starts in 10 s", prices.LAMBDA_STARTS_IN_10_SECONDS, lambda one: one.cold_environments),
    Limit("environments of an account", prices.LAMBDA_CONCURRENCY, lambda one: one.environments),
    Limit("API Gateway, requests a second", prices.API_GATEWAY_REQUESTS_A_SECOND, lambda one: one.api_peak),
    Limit("CloudFront, requests a second", prices.CLOUDFRONT_REQUESTS_A_SECOND, lambda one: one.edge_peak),
    Limit(f"cores of the largest instance ({LARGEST.name})", LARGEST.vcpus, lambda one: one.database_cores),
    Limit("slots of one product, reserves a second", Demand(0, Measured()).slot_rate, lambda one: one.reserve_peak),
)
ROWS: dict[str, Callable[[Demand], str]] = {
    "units on sale": lambda one: f"{one.units:,}",
    "requests to CloudFront in the minute": lambda one: f"{one.edge_requests:,}",
    "of them to API Gateway": lambda one: f"{one.api_requests:,}",
    "API Gateway, busiest second": lambda one: f"{one.api_peak:,.0f}",
    "reserves, busiest second": lambda one: f"{one.reserve_peak:,.0f}",
    "busy environments, all warm": lambda one: f"{one.environments:,}",
    "cold starts, none warm": lambda one: f"{one.cold_environments:,}",
    "busy connections to the database": lambda one: f"{one.connections:,}",
    "cores of the database": lambda one: f"{one.database_cores:,.1f}",
    "instance": lambda one: one.instance.name if one.instance else "none is large enough",
    "requests to SQS": lambda one: f"{one.messages:,}",
    "dollars for the sale": lambda one: f"{sum(cost(one).values()):,.2f}",
}


def computed(measured: Measured) -> str:
    """Return the tables for all sizes, in Markdown."""
    demands = [Demand(size, measured) for size in SIZES]
    parts = cost(demands[0])
    tables = (
        _table("shoppers in the first minute", {name: [show(one) for one in demands] for name, show in ROWS.items()}),
        _table(
            "share of each limit used", {limit.name: [_share(limit.used(one)) for one in demands] for limit in LIMITS}
        ),
        _table("dollars by part", {part: [f"{cost(one)[part]:,.2f}" for one in demands] for part in parts}),
        _table("what breaks", dict(_breaking(demands))),
    )
    return f"Measured on: {measured.machine}.\n\n" + "\n".join(tables)


def _share(used: float) -> str:
    return f"**{used:,.0%}**" if used > 1 else f"{used:,.1%}"


def _breaking(demands: list[Demand]) -> Iterator[tuple[str, list[str]]]:
    """Return the limits that the sale exceeds, the worst first."""
    orders = [sorted(LIMITS, key=lambda limit: -limit.used(one)) for one in demands]
    for place, name in enumerate(("first", "second", "third")):
        yield name, [_broken(order[place], one) for order, one in zip(orders, demands, strict=True)]


def _broken(limit: Limit, demand: Demand) -> str:
    used = limit.used(demand)
    return f"{limit.name}: {used:.1f} times" if used > 1 else "nothing"


def _table(title: str, rows: dict[str, list[str]]) -> str:
    heads = " | ".join(f"{size:,}" for size in SIZES)
    lines = [f"| {title} | {heads} |", "|---|" + "---|" * len(SIZES)]
    lines += [f"| {name} | {' | '.join(cells)} |" for name, cells in rows.items()]
    return "\n".join(lines) + "\n"


def with_figures(text: str, figures: str) -> str:
    """Return the document with the figures between its marks."""
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    return f"{before}{BEGIN}\n{figures}\n{END}{after}"


def documents() -> dict[Path, str]:
    """Return the text that each document should have."""
    figures = {CAPACITY: computed(read()), DEPLOYING: idle_costs()}
    return {file: with_figures(file.read_text(), text) for file, text in figures.items()}


if __name__ == "__main__":
    for file, text in documents().items():
        file.write_text(text)
        sys.stdout.write(f"{file.relative_to(ROOT)} is up to date.\n")
