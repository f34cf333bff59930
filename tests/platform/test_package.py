"""What `make package` builds runs where nothing but Lambda's own runtime is."""

import json
import subprocess
import zipfile
from pathlib import Path

import pytest

from infra import package
from infra.local.installation import FUNCTIONS, ensure_installed
from infra.paths import ROOT

IMPORTING = """
import sys
sys.path.insert(0, sys.argv[1])
import app
from chalicelib.db import migrations
from importlib.resources import files
print(app.app.app_name, sum(file.name.endswith(".sql") for file in files(migrations).iterdir()))
"""
VERIFYING = """
import sys
sys.path.insert(0, sys.argv[1])
import jwt
from aws_lambda_powertools.utilities.batch import process_partial_response
from cryptography.hazmat.primitives.asymmetric import rsa
key = rsa.generate_private_key(65537, 2048)
public = jwt.PyJWK(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key(), as_dict=True))
print(jwt.decode(jwt.encode({"sub": "someone"}, key, "RS256"), public, algorithms=["RS256"])["sub"])
"""
"""What a first request does not load, but a later one may: an identity provider's token, a batch of messages."""
VARIABLES = {"DATABASE_URL": "postgresql://nowhere", "EXPIRY_QUEUE_URL": "http://nowhere"}


@pytest.fixture(scope="module")
def zipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built package."""
    return package.build(tmp_path_factory.mktemp("package"))


@pytest.fixture(scope="module")
def unzipped(zipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as Lambda lays it out."""
    directory = tmp_path_factory.mktemp("unzipped")
    with zipfile.ZipFile(zipped) as archive:
        archive.extractall(directory)
    return directory


def said(code: str, directory: Path) -> list[str]:
    """What Python code prints, word by word, where there is only the package and Lambda's runtime."""
    ensure_installed()
    command = [FUNCTIONS.python, "-I", "-c", code, directory]
    done = subprocess.run(command, env=VARIABLES, cwd=directory, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_it_imports_with_only_what_lambda_has(unzipped: Path) -> None:
    migrations = len(list((ROOT / "chalicelib" / "migrations").glob("*.sql")))
    assert said(IMPORTING, unzipped) == ["flash-sale", str(migrations)]


def test_nothing_was_left_out_that_is_loaded_later(unzipped: Path) -> None:
    assert said(VERIFYING, unzipped) == ["someone"]


def test_it_is_small_and_made_for_lambda_s_platform(zipped: Path) -> None:
    assert zipped.stat().st_size < 15_000_000
    with zipfile.ZipFile(zipped) as archive:
        compiled = [name for name in archive.namelist() if ".cpython-" in name and name.endswith(".so")]
    assert compiled
    assert all("cpython-313-x86_64-linux-gnu" in name for name in compiled)


def test_only_the_service_reaches_the_package(zipped: Path) -> None:
    with zipfile.ZipFile(zipped) as archive:
        names = archive.namelist()
    assert not [name for name in names if name.startswith(("tests/", "infra/", "frontend/", "boto3/"))]


def test_the_functions_have_the_times_they_need(zipped: Path) -> None:
    resources = json.loads(zipped.with_name("sam.json").read_text())["Resources"]
    timeouts = {name: one["Properties"]["Timeout"] for name, one in resources.items() if "Function" in one["Type"]}
    assert timeouts == {"APIHandler": 29, "Expire": 10, "Sweep": 60, "Publish": 60, "Migrate": 300}
