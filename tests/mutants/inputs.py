"""Mutants of bodies and parameters, and of what the database gives back."""

from tests.mutants import Mutant
from tests.mutants.holds import TESTS

REQUESTS = "chalicelib/api/requests.py"
SCHEMAS = "chalicelib/api/schemas.py"
ADMIN_SCHEMAS = "chalicelib/api/admin_schemas.py"
GATEWAY = "chalicelib/api/gateway.py"
CONNECTION = "chalicelib/db/connection.py"

MUTANTS = [
    Mutant(
        "body-of-any-size",
        REQUESTS,
        "    if len(raw) > BODY_MAX_BYTES:",
        "    if False:",
        "a body of any size is parsed",
        "tests/unit/test_request_bodies.py tests/http/test_bad_requests.py",
    ),
    Mutant(
        "body-one-byte-too-large",
        REQUESTS,
        "    if len(raw) > BODY_MAX_BYTES:",
        "    if len(raw) > BODY_MAX_BYTES + 1:",
        "a body that is a byte too long is read",
        "tests/unit/test_request_bodies.py",
    ),
    Mutant(
        "body-of-any-media-type",
        REQUESTS,
        '    if media_type != "application/json":',
        "    if False:",
        "a form of another site can send requests",
        "tests/unit/test_request_bodies.py",
    ),
    Mutant(
        "parameter-given-twice",
        REQUESTS,
        "if len(parameters.getlist(name)) > 1]",
        "if False]",
        "of a parameter given twice one is ignored",
        "tests/unit/test_requests.py",
    ),
    Mutant(
        "id-in-any-spelling",
        REQUESTS,
        "    if str(identifier) != text.lower():",
        "    if False:",
        "a reservation has many addresses",
        "tests/unit/test_requests.py",
    ),
    Mutant(
        "key-with-a-line-break",
        REQUESTS,
        "re.fullmatch(VISIBLE_ASCII, key)",
        "re.match(VISIBLE_ASCII, key)",
        "a key that ends in a line break is accepted",
        "tests/unit/test_requests.py",
    ),
    Mutant(
        "unknown-members-are-ignored",
        SCHEMAS,
        'extra="forbid"',
        'extra="ignore"',
        "a misspelt member is ignored",
        "tests/unit/test_request_bodies.py",
    ),
    Mutant(
        "quantity-of-101",
        SCHEMAS,
        "quantity: int = Field(ge=1, le=QUANTITY_MAX, ",
        "quantity: int = Field(ge=1, le=QUANTITY_MAX + 1, ",
        "one unit more than the most is reserved",
        "tests/unit/test_request_bodies.py",
    ),
    Mutant(
        "quantity-as-text",
        SCHEMAS,
        "strict=True, frozen=True, validate_by_name=False)\n\n    product_id",
        "strict=False, frozen=True, validate_by_name=False)\n\n    product_id",
        "quantities are read from texts and booleans",
        "tests/unit/test_request_bodies.py",
    ),
    Mutant(
        "true-is-a-price",
        ADMIN_SCHEMAS,
        "type(value) in (int, float)",
        "isinstance(value, (int, float))",
        "a product costs true",
        "tests/unit/test_admin_schemas.py",
    ),
    Mutant(
        "restock-of-nothing",
        ADMIN_SCHEMAS,
        "    if units == 0:",
        "    if False:",
        "a restock of no units is recorded",
        "tests/unit/test_admin_schemas.py",
    ),
    Mutant(
        "sale-ends-when-it-starts",
        "chalicelib/catalog/__init__.py",
        "ends_at <= starts_at",
        "ends_at < starts_at",
        "a sale of no time is accepted",
        "tests/http/test_admin_products.py",
    ),
    Mutant(
        "header-that-is-no-text",
        GATEWAY,
        "if isinstance(name, str) and isinstance(text, str)}",
        "if isinstance(name, str)}",
        "a broken header is a fault of the service",
        "tests/unit/test_gateway.py",
    ),
    Mutant(
        "deadlock-is-not-tried-again",
        CONNECTION,
        "except (DeadlockDetected, SerializationFailure):",
        "except KeyError:",
        "a shopper gets 500 for a deadlock",
        f"{TESTS}/test_environment.py",
    ),
    Mutant(
        "dead-connection-is-kept",
        CONNECTION,
        "            self.close()\n            raise (Locked",
        "            raise (Locked",
        "an environment answers 503 until it is replaced",
        " ".join(
            (
                f"{TESTS}/test_environment.py",
                "tests/faults/test_clients_and_connections.py::test_a_warm_environment_answers_busy_at_most_once",
            )
        ),
    ),
    Mutant(
        "unreachable-database-is-a-fault",
        CONNECTION,
        "if not isinstance(error, UNAVAILABLE) and not self._is_lost():",
        "if True:",
        "a shopper who finds no free connection reads 500",
        "tests/faults/test_clients_and_connections.py::test_five_hundred_clients_of_a_hundred_connections_get_answers",
    ),
    Mutant(
        "time-is-our-own",
        CONNECTION,
        "        return datetime.now(UTC) + self._ahead",
        "        return datetime.now(UTC)",
        "what shoppers read as the server's time is the environment's",
        "tests/faults/test_clocks.py",
    ),
    Mutant(
        "frozen-client-keeps-its-locks",
        "chalicelib/db/roles.py",
        '''"idle_in_transaction_session_timeout": "5s"''',
        '''"idle_in_transaction_session_timeout": "0"''',
        "a client that freezes with a lock stops the sale",
        f"{TESTS}/test_roles.py",
    ),
    Mutant(
        "session-that-ended-itself-is-kept",
        CONNECTION,
        "if not isinstance(error, UNAVAILABLE) and not self._is_lost():",
        "if not isinstance(error, UNAVAILABLE):",
        "a session that the database ended gives 500",
        " ".join(
            (
                f"{TESTS}/test_lost_sessions.py",
                "tests/faults/test_frozen_environments.py::test_it_answers_busy_at_most_once",
            )
        ),
    ),
    Mutant(
        "password-in-the-error",
        "chalicelib/config.py",
        "{fault['msg']}\" for fault",
        "{fault['msg']} {fault['input']}\" for fault",
        "an error of the configuration shows a password",
        "tests/unit/test_config.py",
    ),
    Mutant(
        "reservation-of-another-shopper",
        "chalicelib/db/reservations.py",
        "FROM reservation_now AS r WHERE id = %s AND shopper_id = %s",
        "FROM reservation_now AS r WHERE id = %s AND %s IS NOT NULL",
        "a shopper reads another's reservation",
        " ".join(("tests/http/test_identity.py", "tests/http/test_authorization.py")),
    ),
    Mutant(
        "lapsed-holds-read-active",
        "chalicelib/db/views/reservation_now.sql",
        "reservation.expires_at <= instant_of_statement()",
        "false",
        "a lapsed hold reads as running until a job has expired it",
        f"{TESTS}/test_reads.py",
    ),
    Mutant(
        "lapsed-units-read-sold",
        "chalicelib/db/views/product_now.sql",
        "slots.available + lapsed.units AS",
        "slots.available AS",
        "units of lapsed holds read as taken",
        f"{TESTS}/test_reads.py",
    ),
]
