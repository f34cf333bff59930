"""A stage: three stacks that are deployed in this order and deleted in the opposite one."""

from collections.abc import Iterator
from dataclasses import dataclass

from infra.aws.account import FRONT_REGION, Account
from infra.aws.package import STAGES
from infra.aws.stack import Stack
from infra.problems import PlatformError

PARTS = ("data", "service", "shop")
APP = "flash-sale"


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage in an account."""

    name: str
    account: Account

    @property
    def data(self) -> Stack:
        """Network, database, proxy, keys: what outlives deployments."""
        return self.stack("data")

    @property
    def service(self) -> Stack:
        """Functions, queue, API, alarms."""
        return self.stack("service")

    @property
    def shop(self) -> Stack:
        """Bucket, CloudFront, WAF."""
        return self.stack("shop")

    @property
    def stacks(self) -> Iterator[Stack]:
        """All three."""
        return (self.stack(part) for part in PARTS)

    @property
    def prefix(self) -> str:
        """The prefix of the names of the stage's resources."""
        return f"{APP}-{self.name}"

    def stack(self, part: str) -> Stack:
        """The stack of a part."""
        region = FRONT_REGION if part == "shop" else self.account.region
        return Stack(self.account, f"{self.prefix}-{part}", region)

    def outputs(self) -> dict[str, str]:
        """The outputs of all stacks."""
        return {name: value for stack in self.stacks for name, value in stack.outputs().items()}


def check_name(name: str) -> str:
    """Return the name of a stage. Raises PlatformError if there is no such stage."""
    if name not in STAGES:
        given = f"not {name!r}" if name else "and is missing"
        raise PlatformError(f"STAGE must be one of {', '.join(STAGES)}, {given}: for example STAGE={STAGES[0]}.")
    return name


def required(stack: Stack) -> Stack:
    """Return the stack. Raises PlatformError if it was never deployed."""
    if not stack.exists:
        raise PlatformError(f"The stack {stack.name} does not exist in {stack.region}: run `make deploy` first.")
    return stack
