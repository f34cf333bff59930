"""A PostgreSQL or a LocalStack that the user has given: whether it answers, before anything is started."""

import httpx
import psycopg

from infra.local.settings import Settings
from infra.problems import PlatformError

SECONDS_TO_ANSWER = 5


def check(settings: Settings) -> None:
    """Raise PlatformError with the variable whose address does not answer."""
    if settings.database_url:
        _check_database(settings.database_url)
    if settings.aws_endpoint_url:
        _check_localstack(settings.aws_endpoint_url)


def _check_database(url: str) -> None:
    try:
        psycopg.connect(url, connect_timeout=SECONDS_TO_ANSWER).close()
    except psycopg.Error as error:
        cause = str(error).partition("\n")[0].rstrip(".")  # the lines after the first are hints for every case
        raise PlatformError(
            f"The database at DATABASE_URL can't be used: {cause}. Correct DATABASE_URL, or unset it: without it,"
            " `make run` starts a database."
        ) from error


def _check_localstack(url: str) -> None:
    try:
        httpx.get(f"{url}/_localstack/health", timeout=SECONDS_TO_ANSWER).raise_for_status()
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise PlatformError(f"AWS_ENDPOINT_URL must be the address of a LocalStack; {url}: {error}.") from error
