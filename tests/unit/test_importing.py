"""Importing the application, as packaging and every cold start do."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
NO_CONNECTION = """
import sys, psycopg
def refuse(*_, **__): raise AssertionError("connects")
psycopg.connect = psycopg.Connection.connect = refuse
sys.addaudithook(lambda event, _: refuse() if event in ("socket.connect", "socket.getaddrinfo") else None)
import app
"""


def run(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python in an environment that has nothing else in it."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=ROOT,
        env=environment,
        text=True,
        capture_output=True,
        check=False,
    )


def test_importing_opens_no_connection_and_needs_no_configuration() -> None:
    finished = run(NO_CONNECTION)
    assert (finished.returncode, finished.stdout, finished.stderr) == (0, "", "")


def test_a_cold_start_does_not_wait_for_what_no_route_needs() -> None:
    finished = run("import app, sys; print(*sorted(sys.modules))")
    assert (finished.returncode, finished.stderr) == (0, "")
    assert not {"boto3", "botocore.session", "aws_lambda_powertools.utilities.batch"} & set(finished.stdout.split())


def test_a_wrong_origin_stops_even_the_import() -> None:
    finished = run("import app", CORS_ORIGIN="everyone")
    assert finished.returncode == 1
    assert "ConfigurationError: CORS_ORIGIN: " in finished.stderr
