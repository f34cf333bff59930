"""Passwords of database connections that stand in no configuration: IAM tokens, and the owner's secret."""

import json
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from chalicelib.aws import secrets
from chalicelib.config import Config
from chalicelib.errors import ConfigurationError

TOKEN_SECONDS = 900  # how long a token opens new connections; AWS accepts no longer one
POSTGRES_PORT = 5432


def source(settings: Config) -> Callable[[], str] | None:
    """Return what gives the password of each new connection; None if DATABASE_URL has it."""
    match settings.database_auth:
        case "iam":
            return lambda: iam_token(settings.database_url.get_secret_value(), settings.aws_region or "")
        case "secret":
            return lambda: owner_password(settings.database_secret_arn or "")
        case _:
            return None


def iam_token(url: str, region: str) -> str:
    """Return a token that is the password of the URL's user for 15 minutes, signed with the function's credentials.

    Raises ConfigurationError if there are no credentials in the environment.
    """
    # Not a boto3 client: loading one takes twice as long, and this is on the way of a cold start.
    from botocore.auth import SigV4QueryAuth
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import EnvProvider

    credentials = EnvProvider().load()
    if credentials is None:
        raise ConfigurationError("DATABASE_AUTH: iam needs the credentials that Lambda puts into the environment")
    parts = urlsplit(url)
    query = urlencode({"Action": "connect", "DBUser": parts.username})
    request = AWSRequest("GET", f"https://{parts.hostname}:{parts.port or POSTGRES_PORT}/?{query}")
    SigV4QueryAuth(credentials, "rds-db", region, expires=TOKEN_SECONDS).add_auth(request)
    return str(request.url).removeprefix("https://")


def owner_password(arn: str) -> str:
    """Return the password in the secret that RDS keeps; raise Busy or ConfigurationError if there is none."""
    try:
        return str(json.loads(secrets.read(arn))["password"])
    except (ValueError, KeyError, TypeError):
        raise ConfigurationError("DATABASE_SECRET_ARN: the secret holds no password") from None
