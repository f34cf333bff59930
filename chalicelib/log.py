"""JSON logs: one line per event, with the request id and what the line is about; never a secret or a token."""

from aws_lambda_powertools import Logger

from chalicelib import config

logger = Logger(service="flash-sale", level=config.log_level(), use_rfc3339=True)
