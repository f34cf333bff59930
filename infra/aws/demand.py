"""The load that a number of shoppers puts on each part of the system in the first minute of a sale."""

from dataclasses import dataclass

from infra.aws import prices
from infra.aws.measured import Measured
from infra.aws.prices import MILLION, Instance

# Assumptions. Each is a choice, not a measurement.
PEAK_SHARE, PEAK_SECONDS = 0.5, 10
"""So large a part of all shoppers presses Reserve within so many seconds."""
UNITS_SHARE = 0.1
"""Units on sale for each shopper who comes."""
PRIVATE_REQUESTS = 3
"""Requests of a shopper that no cache can answer: a token, a reserve, the list of reservations."""
FILES, LOOKS = 12, 30
"""Files of the shop, and looks at the stock, one a second for half of the minute."""
SHARED_LOOKS_A_SECOND = 15
"""Requests for products that reach the origin: one a second for each of CloudFront's regional caches."""
BYTES_OF_SHOP, BYTES_OF_LOOK = 250_000, 1_000
LAMBDA_CORE = 2
"""How much longer the handler takes on Lambda's arm64 core than on the core that was measured."""
NETWORK_SECONDS = 0.004
"""What proxy, network and a commit with a standby add to a request."""
COLD_SECONDS = 1.0
"""How long the first request of an environment takes that was not kept ready."""
COMMIT_SECONDS = 0.004
"""How long a row of stock stays locked: a commit that waits for the standby."""
SLOTS = 64
"""Rows that the stock of one product lies in."""
DATABASE_USED = 0.7
"""How busy the database may be: the rest is for expiry, vacuum and the standby."""
MEMORY_GB = 1_769 / 1_024
LOG_BYTES = 600
TRACED = 0.05
"""The part of requests that X-Ray records by default, apart from one a second."""
STANDBY = 2
"""A standby doubles the price of an instance."""
HOURS_SCALED, HOURS_WARM = 3, 0.5
"""How long the larger instance and the warm environments are kept for a sale."""


@dataclass(frozen=True, slots=True)
class Demand:
    """The load of a number of shoppers, computed from the measured figures."""

    shoppers: int
    measured: Measured

    @property
    def units(self) -> int:
        """Units on sale."""
        return round(self.shoppers * UNITS_SHARE)

    @property
    def edge_requests(self) -> int:
        """Requests that CloudFront gets in the minute."""
        return self.shoppers * (FILES + LOOKS + PRIVATE_REQUESTS)

    @property
    def edge_peak(self) -> float:
        """Requests to CloudFront in the busiest second: arriving shoppers load the shop, and all request the stock."""
        return self.reserve_peak * (FILES + PRIVATE_REQUESTS) + self.shoppers

    @property
    def api_requests(self) -> int:
        """Requests that reach API Gateway in the minute."""
        return self.shoppers * PRIVATE_REQUESTS + SHARED_LOOKS_A_SECOND * 60

    @property
    def reserve_peak(self) -> float:
        """Reserve requests in the busiest second."""
        return self.shoppers * PEAK_SHARE / PEAK_SECONDS

    @property
    def api_peak(self) -> float:
        """Requests to API Gateway in the busiest second."""
        return self.reserve_peak * PRIVATE_REQUESTS + SHARED_LOOKS_A_SECOND

    @property
    def request_seconds(self) -> float:
        """How long a request keeps a warm environment busy."""
        return self.measured.reserve_seconds * LAMBDA_CORE + NETWORK_SECONDS

    @property
    def environments(self) -> int:
        """Environments that are busy at the peak: rate times duration (Little's law)."""
        return round(self.api_peak * self.request_seconds) + 1

    @property
    def cold_environments(self) -> int:
        """Environments that start if none is warm: one for each request of the first second."""
        return round(self.api_peak * COLD_SECONDS) + 1

    @property
    def database_cores(self) -> float:
        """Cores that are busy at the peak while units last. Each other private request costs as much as a refusal."""
        others = self.reserve_peak * (PRIVATE_REQUESTS - 1) / self.measured.refusals_per_reserve
        return (self.reserve_peak + others) / self.measured.reserves_per_core / DATABASE_USED

    @property
    def instance(self) -> Instance | None:
        """The smallest class with enough cores; None if none is large enough."""
        enough = (one for one in prices.INSTANCES if one.vcpus >= self.database_cores)
        return next((one for one in enough if one.connections >= self.connections), None)

    @property
    def connections(self) -> int:
        """Connections between proxy and database that are in use at the peak."""
        return round(self.api_peak * NETWORK_SECONDS) + 1

    @property
    def slot_rate(self) -> float:
        """Reserves of one product a second that its slots allow while each commit waits for the standby."""
        return SLOTS / COMMIT_SECONDS

    @property
    def messages(self) -> int:
        """Requests to SQS: each hold is sent once, and received and deleted in batches of ten."""
        return round(self.units * 1.2)


def cost(demand: Demand) -> dict[str, float]:
    """Dollars of the sale by part, without what a stage costs when idle."""
    seconds = demand.api_requests * demand.request_seconds * MEMORY_GB
    kept = demand.environments * HOURS_WARM * 3_600 * MEMORY_GB
    gigabytes = demand.shoppers * (BYTES_OF_SHOP + LOOKS * BYTES_OF_LOOK) / 1e9
    instance = demand.instance or prices.INSTANCES[-1]
    return {
        "API Gateway": demand.api_requests / MILLION * prices.API_GATEWAY,
        "Lambda": demand.api_requests / MILLION * prices.LAMBDA_REQUESTS + seconds * prices.LAMBDA_IN_READY,
        "warm environments": kept * prices.LAMBDA_KEPT_READY,
        "CloudFront": demand.edge_requests / MILLION * prices.CLOUDFRONT + gigabytes * prices.CLOUDFRONT_OUT,
        "WAF": demand.edge_requests / MILLION * prices.WAF,
        "SQS": demand.messages / MILLION * prices.SQS,
        "traces": demand.api_requests * TRACED / MILLION * prices.TRACES,
        "logs": demand.api_requests * LOG_BYTES / 1e9 * prices.LOGS_IN,
        "database and proxy": HOURS_SCALED * (instance.hour * STANDBY + instance.vcpus * prices.PROXY_VCPU),
    }
