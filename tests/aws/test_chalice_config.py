"""`.chalice/config.json`: the stages that go to AWS."""

import json
from typing import Any

import pytest

from infra.aws.package import STAGES
from infra.paths import ROOT
from tests.aws.calls import API_HANDLER, handlers

DIRECTORY = ROOT / ".chalice"
CONFIG: dict[str, Any] = json.loads((DIRECTORY / "config.json").read_text())


def test_stages_are_those_with_settings_and_the_local_one() -> None:
    assert CONFIG["stages"].keys() == {"local", *STAGES}


@pytest.mark.parametrize("stage", STAGES)
def test_stage_has_graviton_traces_and_logs_that_end(stage: str) -> None:
    found = CONFIG["stages"][stage]
    days = found.pop("log_retention_in_days")
    assert days > 0
    assert found == {"lambda_architecture": "arm64", "api_gateway_endpoint_type": "REGIONAL", "xray": True}


def test_each_function_has_a_policy_of_its_own() -> None:
    functions = {name.lower() for name in handlers() if name != API_HANDLER} | {"api_handler"}
    assert CONFIG["lambda_functions"].keys() == functions
    files = [one["iam_policy_file"] for one in CONFIG["lambda_functions"].values()]
    assert sorted(files) == sorted(file.name for file in DIRECTORY.glob("policy-*.json"))
