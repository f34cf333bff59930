"""Migrate: apply the missing migrations. In AWS a Lambda function inside the private network does this."""

from chalicelib.aws import database_password
from chalicelib.catalog import sample_data
from chalicelib.config import Config
from chalicelib.db import connection as database
from chalicelib.db import migrations, roles
from chalicelib.formats import Json
from chalicelib.log import logger


def migrate(settings: Config, *, with_sample_data: bool) -> Json:
    """Apply the missing migrations and, on request, add the sample products; return what was done.

    Connects as the owner of the tables. If DATABASE_AUTH is `secret`, the other functions connect as the application
    role, which gets its grants and timeouts here. Otherwise all connect as the owner, which gets the timeouts.
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
