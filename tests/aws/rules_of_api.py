"""What must be true of the REST API. A rule yields what is wrong."""

from collections.abc import Iterator
from typing import Any

from infra.gateway_responses import rendered
from tests.aws.templates import Templates, of_type

LIVE = (
    "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/"
    "${APIHandler.Arn}:live/invocations"
)


def body(templates: Templates) -> dict[str, Any]:
    """The API's definition."""
    found: dict[str, Any] = templates.service["RestAPI"]["Properties"]["Body"]
    return found


def methods(templates: Templates) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Path, method and definition of everything that the API answers."""
    for path, found in body(templates)["paths"].items():
        yield from ((path, method, definition) for method, definition in found.items())


def requests_reach_the_live_function(templates: Templates) -> Iterator[str]:
    for path, method, definition in methods(templates):
        integration = definition["x-amazon-apigateway-integration"]
        expected = ("mock", None) if method == "options" else ("aws_proxy", LIVE)
        if (integration["type"], integration.get("uri")) != expected:
            yield f"{method} {path} is answered by {integration['type']} {integration.get('uri')}"


def live_function_may_be_called_by_the_api(templates: Templates) -> Iterator[str]:
    permission = templates.service["APIHandlerInvokePermission"]["Properties"]
    if permission["FunctionName"] != {"Ref": "APIHandlerAliaslive"}:
        yield "the API may not call the alias"


def only_cloudfront_has_the_key(templates: Templates) -> Iterator[str]:
    for path, method, definition in methods(templates):
        if method != "options" and definition.get("security") != [{"api_key": []}]:
            yield f"{method} {path} needs no key"
    plans = of_type(templates.service, "AWS::ApiGateway::UsagePlanKey").values()
    keys = [key["KeyId"] for key in plans]
    if keys != [{"Ref": "RestAPIApiKey"}]:
        yield "the usage plan lacks the key"


def api_is_of_the_region(templates: Templates) -> Iterator[str]:
    types = templates.service["RestAPI"]["Properties"].get("EndpointConfiguration", {}).get("Types")
    if types != ["REGIONAL"]:
        yield f"the API's endpoint is {types}"


def api_has_the_stage_s_name(templates: Templates) -> Iterator[str]:
    if body(templates)["info"]["title"] != f"flash-sale-{templates.values['Stage']}":
        yield "metrics do not tell the stages apart"


def api_throttles_every_method(templates: Templates) -> Iterator[str]:
    settings = templates.service["RestAPIapiStage"]["Properties"].get("MethodSettings", [])
    if [(one["ResourcePath"], one["HttpMethod"]) for one in settings] != [("/*", "*")]:
        yield "not every method is throttled"
    for one in settings:
        if not ("ThrottlingRateLimit" in one and "ThrottlingBurstLimit" in one):
            yield "a method has no limit"


def gateway_refuses_in_the_service_s_words(templates: Templates) -> Iterator[str]:
    if body(templates).get("x-amazon-apigateway-gateway-responses") != rendered("*"):
        yield "API Gateway refuses in its own words"


RULES = (
    requests_reach_the_live_function,
    live_function_may_be_called_by_the_api,
    only_cloudfront_has_the_key,
    api_is_of_the_region,
    api_has_the_stage_s_name,
    api_throttles_every_method,
    gateway_refuses_in_the_service_s_words,
)
