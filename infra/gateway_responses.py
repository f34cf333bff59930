"""What API Gateway answers when it refuses a request itself, before any function runs.

`gateway_responses.json` names status and problem for each kind of refusal; kinds missing there fall under
DEFAULT_4XX and DEFAULT_5XX. The rendering here fits the API of API Gateway and a CloudFormation template alike.
"""

import json
from pathlib import Path
from typing import NotRequired, TypedDict

DATA = Path(__file__).with_suffix(".json")
PROBLEM_TYPE = "urn:flash-sale:problem:"
HEADER = "gatewayresponse.header."
EXPOSED_HEADERS = "Retry-After"


class Refusal(TypedDict):
    """One entry of the data file; `retryAfter` is in seconds."""

    status: int
    name: str
    title: str
    detail: str
    retryAfter: NotRequired[int]


class Rendered(TypedDict):
    """A gateway response in API Gateway's own terms."""

    statusCode: str
    responseParameters: dict[str, str]
    responseTemplates: dict[str, str]


def rendered(cors_origin: str) -> dict[str, Rendered]:
    """The gateway response of each kind of refusal, readable for scripts of the origin."""
    refusals: dict[str, Refusal] = json.loads(DATA.read_text())
    return {kind: _render(refusal, cors_origin) for kind, refusal in refusals.items()}


def _render(refusal: Refusal, cors_origin: str) -> Rendered:
    """The body is a fixed text: nothing of the request is repeated in it."""
    problem = {"type": PROBLEM_TYPE + refusal["name"], "title": refusal["title"]}
    body = json.dumps({**problem, "status": refusal["status"], "detail": refusal["detail"]})
    headers = {
        "Access-Control-Allow-Origin": cors_origin,
        "Access-Control-Expose-Headers": EXPOSED_HEADERS,
        "Cache-Control": "no-store",
        "Content-Type": "application/problem+json",
    }
    if "retryAfter" in refusal:
        headers["Retry-After"] = str(refusal["retryAfter"])
    return {
        "statusCode": str(refusal["status"]),
        "responseParameters": {f"{HEADER}{name}": f"'{value}'" for name, value in headers.items()},
        "responseTemplates": {"application/json": body},
    }
