"""Metrics of the functions, written as log lines that CloudWatch reads (Embedded Metric Format)."""

from collections.abc import Mapping

NAMESPACE = "FlashSale"


def emit(values: Mapping[str, float]) -> None:
    """Write one log line with a metric for each name. The unit is seconds if the name ends in Seconds, else a count."""
    # Imported here, because HTTP routes do not need it and a cold start should not load it.
    from aws_lambda_powertools.metrics import EphemeralMetrics, MetricUnit

    metrics = EphemeralMetrics(namespace=NAMESPACE)
    for name, value in values.items():
        metrics.add_metric(name, MetricUnit.Seconds if name.endswith("Seconds") else MetricUnit.Count, value)
    metrics.flush_metrics()
