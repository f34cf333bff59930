"""What happens before a function runs, and what it finds when it does."""

from pathlib import Path

import pytest

from infra.local.localstack import LocalStack
from tests.executor.conftest import Deploy, Deployed


def test_init_error_is_told_to_the_caller_and_to_the_log(deploy: Deploy) -> None:
    reply = deploy("init_error").invoke()
    assert reply.error == "Unhandled"
    assert reply.payload["errorType"] == "RuntimeError"
    assert reply.payload["errorMessage"] == "no configuration"
    assert "about to fail" in reply.log
    assert "no configuration" in reply.log


def test_function_that_cannot_start_is_tried_once_each_time(deploy: Deploy, localstack: LocalStack) -> None:
    function = deploy("init_error")
    replies = [function.invoke() for _ in range(3)]
    assert [reply.payload["errorType"] for reply in replies] == ["RuntimeError"] * 3
    assert [reply.log.count("about to fail") for reply in replies] == [1, 1, 1]
    assert (localstack.function_logs / f"{function.name}.log").read_text().count("about to fail") == 3


def test_package_missing_from_the_zip_is_missing(deploy: Deploy) -> None:
    reply = deploy("missing_package").invoke()
    assert reply.payload["errorType"] == "Runtime.ImportModuleError"
    assert "No module named 'chalice'" in reply.payload["errorMessage"]


def test_process_that_ends_while_loading_is_an_exit_error(deploy: Deploy) -> None:
    reply = deploy("dies_loading").invoke()
    assert reply.payload["errorType"] == "Runtime.ExitError"
    assert "exit status 7" in reply.payload["errorMessage"]
    assert "dying" in reply.log


@pytest.mark.parametrize("module", ["boto3", "botocore", "awslambdaric"])
def test_function_finds_what_aws_provides(actor: Deployed, module: str) -> None:
    assert "lambda-venv" in actor.invoke("load", module=module).payload


@pytest.mark.parametrize("module", ["localstack", "chalice", "psutil", "pip", "infra"])
def test_function_does_not_find_what_is_ours(actor: Deployed, module: str) -> None:
    assert actor.invoke("load", module=module).payload["errorType"] == "ModuleNotFoundError"


def test_function_sees_its_own_variables_and_none_of_localstack(deploy: Deploy) -> None:
    variables = deploy(HOLD_SECONDS="5", GREETING="grüezi").invoke("environment").payload["variables"]
    assert variables["HOLD_SECONDS"] == "5"
    assert variables["GREETING"] == "grüezi"
    assert variables["AWS_ENDPOINT_URL"].startswith("http://127.0.0.1:")
    assert not {"LAMBDA_RUNTIME_EXECUTOR", "SERVICES", "PYTHONPATH", "GATEWAY_LISTEN"} & variables.keys()


def test_function_loads_its_code_first_from_its_package(actor: Deployed) -> None:
    found = actor.invoke("environment").payload
    assert found["path"][0] == found["variables"]["LAMBDA_TASK_ROOT"]
    assert (Path(found["path"][0]) / "actor.py").exists()
