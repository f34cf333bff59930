"""The operator's commands: each calls the API of the stage and shows the answer."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from io import TextIOWrapper
from itertools import islice
from typing import Any

from infra.local.function_logs import api_log
from infra.operate import desk
from infra.operate.arguments import parser
from infra.operate.products import find, warn_of_duplicates
from infra.operate.stage import Stage, stage
from infra.operate.tables import Columns, table
from infra.operate.watch import source_of, watch
from infra.problems import PlatformError, main_program

_PRODUCT: Columns = {
    "id": lambda product: product["id"],
    "name": lambda product: product["name"],
    "price": lambda product: product["price"],
    "currency": lambda product: product["currency"],
    "available": lambda product: product["availableStock"],
    "total": lambda product: product["totalStock"],
    "hold s": lambda product: product["holdSeconds"],
    "each": lambda product: product["maxPerShopper"],
    "sale starts": lambda product: product["saleStartsAt"],
    "sale ends": lambda product: product["saleEndsAt"],
    "paused": lambda product: "yes" if product["paused"] else None,
}
_WITH_RETIRED: Columns = {**_PRODUCT, "retired": lambda product: product["retiredAt"]}
_AUDIT: Columns = {
    "product": lambda line: line["name"],
    "total": lambda line: line["total"],
    "available": lambda line: line["available"],
    "held": lambda line: line["held"],
    "sold": lambda line: line["sold"],
    "balanced": lambda line: line["balanced"],
    "journal agrees": lambda line: line["journalAgrees"],
    "journal has": lambda line: None if line["journalAgrees"] else json.dumps(line["journal"]),
}
_CHANGE: Columns = {
    "at": lambda change: change["madeAt"],
    "by": lambda change: change["madeBy"],
    "did": lambda change: change["action"],
    "product": lambda change: change["productName"],
    "asked for": lambda change: json.dumps(change["details"], ensure_ascii=False),
}


def main(arguments: Sequence[str]) -> int:
    """Run the command in the arguments; return its exit code. An error is one sentence on standard error."""
    return main_program(partial(_run, parser().parse_args(arguments)))


def _run(given: argparse.Namespace) -> None:
    _COMMANDS[given.command](stage(), given)


def _products(api: Stage, given: argparse.Namespace) -> None:
    if given.all:
        _show(_WITH_RETIRED, api.get("/admin/products"))
    else:
        _show(_PRODUCT, api.get("/products"))


def _create(api: Stage, given: argparse.Namespace) -> None:
    wanted = {"name": given.name, "price": given.price, "totalStock": given.units, **_optional(given)}
    if "currency" in given:
        wanted["currency"] = given.currency
    _show(_PRODUCT, [api.send("POST", "/admin/products", wanted, _OF_CREATE)])
    warn_of_duplicates(api, given.name)


def _change(api: Stage, given: argparse.Namespace) -> None:
    wanted = {name: vars(given)[name] for name in ("name", "price") if name in given} | _optional(given)
    if not wanted:
        raise PlatformError(f"Say what to change: {', '.join(_OF_CHANGE.values())}.")
    _show(_PRODUCT, [api.send("PATCH", f"/admin/products/{find(api, given.product)['id']}", wanted, _OF_CHANGE)])
    if "name" in wanted:
        warn_of_duplicates(api, given.name)


def _restock(api: Stage, given: argparse.Namespace) -> None:
    path = f"/admin/products/{find(api, given.product)['id']}/restock"
    _show(_PRODUCT, [api.send("POST", path, {"quantity": given.units}, {"quantity": "units"})])


def _retire(api: Stage, given: argparse.Namespace) -> None:
    product = find(api, given.product)
    api.send("PATCH", f"/admin/products/{product['id']}", {"retired": not given.undo})
    _show(_WITH_RETIRED, [one for one in api.get("/admin/products") if one["id"] == product["id"]])


def _pause(api: Stage, given: argparse.Namespace) -> None:
    path = f"/admin/products/{find(api, given.product)['id']}"
    _show(_PRODUCT, [api.send("PATCH", path, {"paused": given.command == "pause"})])


def _audit(api: Stage, _: argparse.Namespace) -> None:
    lines = api.get("/admin/audit")
    _show(_AUDIT, lines)
    wrong = [line["name"] for line in lines if not (line["balanced"] and line["journalAgrees"])]
    if wrong:
        raise PlatformError(f"The stock of {len(wrong)} of {len(lines)} products does not balance.")


def _changes(api: Stage, given: argparse.Namespace) -> None:
    if given.limit < 1:
        raise PlatformError("--limit must be 1 or more.")
    _show(_CHANGE, list(islice(api.pages(f"/admin/changes?limit={min(given.limit, desk.PAGE)}"), given.limit)))


def _report(api: Stage, given: argparse.Namespace) -> None:
    # Imported here, because the plots' library takes half a second that no other command needs.
    from infra.operate import report

    report.report(api, report.local_lines(api_log()) if api.is_here else report.no_lines, given)


_COMMANDS: dict[str, Callable[[Stage, argparse.Namespace], None]] = {
    "products": _products,
    "create": _create,
    "change": _change,
    "restock": _restock,
    "pause": _pause,
    "resume": _pause,
    "retire": _retire,
    "report": _report,
    "watch": lambda api, given: watch(api, source_of(api), "here" if api.is_here else api.url, given),
    "audit": _audit,
    "changes": _changes,
    "holds": lambda api, given: _show(desk.HOLD, desk.holds(api, given)),
    "release": lambda api, given: _show(desk.HOLD, [desk.release(api, given.reservation)]),
    "refunds": lambda api, given: _show(desk.REFUND, desk.refunds(api, open_only=given.open)),
    "refunded": lambda api, given: _show(desk.REFUND, [desk.refunded(api, given.payment)]),
}
_OPTIONAL = {
    "hold_seconds": "holdSeconds",
    "max_per_shopper": "maxPerShopper",
    "sale_starts_at": "saleStartsAt",
    "sale_ends_at": "saleEndsAt",
    "description": "description",
    "image_url": "imageUrl",
    "illustration": "illustration",
}
_OPTIONS = {member: f"--{name.replace('_', '-')}" for name, member in _OPTIONAL.items()}
# What the API's refusals call a member, and what the command calls it.
_OF_CREATE = {"name": "name", "price": "price", "totalStock": "units", "currency": "--currency", **_OPTIONS}
_OF_CHANGE = {"name": "--name", "price": "--price", **_OPTIONS}


def _optional(given: argparse.Namespace) -> dict[str, object]:
    """Return the optional members that were given, under their names in the API."""
    return {member: vars(given)[name] for name, member in _OPTIONAL.items() if name in given}


def _show(columns: Columns, rows: Sequence[Any]) -> None:
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a name that the terminal can't show gets question marks
    try:
        sys.stdout.write(table(columns, rows))
        sys.stdout.flush()
    except BrokenPipeError:  # the reader, for example `head`, has ended
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
