"""Secrets in AWS Secrets Manager. The only module that calls it."""

from chalicelib.errors import Busy
from chalicelib.log import logger

CONNECT_TIMEOUT_SECONDS = 1
READ_TIMEOUT_SECONDS = 2


def read(arn: str) -> str:
    """Return the text of a secret. Raises Busy if it can't be read; a later call may succeed."""
    import boto3
    from botocore.config import Config
    from botocore.exceptions import BotoCoreError, ClientError

    timeouts = Config(
        connect_timeout=CONNECT_TIMEOUT_SECONDS,
        read_timeout=READ_TIMEOUT_SECONDS,
        retries={"total_max_attempts": 2, "mode": "standard"},
    )
    try:
        secret = boto3.client("secretsmanager", config=timeouts).get_secret_value(SecretId=arn)
    except (BotoCoreError, ClientError) as error:
        logger.error("secret not readable", extra={"reason": type(error).__name__})
        raise Busy from error
    return str(secret.get("SecretString", ""))
