"""The whole system on one page: the HTTP routes and the event handlers, one call each."""

import time

from chalice.app import CloudWatchEvent, SQSEvent

from chalicelib import config
from chalicelib.api import admin, holds, products, reservations, sale, service, shoppers, waiters
from chalicelib.api.application import Application, warm_up
from chalicelib.aws import event_bus, expiry_queue
from chalicelib.db import connection as database
from chalicelib.formats import Json
from chalicelib.jobs.audit import audit as audit_products
from chalicelib.jobs.expiry_messages import deliver_batch
from chalicelib.jobs.migrate import migrate as migrate_database
from chalicelib.jobs.publish import publish_until_next
from chalicelib.jobs.schedule import Timer
from chalicelib.jobs.sweep import sweep_until_next
from chalicelib.waiting_list.announce import announcing

# The local queue. In AWS the template replaces it with the ARN of the stage's own queue.
EXPIRY_QUEUE_ARN = "arn:aws:sqs:us-east-1:000000000000:flash-sale-expiry"

app = Application(app_name="flash-sale")
app.register_blueprint(admin.routes)
app.register_blueprint(holds.routes)
app.register_blueprint(products.routes)
app.register_blueprint(reservations.routes)
app.register_blueprint(sale.routes)
app.register_blueprint(service.routes)
app.register_blueprint(shoppers.routes)
app.register_blueprint(waiters.routes)

if config.is_provisioned():
    warm_up()


@app.on_sqs_message(queue_arn=EXPIRY_QUEUE_ARN, batch_size=10)
def expire(event: SQSEvent) -> Json:
    """Expire the lapsed holds that the messages name; return the messages that failed."""
    return deliver_batch(event.to_dict(), announcing(database.current()), expiry_queue.current())


@app.schedule("rate(1 minute)")
def sweep(event: CloudWatchEvent) -> Json:
    """Expire lapsed holds that no message has expired, in passes until the schedule fires again."""
    interval = config.load().sweep_interval_seconds
    return {"passes": sweep_until_next(announcing(database.current()), interval, _timer(event))}


@app.schedule("rate(1 minute)")
def publish(event: CloudWatchEvent) -> Json:
    """Send journal entries to the event bus, if there is one, in passes until the schedule fires again."""
    interval = config.load().sweep_interval_seconds
    return {"passes": publish_until_next(database.current(), event_bus.current(), interval, _timer(event))}


def _timer(event: CloudWatchEvent) -> Timer:
    remaining = event.context.get_remaining_time_in_millis  # type: ignore[union-attr] # Chalice types it as a dict
    return Timer(remaining, time.monotonic, time.sleep)


@app.schedule("rate(5 minutes)")
def audit(_event: CloudWatchEvent) -> Json:
    """Emit the metrics that show whether every product balances and whether expiry keeps up."""
    return audit_products(database.current())


@app.lambda_function()
def migrate(event: Json, _context: object) -> Json:
    """Bring the database up to date; `{"sampleData": true}` adds the sample products."""
    return migrate_database(config.load(), with_sample_data=event.get("sampleData") is True)
