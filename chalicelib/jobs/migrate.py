"""Bring a database up to date: in AWS inside its private network, by a Lambda function; locally the same."""

from chalicelib.catalog import sample_data
from chalicelib.db import connection as database
from chalicelib.db import migrations
from chalicelib.formats import Json
from chalicelib.log import logger


def migrate(url: str, *, with_sample_data: bool) -> Json:
    """Apply the missing migrations and, where asked for, the sample data; return what was done."""
    with database.connect(url) as connection:
        applied = migrations.apply(connection)
        added = sample_data.load(connection) if with_sample_data else 0
    logger.info("migrated", extra={"applied": applied, "sample_products": added})
    return {"applied": applied, "sampleProducts": added}
