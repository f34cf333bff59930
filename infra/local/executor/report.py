"""The answer and the log of an invocation, in AWS's words."""

from infra.local.executor.messages import (
    Answered,
    Ended,
    Event,
    Function,
    InitFailed,
    Invocation,
    error_payload,
)


def result(event: Event, invocation: Invocation, function: Function) -> tuple[bytes, bool, str]:
    """Return the payload, whether it is an error, and a line for the log, which may be empty."""
    match event:
        case Answered(_, body, failed):
            return body, failed, ""
        case InitFailed(error):
            return error, True, ""
        case Ended(reason):
            kind, message = "Runtime.ExitError", f"Runtime exited with error: {reason}"
        case _:
            kind, message = "Sandbox.Timedout", f"Task timed out after {function.timeout:.2f} seconds"
    text = f"RequestId: {invocation.request_id} Error: {message}"
    return error_payload(kind, text), True, f"{text} {kind}"


def log(invocation: Invocation, function: Function, before: str, printed: str, seconds: float) -> str:
    """Return the log of an invocation: the output of the start and of the invocation, between AWS's lines."""
    request_id, milliseconds = invocation.request_id, seconds * 1000
    return (
        f"{before}START RequestId: {request_id} Version: {function.version}\n"
        f"{printed}END RequestId: {request_id}\n"
        f"REPORT RequestId: {request_id}\tDuration: {milliseconds:.2f} ms\tMemory Size: {function.memory} MB\n"
    )
