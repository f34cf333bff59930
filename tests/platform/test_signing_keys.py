"""The keys that sign tokens on this machine, and the token for an admin."""

import fcntl
import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from chalicelib.config import parse_keys
from chalicelib.errors import Unauthenticated
from chalicelib.identity.tokens import Bearer, Scope, Tokens
from infra import private_files, staging
from infra.local import signing_keys, stop
from infra.local.run_state import LOCK, STATE, RunState, publish
from infra.local.settings import Settings, read
from infra.paths import ROOT
from infra.tokens import issue_admin_token

GIVEN = f"given:{'g' * 32}"


def chosen(directory: Path, **variables: str) -> Settings:
    """What `make run` reads, with data in this directory."""
    return read({"RUN_DIRECTORY": str(directory), **variables})


def keeper(keys: str) -> Tokens:
    """Who verifies with these keys."""
    return Tokens(parse_keys(keys))


def is_private(path: Path) -> bool:
    """Whether nobody but the owner may do anything with a file."""
    return stat.S_IMODE(path.stat().st_mode) == 0o600


def admin_token(directory: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run what `make -s admin-token` runs."""
    given = {name: value for name, value in os.environ.items() if name != "TOKEN_KEYS"}  # noqa: TID251
    return subprocess.run(
        [sys.executable, "-m", "infra.local", "admin-token"],
        env={**given, "RUN_DIRECTORY": str(directory), **variables},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def running(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Pretend that a run is under way in the directory; its functions' variables."""
    service = signing_keys.with_keys(chosen(tmp_path))
    with (tmp_path / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write(str(os.getpid()))
        lock.flush()
        publish(tmp_path, RunState(os.getpid(), "", "", "", "", "", service))
        yield service


def test_keys_are_made_once_and_kept_where_nobody_else_reads_them(tmp_path: Path) -> None:
    directory = tmp_path / "run"
    first, second = (signing_keys.with_keys(chosen(directory)) for _ in range(2))
    assert first == second
    assert is_private(directory / signing_keys.FILE)
    assert parse_keys(first["TOKEN_KEYS"])


def test_each_directory_has_keys_of_its_own(tmp_path: Path) -> None:
    one, other = (signing_keys.with_keys(chosen(tmp_path / name))["TOKEN_KEYS"] for name in ("one", "other"))
    issued = keeper(one).issue(Bearer("someone", Scope.ADMIN), datetime.now(UTC), 60)
    with pytest.raises(Unauthenticated):
        keeper(other).verify(issued)


def test_keys_that_are_given_are_used_and_none_are_made(tmp_path: Path) -> None:
    assert signing_keys.with_keys(chosen(tmp_path, TOKEN_KEYS=GIVEN))["TOKEN_KEYS"] == GIVEN
    assert list(tmp_path.iterdir()) == []


def test_a_reset_forgets_the_keys_with_the_data() -> None:
    assert signing_keys.FILE in stop.DATA


def test_an_admin_gets_a_token_for_an_hour_and_nothing_else(tmp_path: Path, running: dict[str, str]) -> None:
    done = admin_token(tmp_path, LOGNAME="ada")
    assert (done.returncode, done.stderr, done.stdout.count("\n")) == (0, "", 1)
    assert keeper(running["TOKEN_KEYS"]).verify(done.stdout.strip()) == Bearer("ada", Scope.ADMIN)


@pytest.mark.usefixtures("running")
def test_keys_given_anew_sign_the_token_too_as_they_do_in_a_redeploy(tmp_path: Path) -> None:
    assert keeper(GIVEN).verify(admin_token(tmp_path, TOKEN_KEYS=GIVEN).stdout.strip()).scope is Scope.ADMIN


def test_who_has_no_name_is_called_local(running: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getuser", nameless)
    assert keeper(running["TOKEN_KEYS"]).verify(issue_admin_token(running)).subject == "local"


def nameless() -> str:
    raise OSError("No username set in the environment")


def test_without_a_run_there_is_no_token_but_one_sentence(tmp_path: Path) -> None:
    done = admin_token(tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "Nothing is running here: start `make run` in another terminal first.\n"


@pytest.mark.usefixtures("running")
def test_what_holds_the_keys_is_for_its_owner_only(tmp_path: Path) -> None:
    staging.configure(tmp_path, "local", {"TOKEN_KEYS": GIVEN})
    config = tmp_path / ".chalice" / "config.json"
    assert json.loads(config.read_text())["stages"]["local"]["environment_variables"] == {"TOKEN_KEYS": GIVEN}
    assert is_private(config)
    assert is_private(tmp_path / STATE)


def test_a_file_that_others_could_read_is_replaced(tmp_path: Path) -> None:
    file, draft = tmp_path / "file", tmp_path / "file.new"
    for path in (file, draft):
        path.write_text("left over")
        path.chmod(0o644)
    private_files.write(file, "new")
    assert (file.read_text(), is_private(file), draft.exists()) == ("new", True, False)
