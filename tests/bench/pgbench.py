"""pgbench, which ships with the project's PostgreSQL: statements sent to the database with next to nothing around."""

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from infra.local.postgres_data import program

THREADS = 2
TRANSACTIONS = re.compile(r"^tps = ([\d.]+)", re.MULTILINE)


def rate(
    url: str, script: str, *, clients: int, seconds: float, prepared: bool, constants: Mapping[str, str] | None = None
) -> float:
    """Return how often a second so many clients got through a script. Raises RuntimeError if pgbench fails.

    `constants` are the script's variables whose value stays the same.
    """
    defined = [f"--define={name}={value}" for name, value in (constants or {}).items()]
    with TemporaryDirectory() as directory:
        file = Path(directory) / "script.sql"
        file.write_text(script)
        protocol = "prepared" if prepared else "extended"
        command = [
            program("pgbench"),
            "--no-vacuum",
            f"--client={clients}",
            f"--jobs={THREADS}",
            f"--protocol={protocol}",
        ]
        ending = [*defined, f"--time={seconds:.0f}", f"--file={file}", url]
        done = subprocess.run([*command, *ending], capture_output=True, text=True, check=False)
    found = TRANSACTIONS.search(done.stdout)
    if done.returncode != 0 or found is None or "aborted" in done.stderr:
        raise RuntimeError(f"pgbench failed: {done.stderr.strip()[-1000:]}")
    return float(found[1])
