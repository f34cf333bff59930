"""The copy of the application that is deployed."""

from pathlib import Path

import pytest

from infra import packages, staging
from infra.local import deploy, develop, settings
from infra.local.deploy import Deployment
from infra.local.platform import Platform
from infra.local.run_state import RunState, only_run, publish
from infra.problems import PlatformError
from infra.terminal import Terminal

CHOSEN = settings.read({})


def test_a_syntax_error_is_named_by_file_and_line_and_nothing_is_deployed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "source"
    (source / "chalicelib").mkdir(parents=True)
    (source / "app.py").write_text("app = 1\n")
    (source / "chalicelib" / "edited.py").write_text("one = 1\ntwo = = 2\n")
    monkeypatch.setattr(staging, "ROOT", source)
    with pytest.raises(PlatformError, match=r"^Nothing was deployed: chalicelib/edited.py, line 2: invalid syntax\.$"):
        staging.copy(tmp_path / "staged", tmp_path)


def test_packages_are_deployed_with_the_code_only_where_they_are_asked_for(tmp_path: Path) -> None:
    staging.copy(tmp_path / "staged", tmp_path)
    assert (tmp_path / "staged" / "vendor").resolve() == tmp_path
    staging.copy(tmp_path / "staged", None)
    assert not (tmp_path / "staged" / "vendor").exists()
    assert (tmp_path / "staged" / "chalicelib").is_dir()


@pytest.mark.parametrize(("on_this_machine", "path"), [(True, str(packages.HERE)), (False, None)])
def test_functions_on_this_machine_import_the_packages_from_their_folder(
    on_this_machine: bool, path: str | None
) -> None:
    deployment = Deployment("", "", CHOSEN, on_this_machine=on_this_machine)
    assert deployment.variables("queue").get("PYTHONPATH") == path


@pytest.mark.parametrize(("given", "own"), [({}, True), ({"AWS_ENDPOINT_URL": "http://127.0.0.1:4566"}, False)])
def test_only_a_localstack_that_was_not_given_is_the_run_s_own(given: dict[str, str], own: bool) -> None:
    assert Platform(settings.read(given), Terminal()).own_localstack is own


@pytest.mark.parametrize("own", [True, False])
def test_a_redeployment_knows_whether_the_run_started_localstack(
    own: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    updates: list[Deployment] = []
    monkeypatch.setenv("RUN_DIRECTORY", str(tmp_path))
    monkeypatch.setattr(deploy, "update", updates.append)
    monkeypatch.setattr(deploy, "migrate", lambda *_, **__: {})
    with only_run(tmp_path):
        publish(tmp_path, RunState(0, "", "", "", "", "", {}, own_localstack=own))
        develop.redeploy()
    assert [update.on_this_machine for update in updates] == [own]
