"""Migrate: bring a database up to date, in AWS inside its private network by a Lambda function; locally the same."""

from chalicelib.aws import database_password
from chalicelib.catalog import sample_data
from chalicelib.config import Config
from chalicelib.db import connection as database
from chalicelib.db import migrations, roles
from chalicelib.formats import Json
from chalicelib.log import logger


def migrate(settings: Config, *, with_sample_data: bool) -> Json:
    """Apply the missing migrations and, where asked for, the sample data; return what was done.

    The connection's role owns the tables. With DATABASE_AUTH=secret the functions have a role of their own, which gets
    what it needs here; otherwise they connect as the owner, which then gets their timeouts.
    """
    url = settings.database_url.get_secret_value()
    with database.connect(url, password=database_password.source(settings)) as connection:
        applied = migrations.apply(connection)
        if settings.database_auth == "secret":
            roles.ensure_application_role(connection)
        else:
            roles.limit_current_role(connection)
        added = sample_data.load(connection) if with_sample_data else 0
    logger.info("migrated", extra={"applied": applied, "sample_products": added})
    return {"applied": applied, "sampleProducts": added}
