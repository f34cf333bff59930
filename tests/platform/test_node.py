"""Node for the shop: the machine's if it will do, else our own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from infra import node
from infra.problems import PlatformError
from infra.programs import run
from infra.virtual_environment import VirtualEnvironment

Installed = Callable[[str], str]


@pytest.fixture
def machine(tmp_path: Path) -> Installed:
    """Makes a machine whose Node says some version; gives the PATH."""

    def make(version: str) -> str:
        for name in ("node", "npm"):
            program = tmp_path / name
            program.write_text(f"#!/bin/sh\necho {version}\n")
            program.chmod(0o755)
        return str(tmp_path)

    return make


@pytest.fixture
def no_registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing can be installed."""
    empty = VirtualEnvironment("Node", tmp_path / "venv", tmp_path / "requirements.txt", "nothing")
    empty.requirements.write_text("no-such-package==1 --hash=sha256:" + "0" * 64)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", "")
    monkeypatch.setattr(node, "PACKAGED", empty)


@pytest.mark.parametrize("version", ["v20.19.0", "v22.12.0", "v100.0.0"])
def test_the_machine_s_node_is_used_if_it_is_new_enough(machine: Installed, version: str) -> None:
    path = machine(version)
    assert node.ensure(path, print).program == Path(path) / "node"


@pytest.mark.parametrize("version", ["v20.18.3", "v18.20.0", "broken", ""])
@pytest.mark.usefixtures("no_registry")
def test_without_one_and_without_a_registry_it_says_what_is_needed(machine: Installed, version: str) -> None:
    with pytest.raises(PlatformError, match="Node 20.19 or newer") as caught:
        node.ensure(machine(version), print)
    assert "the package registry did not answer" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_our_own_runs_with_its_npm() -> None:
    ours = node.ensure("/nowhere", lambda _: None)
    environment = ours.environment({"PATH": "/usr/bin:/bin"})
    assert run([ours.program, "--version"], name="asking Node").startswith("v24.")
    assert run(ours.npm("--version"), name="asking npm", environment=environment).strip()
