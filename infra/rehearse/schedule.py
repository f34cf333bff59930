"""The faults of a rehearsal and when they begin."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from infra.terminal import Terminal


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that goes wrong from a second of the sale on. `act` may take its time; it runs in a thread."""

    title: str
    at: float
    act: Callable[[], object]


async def run(faults: Sequence[Fault], terminal: Terminal) -> None:
    """Let each fault happen at its time; return when the last has ended. Raises what the first of them raises."""
    async with asyncio.TaskGroup() as tasks:
        for fault in faults:
            tasks.create_task(_happen(fault, terminal))


async def _happen(fault: Fault, terminal: Terminal) -> None:
    await asyncio.sleep(fault.at)
    terminal.say(terminal.colour("yellow", f"  {fault.at:5.0f} s  {fault.title}"))
    await asyncio.to_thread(fault.act)
