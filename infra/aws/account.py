"""The AWS account that a command acts on, and the sentences for when it can't be reached."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    EndpointConnectionError,
    NoCredentialsError,
    NoRegionError,
    PartialCredentialsError,
    ProfileNotFound,
    TokenRetrievalError,
)

from infra import environment
from infra.problems import PlatformError

FRONT_REGION = "us-east-1"
"""CloudFront accepts certificates and web ACLs from this region only."""

NO_REGION = "No AWS region is set: set AWS_REGION, for example AWS_REGION=eu-central-1."

API_STAGE = "api"
"""API Gateway's stage: its paths then begin like those that CloudFront passes on."""

ClientOf = Callable[[str, str], Any]
"""A boto3 client by the names of service and region."""


@dataclass(frozen=True, slots=True)
class Account:
    """An account and a region, with the clients that reach them."""

    number: str
    region: str
    client_of: ClientOf
    endpoint_url: str | None = None
    """LocalStack's address; None for AWS."""
    seconds_between_looks: float = 2
    """How often to ask for the state of something that takes a while."""

    def client(self, service: str, region: str | None = None) -> Any:
        """A boto3 client of the service, in the account's region unless another is named."""
        return self.client_of(service, region or self.region)

    def api_url(self, domain: str) -> str:
        """Return the URL of the API. LocalStack serves every API below its one address."""
        if self.endpoint_url is None:
            return f"https://{domain}/{API_STAGE}"
        return f"{self.endpoint_url}/_aws/execute-api/{domain.partition('.')[0]}/{API_STAGE}"


def connect() -> Account:
    """Return the account of the credentials in the environment. Raises PlatformError without a region."""
    # boto3 itself reads only AWS_DEFAULT_REGION and the profile
    session = boto3.Session(region_name=environment.variables().get("AWS_REGION") or None)
    if session.region_name is None:
        raise PlatformError(NO_REGION)
    clients = clients_of(session)
    number: str = clients("sts", session.region_name).get_caller_identity()["Account"]
    return Account(number, session.region_name, clients)


def clients_of(session: boto3.Session, endpoint_url: str | None = None) -> ClientOf:
    """Return a function that makes the session's clients, each once. They retry failed calls."""
    config = Config(connect_timeout=5, read_timeout=320, retries={"mode": "standard", "total_max_attempts": 5})

    @cache
    def client_of(service: str, region: str) -> Any:
        return session.client(  # type: ignore[call-overload]  # the name is not known beforehand
            service, region_name=region, endpoint_url=endpoint_url, config=config
        )

    return client_of


_NO_CREDENTIALS = (NoCredentialsError, PartialCredentialsError, ProfileNotFound, TokenRetrievalError)
_REFUSED_CREDENTIALS = {
    "ExpiredToken",
    "ExpiredTokenException",
    "InvalidClientTokenId",
    "SignatureDoesNotMatch",
    "UnrecognizedClientException",
}


def sentence(error: PlatformError | BotoCoreError | ClientError) -> str:
    """Return a sentence that says what is wrong and what to do about it."""
    if isinstance(error, PlatformError):
        return str(error)
    if isinstance(error, _NO_CREDENTIALS):
        return f"No AWS credentials were found: run `aws configure sso` or set AWS_PROFILE. ({error})"
    if isinstance(error, NoRegionError):
        return NO_REGION
    if isinstance(error, EndpointConnectionError):
        return f"AWS can't be reached: {error} Check the network and the region's name."
    if isinstance(error, ClientError):
        return _refusal(error)
    return f"AWS can't be used: {error}"


def _refusal(error: ClientError) -> str:
    code, message = error.response["Error"]["Code"], error.response["Error"]["Message"]
    if code in _REFUSED_CREDENTIALS:
        return f"AWS refuses the credentials ({code}): sign in again, for example with `aws sso login`."
    return f"AWS refuses {error.operation_name} ({code}): {message}"
