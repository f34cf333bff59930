"""The arguments of the operator's command line; `--help` is its manual."""

import argparse
from collections.abc import Callable

_MANUAL = """\
What operators do: list, create, change and restock products, and audit the stock.

By default it uses the run that `make run` started here. For another stage, set
  API_URL      the address of the API, such as https://shop.example.com/api
  ADMIN_TOKEN  an admin's token for it
"""
_EXAMPLES = """\
examples:
  python -m infra.operate products
  python -m infra.operate create "A lamp" 19.99 500 --max-per-shopper 2 --sale-starts-at 2026-11-27T09:00:00Z
  python -m infra.operate change "A lamp" --price 17.50 --max-per-shopper none
  python -m infra.operate restock "A lamp" 100
  python -m infra.operate restock "A lamp" -20
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
    commands = whole.add_subparsers(dest="command", required=True, metavar="command")
    commands.add_parser("products", help="list the products with their live stock")
    _add_create(commands.add_parser("create", help="put a product on sale"))
    _add_change(commands.add_parser("change", help="change a product; running holds stay as they were made"))
    _add_restock(commands.add_parser("restock", help="add units, or take out units that are neither sold nor held"))
    commands.add_parser("audit", help="show where every unit is; fails if the stock does not balance")
    changes = commands.add_parser("changes", help="list the changes that admins made, newest first")
    changes.add_argument("--limit", type=int, default=50, help="how many (50)")
    commands.add_parser("refunds", help="list the payments to refund, newest first")
    return whole


def _add_create(create: argparse.ArgumentParser) -> None:
    create.add_argument("name")
    create.add_argument("price", type=float)
    create.add_argument("units", type=int, help="how many there are to sell")
    _add_conditions(create, lambda read: read)


def _add_change(change: argparse.ArgumentParser) -> None:
    change.description = "Change what is given, and nothing else; `none` clears a condition."
    _add_product(change)
    change.add_argument("--name", default=argparse.SUPPRESS)
    change.add_argument("--price", type=float, default=argparse.SUPPRESS)
    _add_conditions(change, _or_none)


def _add_restock(restock: argparse.ArgumentParser) -> None:
    _add_product(restock)
    restock.add_argument("units", type=int, help="how many come in; negative: how many go out")


def _add_product(command: argparse.ArgumentParser) -> None:
    command.add_argument("product", help="its id, or its name where only one has it")


def _add_conditions(command: argparse.ArgumentParser, optional: Callable[..., Callable[[str], object]]) -> None:
    for name, read, meaning in (
        ("hold-seconds", int, "how long a reservation keeps its units"),
        ("max-per-shopper", int, "held and bought together"),
        ("sale-starts-at", str, "with its zone: 2026-11-27T09:00:00Z"),
        ("sale-ends-at", str, "with its zone"),
    ):
        command.add_argument(f"--{name}", type=optional(read), default=argparse.SUPPRESS, help=meaning)


def _or_none(read: Callable[[str], object]) -> Callable[[str], object]:
    def read_or_none(text: str) -> object:
        return None if text == "none" else read(text)

    read_or_none.__name__ = f"{read.__name__} (or none)"  # the name in argparse's error message
    return read_or_none
