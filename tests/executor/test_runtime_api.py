"""AWS's Runtime API as a process sees it; without LocalStack."""

import http.client
from collections.abc import Iterator
from queue import SimpleQueue

import pytest

from infra.local.executor.messages import MAX_RESPONSE_BYTES, Answered, Event, InitFailed, Invocation, Ready
from infra.local.executor.runtime_api import PREFIX, RuntimeApi
from tests.waiting import eventually

INVOCATION = Invocation("id-1", "arn:aws:lambda:f", "Root=1", "größe".encode(), deadline=1234.5678)


class Runtime:
    """A process's side of the conversation, and what the other side made of it."""

    def __init__(self) -> None:
        self.work: SimpleQueue[Invocation | None] = SimpleQueue()
        self.events: SimpleQueue[Event] = SimpleQueue()
        self.api = RuntimeApi(self.work, self.events)
        self.connection = http.client.HTTPConnection(self.api.address, timeout=20)

    def post(self, path: str, body: bytes, *, chunked: bool = False) -> int:
        """Send an answer; the status."""
        pieces = (body[start : start + 100_000] for start in range(0, len(body), 100_000))
        self.connection.request("POST", PREFIX + path, pieces if chunked else body, encode_chunked=chunked)
        return self.done()[0]

    def get(self, path: str) -> tuple[int, bytes, http.client.HTTPMessage]:
        """Ask for something."""
        self.connection.request("GET", PREFIX + path)
        return self.done()

    def done(self) -> tuple[int, bytes, http.client.HTTPMessage]:
        """Status, body and headers of the reply."""
        response = self.connection.getresponse()
        return response.status, response.read(), response.headers


@pytest.fixture
def runtime() -> Iterator[Runtime]:
    """Talk to a Runtime API."""
    runtime = Runtime()
    yield runtime
    runtime.connection.close()
    runtime.api.close()


def test_next_hands_over_the_invocation(runtime: Runtime) -> None:
    runtime.work.put(INVOCATION)
    status, body, headers = runtime.get("/invocation/next")
    assert (status, body.decode()) == (200, "größe")
    assert headers["Lambda-Runtime-Aws-Request-Id"] == "id-1"
    assert headers["Lambda-Runtime-Deadline-Ms"] == "1234567"
    assert headers["Lambda-Runtime-Invoked-Function-Arn"] == "arn:aws:lambda:f"
    assert headers["Lambda-Runtime-Trace-Id"] == "Root=1"
    assert runtime.events.get_nowait() == Ready()


def test_end_of_work_hangs_up(runtime: Runtime) -> None:
    runtime.work.put(None)
    with pytest.raises(http.client.RemoteDisconnected):
        runtime.get("/invocation/next")


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize("size", [0, 1, 250_000, MAX_RESPONSE_BYTES])
def test_response_arrives_whole(runtime: Runtime, size: int, *, chunked: bool) -> None:
    assert runtime.post("/invocation/id-1/response", b"x" * size, chunked=chunked) == 202
    assert runtime.events.get_nowait() == Answered("id-1", b"x" * size, failed=False)


@pytest.mark.parametrize("chunked", [False, True])
def test_response_that_is_too_large_is_refused_and_the_connection_lives_on(runtime: Runtime, *, chunked: bool) -> None:
    assert runtime.post("/invocation/id-1/response", b"x" * (MAX_RESPONSE_BYTES + 1), chunked=chunked) == 413
    answer = runtime.events.get_nowait()
    assert isinstance(answer, Answered)
    assert answer.last
    assert b"Function.ResponseSizeTooLarge" in answer.body
    assert runtime.post("/invocation/id-2/response", b"{}") == 202


def test_error_of_the_handler_is_told_from_a_response(runtime: Runtime) -> None:
    assert runtime.post("/invocation/id-1/error", b"{}") == 202
    assert runtime.events.get_nowait() == Answered("id-1", b"{}", failed=True)


def test_init_error_arrives(runtime: Runtime) -> None:
    assert runtime.post("/init/error", b'{"errorType": "X"}') == 202
    assert runtime.events.get_nowait() == InitFailed(b'{"errorType": "X"}')


@pytest.mark.parametrize("path", ["/", "/restore/next", "/invocation/id-1/else"])
def test_unknown_path_is_404(runtime: Runtime, path: str) -> None:
    assert runtime.get(path)[0] == 404
    assert runtime.post(path, b"{}") == 404
    assert runtime.events.empty()


def test_closing_is_no_fault_if_nobody_listens_any_more(runtime: Runtime) -> None:
    runtime.api.close()
    eventually(lambda: runtime.api.fileno() == -1, within=30)
    runtime.api.close()
