"""Command: run mutants two at a time, print what became of each, and fail if one survives or can't be judged."""

import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue

from tests.mutants import Mutant
from tests.mutants.running import Copy, Outcome, copied
from tests.mutants.table import BY_MODULE, MUTANTS

AT_A_TIME = 2
GOOD = {Outcome.CAUGHT, Outcome.EQUIVALENT}


def main(names: Sequence[str]) -> int:
    """Judge the mutants of these names or modules, or all; return the exit status."""
    known = {**{mutant.name: [mutant] for mutant in MUTANTS}, **BY_MODULE}
    if unknown := [name for name in names if name not in known]:
        sys.stderr.write(f"There is no mutant {', '.join(unknown)}. The names are: {', '.join(known)}.\n")
        return 2
    chosen = [mutant for name in names for mutant in known[name]] or MUTANTS
    with copied() as first, copied() as second:
        if not _tests_pass_without_a_fault(first, chosen):
            return 1
        outcomes = list(_judged(chosen, (first, second)))
    caught = sum(outcome in GOOD for outcome in outcomes)
    sys.stdout.write(f"{caught} of {len(outcomes)} mutants are caught or equivalent.\n")
    return 0 if caught == len(outcomes) else 1


def _tests_pass_without_a_fault(copy: Copy, mutants: Iterable[Mutant]) -> bool:
    """Return whether the tests pass in an unchanged copy; tests that fail anyway catch nothing."""
    status, output = copy.test(sorted({test for mutant in mutants for test in mutant.tests.split()}))
    if status:
        sys.stderr.write(f"{output}\nThese tests fail without any mutant: mend them first.\n")
    return status == 0


def _judged(mutants: Sequence[Mutant], copies: Iterable[Copy]) -> Iterable[Outcome]:
    """Judge mutants as fast as the copies come free; print a line for each, in the order of the table."""
    free: SimpleQueue[Copy] = SimpleQueue()
    for copy in copies:
        free.put(copy)

    def judge(mutant: Mutant) -> Outcome:
        copy = free.get()
        try:
            return copy.judge(mutant)
        finally:
            free.put(copy)

    with ThreadPoolExecutor(AT_A_TIME) as workers:
        for mutant, outcome in zip(mutants, workers.map(judge, mutants), strict=True):
            sys.stdout.write(f"{outcome:10}  {mutant.name:36}  {mutant.equivalent or mutant.fault}\n")
            sys.stdout.flush()
            yield outcome


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
