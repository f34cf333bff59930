"""Teach LocalStack to answer with the whole of a gateway response.

LocalStack 4.14 stores gateway responses and takes their status; body and headers it leaves as they are. AWS uses all
three. Texts are taken as they stand: templates with variables, which ours have none of, are not filled in.
"""

from localstack.http import Response
from localstack.services.apigateway.next_gen.execute_api.context import RestApiInvocationContext
from localstack.services.apigateway.next_gen.execute_api.gateway_response import (
    BaseGatewayException,
    get_gateway_response_or_default,
)
from localstack.services.apigateway.next_gen.execute_api.handlers.gateway_exception import GatewayExceptionHandler

HEADER = "gatewayresponse.header."
VARIABLE = "$context"


LOCALSTACKS_OWN = GatewayExceptionHandler.create_exception_response


def honour() -> None:
    """From now on, in this process, refusals look as they were configured."""
    GatewayExceptionHandler.create_exception_response = _response


def _response(
    handler: GatewayExceptionHandler, refusal: BaseGatewayException, context: RestApiInvocationContext
) -> Response:
    """The configured response for this kind of refusal, or LocalStack's own where there is none."""
    configured = get_gateway_response_or_default(refusal.type, context.deployment.rest_api.gateway_responses)
    body = next(iter(configured["responseTemplates"].values()))
    if VARIABLE in body:
        return LOCALSTACKS_OWN(handler, refusal, context)
    headers = {name.removeprefix(HEADER): value.strip("'") for name, value in configured["responseParameters"].items()}
    status = configured["statusCode"] or refusal.status_code
    return Response(response=body, headers={"x-amzn-ErrorType": refusal.code, **headers}, status=status)
