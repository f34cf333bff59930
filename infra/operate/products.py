"""Products by id or name, as an operator types them."""

import sys
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

from infra.operate.stage import Stage
from infra.problems import PlatformError

SUGGESTIONS = 3
LEAST_LIKENESS = 0.5  # as difflib measures it: 1 is equal


def find(api: Stage, text: str) -> Any:
    """Return the product with this id, or the only one with this name. Raise PlatformError with near matches."""
    listed = api.get("/admin/products")
    found = [product for product in listed if text.lower() == product["id"]] or named(listed, text)
    if len(found) > 1:
        ids = ", ".join(product["id"] for product in found)
        raise PlatformError(f'{len(found)} products have the name "{text}": use one of the ids {ids}.')
    if not found:
        raise PlatformError(f'There is no product "{text}". {_suggestion(listed, text)}')
    return found[0]


def named(listed: Sequence[Any], name: str) -> list[Any]:
    """Return the products with this name: those that are not retired, or else the retired ones."""
    found = [product for product in listed if product["name"] == name]
    return [product for product in found if product["retiredAt"] is None] or found


def warn_of_duplicates(api: Stage, name: str) -> None:
    """Say on standard error if more than one product on sale has this name now."""
    found = [product for product in named(api.get("/admin/products"), name) if product["retiredAt"] is None]
    if len(found) > 1:
        sys.stderr.write(
            f'Warning: {len(found)} products have the name "{name}". Shoppers can\'t tell them apart, and commands need'
            " their ids.\n"
        )


def _suggestion(listed: Sequence[Any], text: str) -> str:
    by_lower = {product["name"].lower(): product["name"] for product in listed}
    begin = [lower for lower in by_lower if text and lower.startswith(text.lower())]
    close = get_close_matches(text.lower(), by_lower, SUGGESTIONS, LEAST_LIKENESS)
    near = [f'"{by_lower[lower]}"' for lower in dict.fromkeys([*begin, *close])][:SUGGESTIONS]
    return f"Did you mean {' or '.join(near)}?" if near else "`products` lists those that there are."
