"""Audit: check that every product balances and that expiry and vacuum keep up. Alarms watch its metrics."""

from chalicelib import metrics
from chalicelib.db import health, journal
from chalicelib.db.connection import Database
from chalicelib.formats import Json
from chalicelib.log import logger


def audit(database: Database) -> Json:
    """Emit and return Drift (products out of balance), ExpiryLatenessSeconds and OldestSnapshotSeconds.

    Logs each product that is out of balance as an error, with its units. Raises Busy.
    """
    drifting = [row for row in database.run(journal.audit) if not (row.balanced and row.journal_agrees)]
    for row in drifting:
        units = {"rows": str(row.rows), "journal": str(row.journal)}
        logger.error("product out of balance", extra={"product_id": str(row.product_id), "product": row.name, **units})
    values = {
        "Drift": float(len(drifting)),
        "ExpiryLatenessSeconds": database.run(health.expiry_lateness_seconds),
        "OldestSnapshotSeconds": database.run(health.oldest_snapshot_seconds),
    }
    metrics.emit(values)
    return values
