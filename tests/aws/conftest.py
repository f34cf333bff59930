"""A scripted AWS, and somebody at the terminal."""

from collections.abc import Callable
from io import StringIO

import pytest

from infra.aws.asking import Asking
from infra.aws.operation import Operation
from infra.aws.package import Package, build
from infra.aws.stage import Stage
from infra.terminal import Terminal
from tests.aws.scripted import Aws


class Person:
    """Somebody who answers and sees what is shown."""

    def __init__(self, aws: Aws) -> None:
        self._aws = aws
        self._stream = StringIO()
        self.questions: list[str] = []
        self.answer = "y"

    @property
    def shown(self) -> str:
        """Everything that was printed."""
        return self._stream.getvalue()

    def operation(self, stage: str = "dev", *, yes: bool = False) -> Operation:
        """What a command of this person is given."""
        return Operation(Stage(stage, self._aws.account), Terminal(self._stream), Asking(yes, self._read))

    def _read(self, question: str) -> str:
        self.questions.append(question)
        return self.answer


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Package:
    """The package of production, built once."""
    return build("prod", tmp_path_factory.mktemp("package"))


@pytest.fixture
def aws() -> Aws:
    """An account that answers from a script."""
    return Aws()


@pytest.fixture
def person(aws: Aws) -> Person:
    """Somebody at the terminal."""
    return Person(aws)


@pytest.fixture
def unattended() -> Callable[[str], str]:
    """A terminal where nobody answers, as in CI."""

    def read(_: str) -> str:
        raise EOFError

    return read
