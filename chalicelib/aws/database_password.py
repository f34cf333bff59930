"""Database passwords that are not in DATABASE_URL: IAM tokens, and the owner's secret."""

import json
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from chalicelib.aws import secrets
from chalicelib.config import Config
from chalicelib.errors import ConfigurationError

TOKEN_SECONDS = 900  # how long a token can open new connections; the longest time that AWS accepts
POSTGRES_PORT = 5432


def source(settings: Config) -> Callable[[], str] | None:
    """Return a function that gives the password of each new connection; None if DATABASE_URL has the password."""
    match settings.database_auth:
        case "iam":
            return lambda: iam_token(settings.database_url.get_secret_value(), settings.aws_region or "")
        case "secret":
            return lambda: owner_password(settings.database_secret_arn or "")
        case _:
            return None


def iam_token(url: str, region: str) -> str:
    """Return a token that serves as the password of the URL's user for 15 minutes.

    The token is signed with the function's credentials. Raises ConfigurationError if the environment has none.
    """
    # Not a boto3 client: loading one takes twice as long, and a cold start waits for this.
    from botocore.auth import SigV4QueryAuth
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import EnvProvider

    credentials = EnvProvider().load()
    if credentials is None:
        raise ConfigurationError("DATABASE_AUTH: iam needs AWS credentials in the environment, as Lambda sets them")
    parts = urlsplit(url)
    query = urlencode({"Action": "connect", "DBUser": parts.username})
    request = AWSRequest("GET", f"https://{parts.hostname}:{parts.port or POSTGRES_PORT}/?{query}")
    SigV4QueryAuth(credentials, "rds-db", region, expires=TOKEN_SECONDS).add_auth(request)
    return str(request.url).removeprefix("https://")


def owner_password(arn: str) -> str:
    """Return the password in the secret that RDS keeps.

    Raises Busy if the secret can't be read, ConfigurationError if it has no password.
    """
    try:
        return str(json.loads(secrets.read(arn))["password"])
    except (ValueError, KeyError, TypeError):
        raise ConfigurationError("DATABASE_SECRET_ARN: the secret must be JSON with a member password") from None
