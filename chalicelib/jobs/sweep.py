"""Sweep: the fallback that expires lapsed holds whose message was lost, late or never sent."""

from functools import partial
from uuid import UUID

from chalicelib.db import products
from chalicelib.db.connection import Connection, Database
from chalicelib.errors import Busy
from chalicelib.jobs.purge import purge
from chalicelib.jobs.schedule import Timer, in_batches, pass_until_next
from chalicelib.lifecycle.give_back import take_back
from chalicelib.log import logger

BATCH = 500  # holds expired in one transaction


def sweep(database: Database) -> int:
    """Expire every lapsed hold, a batch of one product per transaction; return how many. Raises Busy."""
    lapsed_products = database.run(products.with_lapsed_holds)
    expired = sum(_sweep_or_log(database, product_id) for product_id in lapsed_products)
    if expired:
        logger.info("swept", extra={"expired": expired})
    return expired


def _sweep_or_log(database: Database, product_id: UUID) -> int:
    try:
        return _sweep_product(database, product_id)
    except Busy:
        raise
    except Exception:  # whatever is wrong with one product must not keep the others' units from coming back
        logger.exception("sweep of a product failed", extra={"product_id": str(product_id)})
        return 0


def _sweep_product(database: Database, product_id: UUID) -> int:
    return in_batches(database, lambda connection: _expire_batch(connection, product_id), BATCH)


def _expire_batch(connection: Connection, product_id: UUID) -> int:
    with connection.transaction():
        ended = take_back(connection, product_id, at_most=BATCH, by="sweep")
    for one in ended:
        logger.info("expired", extra={"reservation_id": str(one.id), "by": "sweep"})
    return len(ended)


def sweep_until_next(database: Database, interval_seconds: int, timer: Timer) -> int:
    """Sweep, and then purge, every `interval_seconds` until the schedule fires again; return how many passes."""
    works = {"sweep": partial(sweep, database), "purge": partial(purge, database)}
    return pass_until_next(interval_seconds, timer, works)
