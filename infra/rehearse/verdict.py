"""The end of a rehearsal: figures of the sale, and whether each promise held."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from infra.rehearse.promises import PROMISES, Sale
from infra.rehearse.record import Action, Exchange
from infra.terminal import Terminal

EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Verdict:
    """The faults of each promise, by its title; none if it held."""

    faults: dict[str, list[str]]

    @property
    def held(self) -> bool:
        """Whether every promise held."""
        return not any(self.faults.values())

    def broken(self) -> set[str]:
        """Return the titles of the promises that did not hold."""
        return {title for title, faults in self.faults.items() if faults}

    def show(self, terminal: Terminal) -> None:
        """Write a line for each promise, and examples of what broke it."""
        for title, faults in self.faults.items():
            mark = terminal.colour("red", "✗") if faults else terminal.colour("green", "✓")
            terminal.say(f"  {mark} {title}")
            for fault in faults[:EXAMPLES]:
                terminal.say(f"      {fault}")
            if len(faults) > EXAMPLES:
                terminal.say(f"      and {len(faults) - EXAMPLES} more")


def judge(sale: Sale) -> Verdict:
    """Check every promise."""
    return Verdict({title: list(check(sale)) for title, check in PROMISES})


def figures(sale: Sale) -> dict[str, object]:
    """Return the figures of the sale by their names."""
    evidence = sale.evidence
    return {
        "units on sale": evidence.product["totalStock"],
        "units sold": evidence.units("COMPLETED"),
        "units cancelled": evidence.units("CANCELLED"),
        "holds expired": len(evidence.timelines),
        **{f"  by {who}": times for who, times in sorted(_expired_by(sale).items())},
        "reserves refused": sum(_refusals(sale).values()),
        **{f"  {reason}": times for reason, times in sorted(_refusals(sale).items())},
        "holds bought again after the lapse": sum(one["replaces"] is not None for one in evidence.reservations),
        "shoppers who waited": sum(map(len, evidence.waiters.values())),
        "  of them offered a hold": sum(
            one["status"] == "OFFERED" for listed in evidence.waiters.values() for one in listed
        ),
        "payments to refund": sum(exchange.answer.refund_required for exchange in _all(sale, Action.COMPLETE)),
        "sold out after, s": evidence.sold_out_after,
        **_spread("lateness of expiry in the tables, s", evidence.lateness),
        **_spread("reserve, s", sorted(exchange.answer.seconds for exchange in _all(sale, Action.RESERVE))),
        "requests without an answer, sent again": sum(
            exchange.answer.is_unavailable for record in sale.records for exchange in record.exchanges
        ),
    }


def show_figures(sale: Sale, terminal: Terminal) -> None:
    """Write one figure a line."""
    for name, value in figures(sale).items():
        shown = "-" if value is None else f"{value:.2f}" if isinstance(value, float) else value
        terminal.say(f"  {name:44}{shown:>8}")


def write(file: Path, sale: Sale, verdict: Verdict) -> None:
    """Write figures and faults as JSON."""
    file.parent.mkdir(parents=True, exist_ok=True)
    whole = {"held": verdict.held, "figures": figures(sale), "faults": verdict.faults}
    file.write_text(json.dumps(whole, indent=2))


def _refusals(sale: Sale) -> Counter[str]:
    answers = (exchange.answer for exchange in _all(sale, Action.RESERVE))
    return Counter(answer.problem for answer in answers if answer.problem and not answer.is_unavailable)


def _expired_by(sale: Sale) -> Counter[str]:
    timelines = sale.evidence.timelines.values()
    return Counter(entry["by"] for timeline in timelines for entry in timeline if entry["event"] == "EXPIRED")


def _all(sale: Sale, action: Action) -> Iterator[Exchange]:
    return (exchange for record in sale.records for exchange in record.of(action))


def _spread(name: str, values: Sequence[float]) -> dict[str, object]:
    """Return the median, the 99th percentile and the maximum of sorted values."""
    if not values:
        return {name: None}
    place = {"p50": len(values) // 2, "p99": len(values) * 99 // 100, "most": len(values) - 1}
    return {f"{name}, {label}": values[index] for label, index in place.items()}
