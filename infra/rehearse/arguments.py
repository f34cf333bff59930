"""The arguments of a rehearsal; `--help` is its manual."""

import argparse
from collections.abc import Callable

from infra.rehearse import arrivals
from infra.rehearse.arrivals import BURST

_MANUAL = """\
Rehearse a whole sale on the local run that `make run` started: shoppers arrive, reserve, pay, abandon, cancel, extend,
pay late and lose replies. The rehearsal puts a product of its own on sale, and ends that sale afterwards.

For a stage on AWS, set
  API_URL      the address of the API, such as https://shop.example.com/api
  ADMIN_TOKEN  an admin's token for it
On another machine, it asks before it begins. The sale begins when each shopper has a guest token, and an address gets
only GUEST_TOKENS_PER_MINUTE of them.
"""
_EXAMPLES = """\
examples:
  python -m infra.rehearse
  python -m infra.rehearse --shoppers 500 --units 150 --arrivals 1:60,10:100
  python -m infra.rehearse --drop-messages 3 --kill-database 8 --kill-functions 12,20

The exit code is 0 if every promise was kept; 1 if one was broken, or the sale could not be rehearsed; 2 if the
arguments are wrong.
"""
FAULTS = {
    "drop-messages": "lose the expiry messages",
    "slow-queue": "let SQS take 1.5 s for each message",
    "kill-database": "kill the database; the run starts it again",
    "kill-functions": "kill every function",
}


def parser() -> argparse.ArgumentParser:
    """A parser of everything a user may choose."""
    whole = argparse.ArgumentParser(
        prog="python -m infra.rehearse",
        description=_MANUAL,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    whole.add_argument("--shoppers", type=_at_least(1), default=200, metavar="N", help="how many arrive (200)")
    whole.add_argument("--units", type=_at_least(1), metavar="N", help="units on sale (two for five shoppers)")
    whole.add_argument("--hold-seconds", type=_at_least(1), default=20, metavar="S", help="length of a hold (20)")
    whole.add_argument("--arrivals", type=arrivals.parse, default=BURST, metavar="CURVE", help=_ABOUT_ARRIVALS)
    whole.add_argument("--seed", type=int, default=1, help="of the random decisions of the shoppers (1)")
    faults = whole.add_argument_group("faults, on a local run only, at seconds after the start of the sale")
    for name, meaning in FAULTS.items():
        faults.add_argument(f"--{name}", type=_seconds, default=[], metavar="S[,S]", help=meaning)
    faults.add_argument(
        "--for",
        type=_at_least(1),
        dest="lasting",
        default=10,
        metavar="S",
        help="how long messages are lost or slow (10)",
    )
    return whole


_ABOUT_ARRIVALS = f"second:percent that have arrived by then ({BURST.replace('%', '%%')})"


def _at_least(least: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        if int(text) < least:
            raise ValueError
        return int(text)

    return number


def _seconds(text: str) -> list[float]:
    """Return seconds separated by commas."""
    seconds = [float(part) for part in text.split(",")]
    if min(seconds) < 0:
        raise ValueError
    return seconds
