"""The context of a command: its stage and its terminal."""

from dataclasses import dataclass

from infra.aws.artifacts import Artifacts
from infra.aws.asking import Asking
from infra.aws.stage import Stage, required
from infra.terminal import Terminal


@dataclass(frozen=True, slots=True)
class Operation:
    """A stage, and the person at the terminal."""

    stage: Stage
    terminal: Terminal
    asking: Asking

    def say(self, line: str = "") -> None:
        """One line for the person."""
        self.terminal.say(line)

    @property
    def artifacts(self) -> Artifacts:
        """The stage's code bucket; raises PlatformError if the stage was never deployed."""
        return Artifacts(self.stage.account, required(self.stage.data).outputs()["CodeBucket"])
