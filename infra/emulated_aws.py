"""AWS as LocalStack emulates it: one account, one region, credentials without meaning."""

import os
from collections.abc import Mapping
from functools import cache
from typing import Any

import boto3
import botocore.session
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
NO_ACCOUNT = {
    "profile": (None, None, None, None),
    "config_file": (None, None, os.devnull, None),
    "credentials_file": (None, None, os.devnull, None),
}
"""What botocore would read from AWS_PROFILE, and from the files in ~/.aws."""


def environment(base: Mapping[str, str]) -> dict[str, str]:
    """Return the variables of a program that calls LocalStack: nothing of a real AWS account is among them."""
    return {name: value for name, value in base.items() if not name.startswith("AWS_")} | VARIABLES


@cache
def session() -> boto3.Session:
    """Return a session that knows nothing of a real AWS account either."""
    own = botocore.session.Session(session_vars=NO_ACCOUNT)
    keys = VARIABLES["AWS_ACCESS_KEY_ID"], VARIABLES["AWS_SECRET_ACCESS_KEY"]
    return boto3.Session(*keys, region_name=REGION, botocore_session=own)


def client(service: str, endpoint_url: str, read_seconds: int = 60) -> Any:  # noqa: ANN401
    """Return a boto3 client of the service that waits `read_seconds` for an answer."""
    return session().client(  # type: ignore[call-overload]  # the name is not known beforehand
        service,
        endpoint_url=endpoint_url,
        config=Config(connect_timeout=2, read_timeout=read_seconds, retries={"total_max_attempts": 1}),
    )
