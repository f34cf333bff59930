"""Command: explore the model, and print how much there is. An argument is the number of changes in a story."""

import sys

from tests.specification.exploring import Bounds, explore
from tests.specification.system import RULES

bounds = Bounds(changes=int(sys.argv[1])) if len(sys.argv) > 1 else Bounds()
found = explore(bounds, RULES)
longest = max(len(node.story) for node in found.states.values())
sys.stdout.write(
    f"{bounds}\n{len(found.states):,} states, each balanced; {found.steps:,} transitions,"
    f" {len(found.transitions):,} of them distinct; the longest of the shortest stories has {longest} steps\n"
)
