"""`make rollback`: go back to the previous release. The database stays as it is."""

from infra.aws import functions, shop_files
from infra.aws.account import FRONT_REGION
from infra.aws.artifacts import Release
from infra.aws.operation import Operation
from infra.aws.releases import return_to
from infra.aws.stack_states import make_ready
from infra.problems import PlatformError


def rollback(operation: Operation) -> None:
    """Go back one release: code, settings of the service stack, and the shop's pages."""
    make_ready(operation, operation.stage.service)
    releases = operation.artifacts.releases()
    if len(releases) < 2:
        raise PlatformError("There is no release to go back to: only one was ever deployed here.")
    before, current = releases[-2:]
    operation.say(f"{operation.stage.name} serves the release of {current.at}; the one before is of {before.at}.")
    operation.asking.require("Let the one before serve again? The database stays as it is.")
    _go_back(operation, before)
    operation.artifacts.remove_release(current)
    operation.say(f"The release of {before.at} serves: {operation.stage.shop.outputs()['Url']}")


def _go_back(operation: Operation, release: Release) -> None:
    """Let the earlier versions serve at once, then restore pages and stack. The bucket still has the assets."""
    stage, artifacts = operation.stage, operation.artifacts
    functions.serve(stage.service, release.versions)
    bucket, distribution = (stage.shop.outputs()[name] for name in ("Bucket", "Distribution"))
    pages = artifacts.pages(release, shop_files.PAGES)
    for name, content in pages.items():
        shop_files.put(stage.account.client("s3", FRONT_REGION), bucket, name, content)
    shop_files.invalidate(stage.account.client("cloudfront", FRONT_REGION), distribution, list(pages))
    return_to(stage, artifacts, release, operation.terminal)
