"""What AWS publishes: prices in US dollars for us-east-1, on demand and without free tiers, and default quotas.

Prices as published, check before relying on them. `docs/deploying.md` names the source of each and its date.
"""

from dataclasses import dataclass

HOURS_A_MONTH = 730
MILLION = 1_000_000

# A million requests
API_GATEWAY = 3.50
LAMBDA_REQUESTS = 0.20
SQS = 0.40
CLOUDFRONT = 1.00
WAF = 0.60
TRACES = 5.00

# A gigabyte
CLOUDFRONT_OUT = 0.085
LOGS_IN = 0.50
RDS_STORAGE_MONTH = 0.115

# A gigabyte-second on arm64
LAMBDA = 0.0000133334
LAMBDA_KEPT_READY = 0.0000033334
LAMBDA_IN_READY = 0.0000077778

# An hour
PROXY_VCPU = 0.015
ENDPOINT = 0.01
NAT = 0.045
PUBLIC_ADDRESS = 0.005

# A month
WEB_ACL = 5.00
WAF_RULE = 1.00
SECRET = 0.40
ALARM = 0.10  # for each metric that it watches
DASHBOARD = 3.00
OWN_METRIC = 0.30

# Quotas
CLOUDFRONT_REQUESTS_A_SECOND = 250_000
API_GATEWAY_REQUESTS_A_SECOND = 10_000
LAMBDA_STARTS_IN_10_SECONDS = 1_000
LAMBDA_CONCURRENCY = 1_000
CONNECTION_BYTES = 9_531_392
"""RDS for PostgreSQL allows one connection for so much of the instance's memory, and at most CONNECTIONS_MAX."""
CONNECTIONS_MAX = 5_000


T4G_MICRO_HOUR = 0.016
M7G_HOUR_PER_VCPU = 0.084
"""RDS for PostgreSQL, one instance without a standby: a larger class of the family costs in proportion."""


@dataclass(frozen=True, slots=True)
class Instance:
    """A class of database instances; `hour` is the price in dollars of one without a standby."""

    name: str
    vcpus: int
    gib: int

    @property
    def hour(self) -> float:
        """The price in dollars an hour, without a standby."""
        return T4G_MICRO_HOUR if self == SMALLEST else self.vcpus * M7G_HOUR_PER_VCPU

    @property
    def connections(self) -> int:
        """How many PostgreSQL allows by default."""
        return min(self.gib * 2**30 // CONNECTION_BYTES, CONNECTIONS_MAX)


SMALLEST = Instance("db.t4g.micro", 2, 1)
"""The class of the stage dev."""
INSTANCES = tuple(
    Instance(f"db.m7g.{size}", vcpus, vcpus * 4)
    for size, vcpus in (("large", 2), ("xlarge", 4), ("2xlarge", 8), ("4xlarge", 16), ("8xlarge", 32), ("16xlarge", 64))
)
"""The family of production, smallest first."""
