"""The decorator of every view: it describes the view for OpenAPI and turns errors into problems."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Protocol, cast

from chalice.app import Response
from pydantic import BaseModel

from chalicelib.api import problems
from chalicelib.errors import Busy, FlashSaleError


@dataclass(frozen=True, slots=True)
class Operation:
    """The description of a view for OpenAPI."""

    summary: str
    reply: type[BaseModel] | None
    status: int = 200
    many: bool = False  # the reply is an array
    body: type[BaseModel] | None = None
    body_required: bool = True
    query: type[BaseModel] | None = None
    needs_token: bool = False  # also where anonymous access is on; all admin routes do
    idempotent: bool = False  # accepts an Idempotency-Key
    headers: tuple[str, ...] = ()  # reply headers that not every reply has
    refusals: tuple[type[FlashSaleError], ...] = (Busy,)


class View(Protocol):
    """A view with its description for OpenAPI."""

    operation: Operation
    __call__: Callable[..., Response]


def endpoint(operation: Operation) -> Callable[[Callable[..., Response]], View]:
    """Attach a description to a view, and return its errors as problems."""

    def describe(view: Callable[..., Response]) -> View:
        @wraps(view)
        def answer(**path: str) -> Response:
            try:
                return view(**path)
            except problems.ANSWERABLE as error:
                return problems.response(error)

        described = cast(View, answer)
        described.operation = operation
        return described

    return describe
