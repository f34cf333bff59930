"""API Gateway's own refusals, as they are handed to it."""

import json

import pytest

from chalicelib.api.problems import CONTENT_TYPE, KINDS, TYPE_PREFIX
from infra.gateway_responses import Rendered, rendered

ORIGIN = "https://shop.example"
RESPONSES = rendered(ORIGIN)


@pytest.mark.parametrize("response", RESPONSES.values(), ids=RESPONSES.keys())
def test_each_is_a_problem_that_the_shop_s_scripts_may_read(response: Rendered) -> None:
    (body,) = response["responseTemplates"].values()
    problem = json.loads(body)
    assert problem.keys() == {"type", "title", "status", "detail"}
    assert str(problem["status"]) == response["statusCode"]
    headers = response["responseParameters"]
    assert headers["gatewayresponse.header.Content-Type"] == f"'{CONTENT_TYPE}'"
    assert headers["gatewayresponse.header.Access-Control-Allow-Origin"] == f"'{ORIGIN}'"


def test_they_have_the_names_and_statuses_of_the_service_s_own_problems() -> None:
    known = {TYPE_PREFIX + kind.name: kind.status for kind in KINDS.values()}
    problems = [json.loads(body) for one in RESPONSES.values() for body in one["responseTemplates"].values()]
    shared = [problem for problem in problems if problem["type"] in known]
    assert shared
    assert all(problem["status"] == known[problem["type"]] for problem in shared)


def test_who_must_wait_is_told_how_long() -> None:
    must_wait = [one for one in RESPONSES.values() if one["statusCode"] in {"429", "503"}]
    assert must_wait
    assert all("gatewayresponse.header.Retry-After" in one["responseParameters"] for one in must_wait)
