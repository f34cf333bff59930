"""Rehearse sales with planted bugs on the run that `make run` started here; each rehearsal must fail.

`python -m tests.rehearse [BUG …] [-- ARGUMENTS OF A REHEARSAL]`
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from infra import environment
from infra.local.run_state import required
from infra.rehearse.__main__ import main as rehearse
from tests.mutants import Mutant
from tests.rehearse.planted import PLANTED, SOLD_OUT, original, with_bug

ENOUGH = ["--units", "1000"]


@contextmanager
def planted(bug: Mutant) -> Iterator[None]:
    """Have the bug in the run's database while the block runs."""
    with psycopg.connect(required(environment.run_directory()).database_url, autocommit=True) as connection:
        connection.execute(with_bug(bug).encode())
    try:
        yield
    finally:
        with psycopg.connect(required(environment.run_directory()).database_url, autocommit=True) as connection:
            connection.execute(original(bug).encode())


def main(arguments: list[str]) -> int:
    """Return 0 if each rehearsal failed."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    names, passed_on = arguments[:end], arguments[end + 1 :]
    survived = []
    for bug in PLANTED:
        if not names or bug.name in names:
            sys.stdout.write(f"\n=== {bug.name}: {bug.fault}\n")
            units = [] if bug.name in SOLD_OUT else ENOUGH
            with planted(bug):
                if rehearse([*units, *passed_on]) == 0:
                    survived.append(bug.name)
    sys.stdout.write(f"\nNot noticed: {', '.join(survived) or 'none'}\n")
    return len(survived)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
