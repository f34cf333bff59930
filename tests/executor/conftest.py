"""Functions deployed into the LocalStack of the session, and a place where functions and tests meet."""

import base64
import io
import json
import socket
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self
from uuid import uuid4

import boto3
import psutil
import pytest
from botocore.config import Config

from infra.local.localstack import LocalStack, ensure_installed

FUNCTIONS = Path(__file__).parent / "functions"
SECONDS_TO_WAIT = 30


@dataclass(frozen=True)
class Reply:
    """What the caller of a function gets."""

    payload: Any
    error: str | None
    log: str


@dataclass(frozen=True)
class Deployed:
    """A function in a LocalStack."""

    name: str
    client: Any

    def invoke(self, do: str = "echo", **event: Any) -> Reply:
        """Invoke and wait; the log is the end of the invocation's own."""
        body = json.dumps({"do": do, **event}, ensure_ascii=False).encode()
        reply = self.client.invoke(FunctionName=self.name, Payload=body, LogType="Tail")
        log = base64.b64decode(reply["LogResult"]).decode()
        return Reply(json.loads(reply["Payload"].read()), reply.get("FunctionError"), log)

    def delete(self) -> None:
        """Delete the function, and with it its environments."""
        self.client.delete_function(FunctionName=self.name)


Deploy = Callable[..., Deployed]


def lambda_client(url: str) -> Any:
    """Call Lambda without retries, which would hide what a test looks for."""
    settings = Config(retries={"total_max_attempts": 1}, read_timeout=SECONDS_TO_WAIT, max_pool_connections=50)
    keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
    return boto3.client("lambda", endpoint_url=url, region_name="us-east-1", config=settings, **keys)


def deployed(client: Any, module: str = "actor", timeout: int = 20, **variables: str) -> Deployed:
    """Deploy one of the modules beside this file under a name of its own."""
    name = f"{module}-{uuid4().hex[:8]}"
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        archive.write(FUNCTIONS / f"{module}.py", f"{module}.py")
    client.create_function(
        FunctionName=name,
        Runtime="python3.13",
        Role="arn:aws:iam::000000000000:role/any",
        Handler=f"{module}.handler",
        Code={"ZipFile": package.getvalue()},
        Timeout=timeout,
        Environment={"Variables": variables},
    )
    return Deployed(name, client)


@pytest.fixture
def own_localstack(tmp_path: Path) -> Iterator[LocalStack]:
    """Run a LocalStack for one test, which may do to it what it likes."""
    ensure_installed()
    localstack = LocalStack(tmp_path / "run")
    localstack.start()
    yield localstack
    localstack.stop()


@pytest.fixture(scope="session")
def client(localstack: LocalStack) -> Iterator[Any]:
    """Call Lambda in the shared LocalStack."""
    client = lambda_client(localstack.url)
    yield client
    client.close()


@pytest.fixture
def deploy(client: Any) -> Iterator[Deploy]:
    """Deploy functions that go when the test ends."""
    functions: list[Deployed] = []

    def deploy(*arguments: Any, **settings: Any) -> Deployed:
        functions.append(deployed(client, *arguments, **settings))
        return functions[-1]

    yield deploy
    for function in functions:
        function.delete()


@pytest.fixture(scope="session")
def actor(client: Any) -> Deployed:
    """Have one function for all tests that leave it as they found it."""
    return deployed(client)


@dataclass
class Meeting:
    """Functions call in and stay until they are let go."""

    server: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0), backlog=50))
    lines: list[socket.socket] = field(default_factory=list)

    @property
    def port(self) -> int:
        """Where to call."""
        return int(self.server.getsockname()[1])

    def arrivals(self, count: int) -> list[psutil.Process]:
        """Wait until that many functions are here at the same time; their processes and those they brought."""
        self.server.settimeout(SECONDS_TO_WAIT)
        return [process for _ in range(count) for process in self._arrival()]

    def let_go(self) -> None:
        """End the meeting."""
        while self.lines:
            self.lines.pop().close()

    def _arrival(self) -> list[psutil.Process]:
        line, _ = self.server.accept()
        line.settimeout(SECONDS_TO_WAIT)
        self.lines.append(line)
        with line.makefile() as text:
            return [psutil.Process(pid) for pid in json.loads(text.readline())["pids"]]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.let_go()
        self.server.close()


@pytest.fixture
def meeting() -> Iterator[Meeting]:
    """Hold a meeting."""
    with Meeting() as meeting:
        yield meeting


def alive(processes: list[psutil.Process]) -> list[psutil.Process]:
    """Those that still run. One that is ending frees the run's lock after its memory, and then waits to be noted."""
    return [process for process in processes if _has_memory(process)]


def _has_memory(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.cmdline() != []
    except psutil.NoSuchProcess:  # or only its entry is left
        return False


def ended(processes: list[psutil.Process]) -> bool:
    """Whether all of them end soon."""
    _, alive = psutil.wait_procs(processes, timeout=SECONDS_TO_WAIT)
    return not alive
