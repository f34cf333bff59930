"""The arguments of the operator's command line; `--help` is its manual."""

import argparse
from collections.abc import Callable
from pathlib import Path

from infra.operate.completion import SHELLS, PrintCompletion

HOW_TO_RESTOCK = 'make restock PRODUCT="A lamp" UNITS=5'
_MANUAL = """\
The commands of operators: list, create, change, restock, pause and retire products, watch a sale, report on it, release
holds, settle refunds, audit the stock.

By default they use the local run that `make run` started. For a stage on AWS, set
  API_URL      the address of the API, such as https://shop.example.com/api
  ADMIN_TOKEN  an admin's token for it
"""
_EXAMPLES = """\
examples:
  python -m infra.operate products
  python -m infra.operate create "A lamp" 19.99 500 --max-per-shopper 2 --sale-starts-at 2026-11-27T09:00:00Z
  python -m infra.operate create "A lamp" 19.99 500 --currency EUR --image-url /images/lamp.webp
  python -m infra.operate change "A lamp" --price 17.50 --max-per-shopper none
  python -m infra.operate restock "A lamp" 100
  python -m infra.operate restock "A lamp" -20
  python -m infra.operate pause "A lamp"
  python -m infra.operate retire "A lamp"
  python -m infra.operate holds --shopper 7f1c2d3e-0000-4000-8000-000000000001
  python -m infra.operate refunds --open
  python -m infra.operate watch
  python -m infra.operate report "A lamp" --from 2026-11-27T09:00:00Z
  python -m infra.operate audit || echo "the stock does not balance"

The exit code is 0; 1 if the command was refused or the audit found a difference; 2 if the arguments are wrong.
"""


def parser() -> argparse.ArgumentParser:
    """A parser whose result has the command's name in `command`."""
    whole = argparse.ArgumentParser(
        prog="python -m infra.operate",
        description=_MANUAL,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    whole.add_argument(
        "--print-completion",
        action=PrintCompletion,
        choices=SHELLS,
        help="print a script that makes this shell complete the commands of the alias `operate`",
    )
    commands = whole.add_subparsers(dest="command", required=True, metavar="command")
    listing = commands.add_parser("products", help="list the products with their live stock")
    listing.add_argument("--all", action="store_true", help="list the retired ones too")
    _add_create(commands.add_parser("create", help="put a product on sale"))
    _add_change(commands.add_parser("change", help="change a product; running holds stay as they were made"))
    _add_restock(commands.add_parser("restock", help="add units, or take out units that are neither sold nor held"))
    _add_product(commands.add_parser("pause", help="stop a sale for now; running holds go on"))
    _add_product(commands.add_parser("resume", help="let a paused sale go on"))
    _add_retire(commands.add_parser("retire", help="take a product off the shop; its history is kept"))
    add_watch(commands.add_parser("watch", help="show the sale live"))
    add_report(commands.add_parser("report", help="report on a sale, as JSON and as a page with plots"))
    commands.add_parser("audit", help="show where every unit is; fails if the stock does not balance")
    changes = commands.add_parser("changes", help="list the changes that admins made, newest first")
    changes.add_argument("--limit", type=int, default=50, help="how many (50)")
    _add_holds(commands.add_parser("holds", help="list reservations of a shopper or a product, newest first"))
    release = commands.add_parser("release", help="end a shopper's hold; its units return to stock")
    release.add_argument("reservation", help="its id")
    refunds = commands.add_parser("refunds", help="list the payments to refund, newest first")
    refunds.add_argument("--open", action="store_true", help="only those that are not refunded yet")
    refunded = commands.add_parser("refunded", help="record that a payment has been refunded")
    refunded.add_argument("payment", help="its reference")
    return whole


def _add_create(create: argparse.ArgumentParser) -> None:
    create.add_argument("name")
    create.add_argument("price", type=float)
    create.add_argument("units", type=int, help="how many units to sell")
    create.add_argument("--currency", default=argparse.SUPPRESS, help="of the price (USD); it can't be changed later")
    _add_optional(create, lambda read: read)


def _add_change(change: argparse.ArgumentParser) -> None:
    change.description = "Change only what is given; `none` removes what may be absent."
    _add_product(change)
    change.add_argument("--name", default=argparse.SUPPRESS)
    change.add_argument("--price", type=float, default=argparse.SUPPRESS)
    _add_optional(change, _or_none)


def _add_restock(restock: argparse.ArgumentParser) -> None:
    _add_product(restock)
    restock.add_argument("units", type=_units, help="units to add; negative: units to take out")


def _add_retire(retire: argparse.ArgumentParser) -> None:
    retire.description = (
        "End the sale of a product and take it off the shop. Running holds go on, and nothing is deleted."
    )
    _add_product(retire)
    retire.add_argument("--undo", action="store_true", help="put it back into the shop")


def _add_holds(holds: argparse.ArgumentParser) -> None:
    which = holds.add_mutually_exclusive_group(required=True)
    which.add_argument("--shopper", metavar="ID", help="all reservations of this shopper")
    which.add_argument("--reservation", metavar="ID", help="this reservation")
    which.add_argument("--product", type=_name, metavar="PRODUCT", help="the running holds of a product, by id or name")
    holds.add_argument("--limit", type=int, default=50, help="how many (50)")


def add_watch(watch: argparse.ArgumentParser) -> None:
    """Add the options of `watch`."""
    watch.add_argument("--every", type=float, default=2.0, metavar="SECONDS", help="how often to look (2)")
    watch.add_argument("--once", action="store_true", help="show one picture and end, as without a terminal")
    watch.add_argument("--svg", type=Path, metavar="FILE", help="write one picture to this file, and end")


def add_report(report: argparse.ArgumentParser) -> None:
    """Add the arguments of `report`."""
    report.add_argument("product", nargs="?", default="", help="its id or its name; every product if left out")
    report.add_argument("--from", dest="since", default="", help="from when on, with time zone; limits what is read")
    report.add_argument("--until", default="", help="until when, with time zone (now)")
    report.add_argument(
        "--output", type=Path, metavar="DIRECTORY", help="where to write it (reports in the run directory)"
    )


def _units(text: str) -> int:
    if not text:
        raise argparse.ArgumentTypeError(f"say how many: {HOW_TO_RESTOCK}")
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"must be a whole number, not {text!r}") from None


def _name(text: str) -> str:
    if not text:
        raise argparse.ArgumentTypeError(f"say which, for example {HOW_TO_RESTOCK}")
    return text


def _add_product(command: argparse.ArgumentParser) -> None:
    command.add_argument("product", type=_name, help="its id, or its name if no other product has it")


def _add_optional(command: argparse.ArgumentParser, optional: Callable[..., Callable[[str], object]]) -> None:
    for name, read, meaning in (
        ("hold-seconds", int, "how long a reservation keeps its units"),
        ("max-per-shopper", int, "units that a shopper may hold and buy"),
        ("sale-starts-at", str, "with time zone: 2026-11-27T09:00:00Z"),
        ("sale-ends-at", str, "with time zone"),
        ("description", str, "shown on the product's page"),
        ("image-url", str, "a path of the shop, or https of one of IMAGE_ORIGINS"),
        ("illustration", str, "the name of a drawn picture, for a product without an image"),
    ):
        command.add_argument(f"--{name}", type=optional(read), default=argparse.SUPPRESS, help=meaning)


def _or_none(read: Callable[[str], object]) -> Callable[[str], object]:
    def read_or_none(text: str) -> object:
        return None if text == "none" else read(text)

    read_or_none.__name__ = f"{read.__name__} (or none)"  # the name in argparse's error message
    return read_or_none
