"""Command: explore the model, without waiting lists and with, and print how much there is.

An argument is the number of changes in a story without waiting lists.
"""

import sys

from tests.specification.exploring import Bounds, explore
from tests.specification.system import RULES

sale = Bounds(changes=int(sys.argv[1])) if len(sys.argv) > 1 else Bounds()
for bounds in (sale, Bounds(products=1, changes=2, waiters=2)):
    found = explore(bounds, RULES)
    longest = max(len(node.story) for node in found.states.values())
    sys.stdout.write(
        f"{bounds}\n{len(found.states):,} states, each balanced; {found.steps:,} transitions,"
        f" {len(found.transitions):,} of them distinct; the longest of the shortest stories has {longest} steps\n"
    )
