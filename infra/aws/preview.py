"""A preview of the changes that a deployment would make."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from infra.aws.artifacts import Artifacts
from infra.aws.bundle import Bundle
from infra.aws.changes import Change
from infra.aws.operation import Operation
from infra.aws.stage import PARTS, Stage
from infra.problems import PlatformError


@dataclass(frozen=True, slots=True)
class Preview:
    """The changes of each stack by its name; those of a stack that does not exist yet are its resources by type."""

    changes: Mapping[str, list[Change]]
    created: Mapping[str, Counter[str]]

    @property
    def is_empty(self) -> bool:
        """Whether no stack would change."""
        return not self.created and not any(self.changes.values())

    def show(self, operation: Operation) -> None:
        """Show the changes to the person who is asked to confirm them."""
        for stack, kinds in self.created.items():
            operation.say(f"  {stack} is new: at most {kinds.total()} resources")
            for kind, count in sorted(kinds.items()):
                operation.say(f"    {count:3} {kind}")
        for stack, changes in self.changes.items():
            operation.say(f"  {stack}: {len(changes) or 'no'} changes")
            for change in changes:
                colour = "red" if change.loses_data else "grey"
                operation.say(operation.terminal.colour(colour, str(change)))

    def refuse_loss(self) -> None:
        """Raise PlatformError if a resource with data would be replaced or removed and nobody is asked."""
        lost = [change.name for changes in self.changes.values() for change in changes if change.loses_data]
        if lost:
            raise PlatformError(
                f"{', '.join(lost)} would be replaced or removed with all data: run it without YES=1 to confirm."
            )


def preview(stage: Stage, bundle: Bundle) -> Preview:
    """Return what CloudFormation would change. The change sets made for this are deleted."""
    changes: dict[str, list[Change]] = {}
    created: dict[str, Counter[str]] = {}
    for part in PARTS:
        stack = stage.stack(part)
        if created or not stack.exists:
            kinds = [resource["Type"] for resource in bundle.template(part).resources.values()]
            created[stack.name] = Counter(kinds)
        else:
            changes[stack.name] = _changes(stage, bundle, part)
    return Preview(changes, created)


def _changes(stage: Stage, bundle: Bundle, part: str) -> list[Change]:
    artifacts = Artifacts(stage.account, stage.data.outputs()["CodeBucket"])
    proposal = bundle.proposal(stage, part, artifacts.given(bundle.template(part)))
    if proposal is None:
        return []
    proposal.discard()
    return list(proposal.changes)
