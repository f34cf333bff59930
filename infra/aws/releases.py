"""Going back to an earlier release."""

from infra.aws.artifacts import Artifacts, Release
from infra.aws.changes import as_parameters, propose
from infra.aws.stage import Stage
from infra.aws.template import Template
from infra.aws.values import KEPT
from infra.terminal import Terminal


def return_to(stage: Stage, artifacts: Artifacts, release: Release, terminal: Terminal) -> None:
    """Make the service stack what it was at the release; the database stays as it is.

    The version before runs on the newer schema: migrations keep what it needs.
    """
    template = Template(artifacts.read(release.template_key).decode())
    values = {name: release.values[name] for name in template.parameters.keys() & release.values.keys() - KEPT}
    kept = template.parameters.keys() & stage.service.parameters().keys() - values.keys()
    change = propose(stage.service, artifacts.template(release.template_key), as_parameters(values, kept))
    if change:
        with terminal.step(f"{stage.service.name} back to the release of {release.at}"):
            change.execute(terminal)
