"""Six events in the middle of a sale, and the rate before and after each, over time.

    python -m tests.bench events --label before

Writes docs/benchmarks/events-<label>.json. It needs little of the application, so that it runs on older checkouts too.
"""

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.database import Server
from tests.bench.disturbances import EVENTS, Restock
from tests.bench.environment import PREPARED, UNPREPARED
from tests.bench.outcome import Outcome
from tests.bench.sale import Sale, run_on
from tests.bench.side_by_side import Ready

EVENT_AT = 3.0
SECONDS = 10.0
BIN_SECONDS = 0.1
FAR_ROUND_TRIP, FAR_COMMIT = 0.002, 0.004
FAR_ENVIRONMENTS = 48
MANY = 64
USUAL = 16
FAR = "2 ms and 4 ms far"
JOINING = "64 environments"

Report = Callable[[str], None]


@dataclass(frozen=True)
class Trace:
    """The rate over time around an event."""

    event: str
    prepare: str
    rates: Sequence[float]
    statuses: dict[str, int]


def record(server: Server, label: str, directory: Path, report: Report) -> None:
    """Record all events, not prepared and prepared, and write them to a file."""
    traces = []
    for prepare in (UNPREPARED, PREPARED):
        for name in (*EVENTS, JOINING, FAR):
            trace = _trace(server, name, prepare)
            report(f"{name}, PREPARE_THRESHOLD={prepare}: {_summary(trace)}")
            traces.append(trace)
    _write(directory / f"events-{label}.json", traces)


def _trace(server: Server, name: str, prepare: str) -> Trace:
    with server.database() as url:
        outcome = _run(server, name, Sale(url, USUAL, prepare, seconds=SECONDS))
    rates = [round(rate) for rate in outcome.rates(BIN_SECONDS)]
    return Trace(name, prepare, rates, {str(status): count for status, count in outcome.count().items()})


def _run(server: Server, name: str, sale: Sale) -> Outcome:
    product_id = sale.product()
    if name == JOINING:
        return run_on(sale, [product_id] * MANY, joining=[EVENT_AT] * (MANY - USUAL))
    if name == FAR:
        restock: Sequence[Callable[[Ready], object]] = [Restock(sale.url, product_id, (EVENT_AT,))]
        with server.far(sale.url, FAR_ROUND_TRIP, FAR_COMMIT) as url:
            return run_on(sale.by(url), [product_id] * FAR_ENVIRONMENTS, restock)
    return run_on(sale, [product_id] * USUAL, [EVENTS[name](sale.url, product_id, (EVENT_AT,))])


def _summary(trace: Trace) -> str:
    position = round(EVENT_AT / BIN_SECONDS)
    before = trace.rates[position // 3 : position]
    after = trace.rates[position:]
    averages = (sum(before) / len(before), sum(after) / len(after))
    return f"{averages[0]:,.0f}/s before, {averages[1]:,.0f}/s after"


def _write(path: Path, traces: Sequence[Trace]) -> None:
    document = {
        "bin_seconds": BIN_SECONDS,
        "event_at": EVENT_AT,
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "traces": [vars(trace) for trace in traces],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document) + "\n")
