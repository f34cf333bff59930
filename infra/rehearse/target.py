"""The stage that is rehearsed: the run of this machine, or another one that the user names and confirms."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit
from uuid import uuid4

from infra import environment
from infra.aws.asking import Asking
from infra.local import run_state
from infra.local.run_state import RunState
from infra.operate.stage import Stage, stage
from infra.problems import PlatformError
from infra.rehearse.client import Client
from infra.tokens import issue_shopper_token

LOOPBACK = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True, slots=True)
class Target:
    """Where shoppers and the admin send their requests."""

    admin: Stage
    shop_url: str
    """The base of the API as shoppers reach it."""
    state: RunState | None = None
    """Of a run that `make run` started here."""

    @property
    def is_on_this_machine(self) -> bool:
        """Whether requests reach the stage without a network, and so without a proxy or CloudFront."""
        return urlsplit(self.shop_url).hostname in LOOPBACK

    async def tokens(self, client: Client, shoppers: int) -> list[str]:
        """Return a token for each shopper. A run on this machine would issue too few to one address, so they are signed
        with its keys.
        """
        if self.state:
            return [issue_shopper_token(self.state.service, uuid4()) for _ in range(shoppers)]
        return [await _guest_token(client) for _ in range(shoppers)]


async def _guest_token(client: Client) -> str:
    """Return a guest's token, as soon as this address may have another."""
    while True:
        answer = await client.until_answered(lambda: client.send("POST", "/shoppers"))
        if answer.is_success:
            return str(answer.body["token"])
        if not answer.retry_after:
            raise PlatformError(f"The stage issues no guest token: it answers {answer.status or 'nothing'}.")
        await asyncio.sleep(answer.retry_after)


def target(shoppers: int, asking: Asking) -> Target:
    """Return the stage. Raise PlatformError unless it is on this machine or the user confirms it by its name."""
    admin = stage()
    if admin.is_here:
        state = run_state.required(environment.run_directory())
        return Target(admin, f"{state.shop_url}/api", state)
    chosen = Target(admin, admin.url)
    if not chosen.is_on_this_machine:
        host = urlsplit(admin.url).hostname or ""
        asking.require_typed(f"{shoppers} shoppers will load {admin.url}. Whoever runs that stage must agree.", host)
    return chosen


def refuse_faults(chosen: Sequence[object], target: Target) -> None:
    """Raise PlatformError if faults are chosen for a stage that is not a run of this machine."""
    if chosen and target.state is None:
        raise PlatformError("Faults are possible only on a local run: leave API_URL out.")


def name_of_now() -> str:
    """Return a name for the product of a rehearsal."""
    return f"Rehearsal of {datetime.now(UTC):%Y-%m-%d %H:%M:%S}"
