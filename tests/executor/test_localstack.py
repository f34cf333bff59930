"""LocalStack as a program of this project: how it starts, what it refuses and what it leaves to the API."""

import os
import signal
import socket
from pathlib import Path
from typing import Any

import boto3
import httpx
import psutil
import pytest

from infra.local import localstack as program
from infra.local.localstack import LocalStack
from infra.problems import PlatformError
from tests.executor.conftest import Deploy

SHOP = {"Origin": "https://shop.example"}


def test_listens_on_this_machine_only(localstack: LocalStack) -> None:
    connections = psutil.Process(localstack.pid).net_connections("inet")
    listening = {connection.laddr.ip for connection in connections if connection.status == psutil.CONN_LISTEN}
    assert listening == {"127.0.0.1"}


def test_start_ends_what_an_earlier_run_left_behind_even_if_it_hangs(own_localstack: LocalStack) -> None:
    os.kill(own_localstack.pid, signal.SIGSTOP)
    again = LocalStack(own_localstack.run_directory, own_localstack.port)
    again.start()
    try:
        assert httpx.get(f"{again.url}/_localstack/health").is_success
        assert own_localstack.pid != again.pid
        assert program.RunLock(again.run_directory).holder == again.pid
    finally:
        again.stop()


def test_port_in_use_is_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(PlatformError, match=f"^Port {port}, .* is in use by another program.$"):
            LocalStack(tmp_path / "run", port).start()


def test_death_while_starting_shows_the_last_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "environment", lambda *_: {"GATEWAY_WORKER_COUNT": "many"})
    with pytest.raises(PlatformError, match="^LocalStack ended while starting: .*'many'.*localstack.log"):
        LocalStack(tmp_path / "run").start()


def test_interrupted_start_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    localstack = LocalStack(tmp_path / "run")

    def interrupted() -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(localstack, "_answers", interrupted)
    with pytest.raises(KeyboardInterrupt):
        localstack.start()
    assert program.RunLock(localstack.run_directory).holder is None


def test_user_environment_does_not_reach_localstack(localstack: LocalStack) -> None:
    variables = Path(f"/proc/{localstack.pid}/environ")
    if variables.exists():  # Linux only
        names = {entry.partition(b"=")[0] for entry in variables.read_bytes().split(b"\0")}
        assert b"PYTEST_CURRENT_TEST" not in names


@pytest.fixture(scope="module")
def keys() -> dict[str, str]:
    """What boto3 wants to know and LocalStack does not look at."""
    return {"region_name": "us-east-1", "aws_access_key_id": "test", "aws_secret_access_key": "test"}


@pytest.fixture
def api_url(localstack: LocalStack, deploy: Deploy, keys: dict[str, str]) -> str:
    """Put a function behind API Gateway."""
    function = f"arn:aws:lambda:us-east-1:000000000000:function:{deploy('web').name}"
    client: Any = boto3.client("apigateway", endpoint_url=localstack.url, **keys)
    api = client.create_rest_api(name="cors")["id"]
    at = {"restApiId": api, "resourceId": client.get_resources(restApiId=api)["items"][0]["id"], "httpMethod": "ANY"}
    client.put_method(authorizationType="NONE", **at)
    uri = f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{function}/invocations"
    client.put_integration(type="AWS_PROXY", integrationHttpMethod="POST", uri=uri, **at)
    client.create_deployment(restApiId=api, stageName="api")
    client.close()
    return f"{localstack.url}/_aws/execute-api/{api}/api/"


@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_cors_headers_are_the_ones_of_the_api_alone(api_url: str, method: str) -> None:
    asked = {**SHOP, "Access-Control-Request-Method": "POST"}
    response = httpx.request(method, api_url, headers=asked)
    assert (response.status_code, response.text) == (418, method)
    about_cors = {name: value for name, value in response.headers.items() if name.startswith("access-control-")}
    assert about_cors == {
        "access-control-allow-origin": "https://shop.example",
        "access-control-expose-headers": "ETag",
    }
