"""AWS as LocalStack emulates it: one account, one region, credentials without meaning."""

from typing import Any

import boto3
from botocore.config import Config

ACCOUNT = "000000000000"
REGION = "us-east-1"

VARIABLES = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",  # noqa: S105 - LocalStack takes any
    "AWS_DEFAULT_REGION": REGION,
    "AWS_EC2_METADATA_DISABLED": "true",
}
"""The variables that a program needs to call LocalStack, besides its address."""


def client(service: str, endpoint_url: str, read_seconds: int = 60) -> Any:  # noqa: ANN401
    """Return a boto3 client of the service that waits `read_seconds` for an answer."""
    return boto3.client(  # type: ignore[call-overload]  # the name is not known beforehand
        service,
        endpoint_url=endpoint_url,
        region_name=REGION,
        aws_access_key_id=VARIABLES["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=VARIABLES["AWS_SECRET_ACCESS_KEY"],
        config=Config(connect_timeout=2, read_timeout=read_seconds, retries={"total_max_attempts": 1}),
    )
