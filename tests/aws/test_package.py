"""What `make package` builds runs where nothing but Lambda's own runtime is."""

import json
import re
import struct
import subprocess
import zipfile
from copy import deepcopy
from pathlib import Path

import pytest

from infra.aws import package, rendering
from infra.aws.package import SETTINGS, Package
from infra.local.installation import FUNCTIONS, ensure_installed
from infra.paths import ROOT
from infra.problems import PlatformError

AARCH64 = 0xB7
"""The machine in an ELF header."""
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
from aws_lambda_powertools import Metrics
from chalicelib.jobs.expiry_messages import deliver_batch
from joserfc import jwt
from joserfc.jwk import RSAKey
key = RSAKey.generate_key(2048)
print(jwt.decode(jwt.encode({"alg": "RS256"}, {"sub": "someone"}, key), key, algorithms=["RS256"]).claims["sub"])
record = {"messageId": "malformed", "eventSource": "aws:sqs", "body": ""}
print(deliver_batch({"Records": [record]}, None, None)["batchItemFailures"][0]["itemIdentifier"])
"""
"""What a first request does not load, but a later one may: an identity provider's token, a batch of messages."""
VARIABLES = {"DATABASE_URL": "postgresql://nowhere", "EXPIRY_QUEUE_URL": "http://nowhere"}


@pytest.fixture(scope="module")
def task(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package for this machine, as Lambda lays it out."""
    directory = tmp_path_factory.mktemp("here")
    built = package.build("dev", directory / "built", package.HERE)
    with zipfile.ZipFile(built.zip) as archive:
        archive.extractall(directory / "task")
    return directory / "task"


def said(code: str, directory: Path) -> list[str]:
    """What Python code prints, word by word, where there is only the package and Lambda's runtime."""
    ensure_installed()
    command = [FUNCTIONS.python, "-I", "-c", code, directory]
    done = subprocess.run(command, env=VARIABLES, cwd=directory, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_it_imports_with_only_what_lambda_has(task: Path) -> None:
    migrations = len(list((ROOT / "chalicelib" / "db" / "migrations").glob("*.sql")))
    assert said(IMPORTING, task) == ["flash-sale", str(migrations)]


def test_nothing_was_left_out_that_is_loaded_later(task: Path) -> None:
    words = said(VERIFYING, task)
    assert (words[0], words[-1]) == ("someone", "malformed")


def test_it_has_the_packages_that_were_tried_here(built: Package, task: Path) -> None:
    with zipfile.ZipFile(built.zip) as archive:
        packed = {Path(name).parts[0] for name in archive.namelist() if ".dist-info/" in name}
    assert packed == {directory.name for directory in task.glob("*.dist-info")}


def test_all_machine_code_is_for_arm64(built: Package) -> None:
    with zipfile.ZipFile(built.zip) as archive:
        libraries = [name for name in archive.namelist() if ".so" in Path(name).suffixes]
        machines = {name: struct.unpack("<H", archive.read(name)[18:20])[0] for name in libraries}
        tags = [
            line.split("-")[-1]
            for name in archive.namelist()
            if name.endswith(".dist-info/WHEEL")
            for line in archive.read(name).decode().splitlines()
            if line.startswith("Tag: ")
        ]
    assert machines
    assert set(machines.values()) == {AARCH64}
    assert all(tag == "any" or tag.endswith("_aarch64") for tag in tags)


def test_it_is_small(built: Package) -> None:
    assert built.zip.stat().st_size < 15_000_000


def test_a_large_one_is_refused(built: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "LARGEST", 1_000_000)
    with pytest.raises(PlatformError, match=r"^The package has 1\d\.\d MB, more than the 1 MB it may have: .*\.$"):
        package.check_size(built.zip)


def test_only_the_service_reaches_the_package(built: Package) -> None:
    with zipfile.ZipFile(built.zip) as archive:
        names = archive.namelist()
    assert not [name for name in names if name.startswith(("tests/", "infra/", "frontend/", "boto3/", ".chalice/"))]


def test_it_has_the_roots_that_the_functions_verify_the_database_with(built: Package) -> None:
    named = set(re.findall(r"sslrootcert=/var/task/([\w/.]+)", built.templates["service"].read_text()))
    with zipfile.ZipFile(built.zip) as archive:
        assert named & set(archive.namelist()) == named != set()


def test_the_same_code_has_the_same_key_for_every_stage(built: Package, tmp_path: Path) -> None:
    assert package.build("dev", tmp_path).code_key == built.code_key


def test_the_functions_run_the_code_of_that_key(built: Package) -> None:
    resources = json.loads(built.templates["service"].read_text())["Resources"].values()
    code = [one["Properties"]["Code"] for one in resources if one["Type"] == "AWS::Lambda::Function"]
    assert code
    assert all(one == {"S3Bucket": {"Ref": "CodeBucket"}, "S3Key": built.code_key} for one in code)


def test_another_setting_makes_new_versions(built: Package) -> None:
    merged = json.loads(built.zip.with_name("sam.json").read_text())

    def versions(settings: rendering.Settings) -> set[str]:
        resources = rendering.service(deepcopy(merged), built.code_key, settings)["Resources"]
        return {name for name, one in resources.items() if one["Type"] == "AWS::Lambda::Version"}

    before = versions(SETTINGS["prod"])
    assert before == versions(deepcopy(SETTINGS["prod"]))
    assert not before & versions({**SETTINGS["prod"], "service": {"HoldSeconds": "60"}})


def test_no_stage_but_those_that_are_configured() -> None:
    with pytest.raises(PlatformError, match=r"^STAGE must be one of dev, prod, not 'local'\.$"):
        package.build("local")
