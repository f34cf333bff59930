"""Metrics of the functions, as lines of the log that CloudWatch reads (Embedded Metric Format)."""

from collections.abc import Mapping

NAMESPACE = "FlashSale"


def emit(values: Mapping[str, float]) -> None:
    """Write one line with a gauge by each name; the unit of names that end in Seconds is seconds, of others a count."""
    # Loaded here, because the HTTP routes do without it.
    from aws_lambda_powertools.metrics import EphemeralMetrics, MetricUnit

    metrics = EphemeralMetrics(namespace=NAMESPACE)
    for name, value in values.items():
        metrics.add_metric(name, MetricUnit.Seconds if name.endswith("Seconds") else MetricUnit.Count, value)
    metrics.flush_metrics()
