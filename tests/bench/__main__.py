"""The command: `python -m tests.bench [S1 S11 …]`, and `python -m tests.bench events --label before`."""

import argparse
import sys
import time

from infra.local.paths import ROOT
from tests.bench import events
from tests.bench.database import running

RESULTS = ROOT / "docs" / "benchmarks"


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("what", nargs="*")
    parser.add_argument("--label", default="now")
    arguments = parser.parse_args()
    began = time.monotonic()

    def report(line: str) -> None:
        sys.stdout.write(f"{time.monotonic() - began:6.0f} s  {line}\n")
        sys.stdout.flush()

    with running() as server:
        events.record(server, arguments.label, RESULTS, report)


if __name__ == "__main__":
    main()
