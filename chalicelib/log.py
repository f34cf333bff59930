"""JSON log lines, one per event, each with the request id. A line never contains a secret or a token."""

import logging
import sys
import time

from pythonjsonlogger.orjson import OrjsonFormatter

from chalicelib import config

# No line shows these values, and computing them for each line takes time (logging HOWTO, "Optimization").
logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
logging._srcfile = None

formatter = OrjsonFormatter(
    ["levelname", "message", "timestamp"],
    # Python's logging leaves out names that begin with an underscore, and CloudWatch reads metrics by this one.
    rename_fields={"levelname": "level", "exc_info": "exception", "emf": "_aws"},
    static_fields={"service": config.service_name()},
    timestamp=True,
)
handler = logging.StreamHandler(sys.stdout)
handler.setFormatter(formatter)

logger = logging.getLogger("flash-sale")
logger.setLevel(config.log_level())
logger.propagate = False
logger.handlers = [handler]


_began = 0.0


def set_request_id(request_id: str, arrived_ms: int | None = None) -> None:
    """Set the request id of the following lines, and when the request reached API Gateway, in Unix milliseconds.

    An environment handles one request at a time.
    """
    global _began
    _began = time.perf_counter()
    formatter.static_fields["request_id"] = request_id
    formatter.static_fields.pop("arrived_ms", None)
    if arrived_ms is not None:
        formatter.static_fields["arrived_ms"] = arrived_ms


def elapsed_ms() -> float:
    """Return the milliseconds since the request's id was set, which a function does first."""
    return round((time.perf_counter() - _began) * 1000, 3)
