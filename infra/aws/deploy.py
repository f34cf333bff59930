"""`make deploy`: deploy this checkout to a stage."""

import time
from pathlib import Path

from infra import environment, node, shop
from infra.aws import package
from infra.aws.bundle import Bundle
from infra.aws.deployment import Deployment
from infra.aws.lint import lint
from infra.aws.operation import Operation
from infra.aws.preview import Preview, preview
from infra.aws.stack_states import make_ready


def deploy(operation: Operation) -> None:
    """Build, check, show the changes, ask, and deploy."""
    with operation.terminal.step("Package and shop"):
        bundle = Bundle(package.build(operation.stage.name), built_shop(operation))
    with operation.terminal.step("Check of the templates"):
        bundle.check()
        lint([bundle.package], operation.stage.account.region)
    bring(operation, bundle)


def bring(operation: Operation, bundle: Bundle) -> None:
    """Show what would change, ask, and deploy. If nothing would change, say so."""
    started = time.monotonic()
    stage = operation.stage
    operation.say(f"{stage.name} in account {stage.account.number}, region {stage.account.region}:")
    for stack in stage.stacks:
        make_ready(operation, stack)
    changes = preview(stage, bundle)
    if changes.is_empty and bundle.release(stage).is_same_as(operation.artifacts.current()):
        operation.say("Nothing changed: the stage has what this checkout has already.")
    else:
        _agree(operation, changes)
        Deployment(operation, bundle).run()
        operation.say(f"Deployed in {time.monotonic() - started:.0f} s.")
    operation.say(f"The shop: {stage.shop.outputs()['Url']}")


def _agree(operation: Operation, changes: Preview) -> None:
    changes.show(operation)
    if operation.asking.yes:
        changes.refuse_loss()
    operation.asking.require(f"Deploy this to {operation.stage.name}?")


def built_shop(operation: Operation) -> Path:
    """The shop's files, built from the sources."""
    system = environment.variables()
    found = node.ensure(system.get("PATH", ""), operation.say)
    shop.install(found, system)
    shop.build(found, system)
    return shop.BUILT
