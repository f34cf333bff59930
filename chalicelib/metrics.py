"""Metrics of the functions, written as log lines that CloudWatch reads (Embedded Metric Format).

`emit` writes a line of its own, by Powertools. That takes about 60 us, so a request does not use it: `fields` makes the
log line that a request writes anyway a metric too, in 4 us.
"""

import time
from collections.abc import Iterable, Mapping
from functools import cache

from chalicelib import config
from chalicelib.formats import Json

NAMESPACE = "FlashSale"
VALUES_MAX = 99  # of one metric in one line; at the 100th Powertools writes the line itself


def fields(name: str, value: float, **dimensions: str) -> Json:
    """Return the fields that make a log line count as a metric, for each prefix of the dimensions.

    With `product_id` and `reason`, CloudWatch has the metric of the service, of each product, and of each reason of
    each product. Dimensions must be ASCII, so products are named by their ids.
    """
    directive = {"Timestamp": int(time.time() * 1000), "CloudWatchMetrics": _directives(name, tuple(dimensions))}
    return {"emf": directive, name: value, **dimensions}


def emit(values: Mapping[str, float | Iterable[float]], **dimensions: str) -> None:
    """Write one log line with a metric for each name, which has one value or at most VALUES_MAX.

    The unit is seconds if the name ends in Seconds, else a count.
    """
    # Imported here, because HTTP routes do not need it and a cold start should not load it.
    from aws_lambda_powertools.metrics import EphemeralMetrics, MetricUnit

    metrics = EphemeralMetrics(namespace=NAMESPACE, service=config.service_name())
    for dimension, member in dimensions.items():
        metrics.add_dimension(dimension, member)
    for name, given in values.items():
        unit = MetricUnit.Seconds if name.endswith("Seconds") else MetricUnit.Count
        for value in given if isinstance(given, Iterable) else (given,):
            metrics.add_metric(name, unit, value)
    metrics.flush_metrics()


@cache
def _directives(name: str, dimensions: tuple[str, ...]) -> list[Json]:
    prefixes = [["service", *dimensions[:length]] for length in range(len(dimensions) + 1)]
    return [{"Namespace": NAMESPACE, "Dimensions": prefixes, "Metrics": [{"Name": name, "Unit": "Count"}]}]
