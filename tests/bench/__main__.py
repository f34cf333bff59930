"""Measure the figures S1 to S14: `python -m tests.bench`, some of them: `python -m tests.bench S1 S11`.

`python -m tests.bench events --label before` records six events over time, `long` a sale of five minutes, `parts` what
each part of a reserve costs the database, and `plots` draws what was measured.
The package is `tests/bench`; the results lie in `docs/benchmarks`.
"""

import argparse
import gc
import signal
import sys
import time
import traceback
from collections.abc import Callable, Sequence

from infra.paths import ROOT
from tests.bench import events, long_sale, parts, plots, results
from tests.bench.database import Server, running
from tests.bench.figure import Figure
from tests.bench.figures import BENCHMARKS

DIRECTORY = ROOT / "docs" / "benchmarks"
EVENTS, LONG, PARTS, PLOTS = "events", "long", "parts", "plots"
RECORDERS = {LONG: long_sale.record, PARTS: parts.record}


def main() -> int:
    """Measure what was asked for; return 1 if something could not be measured."""
    arguments = _arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # ends what was started
    gc.freeze()  # what is loaded now is shared with all processes that are forked
    report = _reporter()
    if arguments.what == [PLOTS]:
        plots.draw(DIRECTORY)
        return 0
    with running() as server:
        if arguments.what == [EVENTS]:
            events.record(server, arguments.label, DIRECTORY, report)
            return 0
        if recorder := RECORDERS.get(" ".join(arguments.what)):
            recorder(server, DIRECTORY, report)
            return 0
        return _measure(server, arguments.what or list(BENCHMARKS), report)


def _measure(server: Server, numbers: Sequence[str], report: Callable[[str], None]) -> int:
    """Measure figures, keep what was measured after each, and print the table."""
    failed = [number for number in numbers if not _measured(server, number, report)]
    plots.draw(DIRECTORY)
    document = results.read(DIRECTORY)
    for line in results.table(document["figures"], numbers):
        sys.stdout.write(f"{line}\n")
    for number in failed:
        sys.stdout.write(f"{number} could not be measured; what went wrong stands above.\n")
    if lacking := results.missing(document["figures"], BENCHMARKS):
        sys.stdout.write(f"The results lack {', '.join(lacking)}: `python -m tests.bench {' '.join(lacking)}`\n")
    return 1 if failed else 0


def _measured(server: Server, number: str, report: Callable[[str], None]) -> bool:
    """Measure one and keep its figures; show what went wrong, and go on with the others."""
    report(f"{number}: {_title(number)}")
    try:
        figures: list[Figure] = BENCHMARKS[number](server, lambda line: report(f"{number}: {line}"))
    except Exception:  # whatever it was, the other figures can be measured
        report(f"{number} failed:\n{traceback.format_exc()}")
        return False
    results.keep(DIRECTORY, figures, server.version())
    return True


def _title(number: str) -> str:
    module = sys.modules[BENCHMARKS[number].__module__]
    return (module.__doc__ or "").splitlines()[0].partition(": ")[2]


def _reporter() -> Callable[[str], None]:
    began = time.monotonic()

    def report(line: str) -> None:
        sys.stdout.write(f"{time.monotonic() - began:6.0f} s  {line}\n")
        sys.stdout.flush()

    return report


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    others = [EVENTS, *RECORDERS, PLOTS]
    parser.add_argument(
        "what", nargs="*", choices=[*BENCHMARKS, *others, []], metavar="S1 … S14, events, long, parts, plots"
    )
    parser.add_argument("--label", default="now", help="the name of the recorded events' file")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
