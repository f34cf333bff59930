"""The Chalice application, extended to answer malformed events and unexpected errors too."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from chalice.app import Chalice, CORSConfig, Response

from chalicelib import config
from chalicelib.api import problems
from chalicelib.api.gateway import arrived_ms, request_id, routable
from chalicelib.aws import expiry_queue
from chalicelib.db import connection as database
from chalicelib.db import refusal_counts
from chalicelib.errors import Busy
from chalicelib.formats import Json, rfc3339
from chalicelib.identity import shoppers, tokens
from chalicelib.log import logger, set_request_id

EXPOSED_HEADERS = (
    "Age",
    "ETag",
    "Idempotency-Replayed",
    "Link",
    "Location",
    "Retry-After",
    "X-Request-Id",
    "X-Server-Time",
)
ALLOWED_HEADERS = ("Authorization", "Content-Type", "Idempotency-Key", "If-None-Match")
PREFLIGHT_SECONDS = 600
INTERNAL_SERVER_ERROR = 500


class Application(Chalice):
    """A Chalice application whose every reply follows the HTTP contract, whatever event it receives."""

    def __init__(self, app_name: str) -> None:
        """Read no settings and open no connection, because packaging imports the application too."""
        super().__init__(app_name, configure_logs=False)
        self._cors = CORSConfig(
            allow_origin=config.cors_origin(),
            allow_headers=ALLOWED_HEADERS,
            expose_headers=EXPOSED_HEADERS,
            max_age=PREFLIGHT_SECONDS,
        )
        self.api.cors = self._cors
        self.api.binary_types.clear()  # no reply is binary, so Chalice need not check each one
        for event_type in ("sqs", "scheduled", "pure_lambda"):
            self.register_middleware(_log_request_id, event_type)

    def __call__(self, event: Any, context: Any) -> Json:
        """Return the reply to an event of API Gateway, or to any other event."""
        identifier = request_id(context)
        set_request_id(identifier, arrived_ms(event))
        reply = self._reply(event, context, identifier)
        reply["headers"].update(self._common_headers(identifier))
        refusal_counts.current().write_if_due(database.current())
        return reply

    def _reply(self, event: Any, context: Any, identifier: str) -> Json:
        config.load()  # a wrong setting fails the invocation, with the reason in the log
        try:
            reply = dict(super().__call__(_authenticated(routable(event, self.routes)), context))
        except problems.ANSWERABLE as error:
            return self._problem(problems.response(error))
        except Exception:  # the outermost level: a reply must never contain a traceback
            logger.exception("unforeseen error")
            return self._problem(problems.internal(identifier))
        if reply["statusCode"] == INTERNAL_SERVER_ERROR:  # Chalice has logged the error; replace its body by a problem
            return self._problem(problems.internal(identifier))
        return reply

    def _problem(self, response: Response) -> Json:
        return dict(response.to_dict(self.api.binary_types))

    def _common_headers(self, identifier: str) -> dict[str, str]:
        return {
            **self._cors.get_access_control_headers(),
            "X-Request-Id": identifier,
            "X-Server-Time": rfc3339(database.current().clock()),
            "X-Content-Type-Options": "nosniff",
        }


def warm_up() -> None:
    """Load what the first reserve needs, where nobody waits for it: keys of tokens, AWS's client, a connection.

    If a secret or the database is away, the environment starts nevertheless, and the next request tries again.
    """
    with suppress(Busy):  # it is logged where it is raised
        tokens.current()
        expiry_queue.current().open()
        database.current().run(lambda connection: connection.execute("SELECT 1"))


def _authenticated(event: Json) -> Json:
    """Return the event with the caller as `authorizer`. A bad token is rejected on every path."""
    headers = {name.lower(): value for name, value in event["headers"].items()}
    bearer = shoppers.identify(headers.get("authorization"))
    return {**event, "requestContext": {**event["requestContext"], "authorizer": bearer}}


def _log_request_id(event: Any, get_response: Callable[[Any], Any]) -> Any:
    set_request_id(request_id(event.context))
    return get_response(event)
