"""JSON log lines, one per event, each with the request id. A line never contains a secret or a token."""

import logging
import sys

from pythonjsonlogger.orjson import OrjsonFormatter

from chalicelib import config

# No line shows these values, and computing them for each line takes time (logging HOWTO, "Optimization").
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
    """Set the request id of the following lines. An environment handles one request at a time."""
    formatter.static_fields["request_id"] = request_id
