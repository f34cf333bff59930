"""JSON logs: one line per event, with the request id and what the line is about; never a secret or a token."""

import logging
import sys

from pythonjsonlogger.orjson import OrjsonFormatter

from chalicelib import config

# Python looks these up for every line, and no line shows them (logging HOWTO, "Optimization").
logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
logging._srcfile = None

formatter = OrjsonFormatter(
    ["levelname", "message", "timestamp"],
    rename_fields={"levelname": "level", "exc_info": "exception"},
    static_fields={"service": "flash-sale"},
    timestamp=True,
)
handler = logging.StreamHandler(sys.stdout)
handler.setFormatter(formatter)

logger = logging.getLogger("flash-sale")
logger.setLevel(config.log_level())
logger.propagate = False
logger.handlers = [handler]


def set_request_id(request_id: str) -> None:
    """Name the request of the lines that follow; an environment has one at a time."""
    formatter.static_fields["request_id"] = request_id
