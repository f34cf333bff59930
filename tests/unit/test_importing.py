"""Importing the application, as packaging and every cold start do."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
NO_CONNECTION = """
import sys, psycopg
def refuse(*_, **__): raise AssertionError("connects")
psycopg.connect = psycopg.Connection.connect = refuse
sys.addaudithook(lambda event, _: refuse() if event in ("socket.connect", "socket.getaddrinfo") else None)
import app"""


KEPT_READY = {
    "AWS_LAMBDA_INITIALIZATION_TYPE": "provisioned-concurrency",
    "AWS_DEFAULT_REGION": "us-east-1",
    "EXPIRY_QUEUE_URL": "http://q",
    "TOKEN_KEYS": f"any:{'-' * 32}",
}


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


def test_importing_needs_no_connection_no_configuration_and_no_library_of_few_requests() -> None:
    finished = run(f"{NO_CONNECTION}; print(*sorted(sys.modules))")
    assert (finished.returncode, finished.stderr) == (0, "")
    late = {"boto3", "botocore.session", "joserfc", "cryptography", "aws_lambda_powertools.utilities.batch"}
    assert late & set(finished.stdout.split()) == set()


def test_a_wrong_origin_stops_even_the_import() -> None:
    finished = run("import app", CORS_ORIGIN="everyone")
    assert finished.returncode == 1
    assert "ConfigurationError: CORS_ORIGIN: " in finished.stderr


def test_an_environment_that_is_kept_ready_loads_at_once_what_the_first_reserve_needs() -> None:
    code = """
import psycopg
from unittest.mock import MagicMock
psycopg.connect = MagicMock()
psycopg.connect.return_value.execute.return_value.fetchone.return_value = None
import app, sys
print(*sorted({"boto3", "joserfc.jwk"} & sys.modules.keys()), psycopg.connect.call_count)
"""
    finished = run(code, DATABASE_URL="postgresql://db", **KEPT_READY)
    assert (finished.returncode, finished.stderr, finished.stdout.split()) == (0, "", ["boto3", "joserfc.jwk", "1"])


def test_an_environment_that_is_kept_ready_starts_without_the_database_and_answers_busy() -> None:
    code = """
import app
from tests.http.gateway import context, event
print(app.app(event("GET", "/products"), context())["statusCode"])
"""
    finished = run(code, DATABASE_URL="postgresql://127.0.0.1:1/none", **KEPT_READY)
    assert (finished.returncode, finished.stderr) == (0, "")
    at_the_start, at_the_request, status = finished.stdout.splitlines()
    assert "database unavailable" in at_the_start
    assert "database unavailable" in at_the_request
    assert status == "503"
