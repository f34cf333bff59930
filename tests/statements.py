"""Every statement that the service sends to the database, and those that would pin the connection of RDS Proxy."""

import re
from collections.abc import Callable
from urllib.parse import quote

from psycopg import Connection
from psycopg.errors import Diagnostic

Connect = Callable[..., Connection]
LOGGING = "-c log_statement=all -c client_min_messages=log"
"""The server tells the client of each statement that it executes. Only a superuser may ask for it."""
LOGGED = re.compile(r"(?:statement|execute (?P<name>\S+)): (?P<text>.*)", re.DOTALL)
UNNAMED = "<unnamed>"
PINS = re.compile(
    r"(.*;)?\s*(SET|RESET|PREPARE|EXECUTE|DEALLOCATE|DISCARD|DECLARE|LISTEN|LOAD|CREATE\s+(LOCAL\s+)?TEMP\w*)\b"
    r"|.*\b(set_config|nextval|setval|currval|lastval|pg_(try_)?advisory_(lock|unlock)\w*)\s*\(",
    re.IGNORECASE | re.DOTALL,
)
"""What ties a session to its connection, as the RDS User Guide lists it ("Avoiding pinning an RDS Proxy")."""


class Statements:
    """The statements of the connections that are opened with a URL of `logging`."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []
        """The name of the prepared statement, or UNNAMED, and the text."""

    def logging(self, url: str, role: str | None = None) -> str:
        """Return the URL of connections whose statements are written down; they have the rights of the role."""
        options = f"{LOGGING} -c role={role}" if role else LOGGING
        return f"{url}{'&' if '?' in url else '?'}options={quote(options)}"

    def noting(self, connect: Connect) -> Connect:
        """Return `connect` with connections that hand over what the server tells."""

        def connected(*arguments: object, **named: object) -> Connection:
            connection = connect(*arguments, **named)
            connection.add_notice_handler(self._note)
            return connection

        return connected

    @property
    def pinning(self) -> list[tuple[str, str]]:
        """Those that would pin a connection: prepared ones, and those that leave something in the session."""
        return [(name, text) for name, text in self.sent if name != UNNAMED or PINS.match(text)]

    def _note(self, told: Diagnostic) -> None:
        if told.severity_nonlocalized == "LOG" and (found := LOGGED.match(told.message_primary or "")):
            self.sent.append((found["name"] or UNNAMED, found["text"]))
