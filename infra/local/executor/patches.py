"""Changes to LocalStack 4.14, made in its own process when it starts."""

from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from localstack.http import Response
from localstack.services.apigateway.next_gen.execute_api.context import RestApiInvocationContext
from localstack.services.apigateway.next_gen.execute_api.gateway_response import (
    BaseGatewayException,
    get_gateway_response_or_default,
)
from localstack.services.apigateway.next_gen.execute_api.handlers.gateway_exception import GatewayExceptionHandler
from localstack.services.s3 import provider as s3
from localstack.services.sqs import provider as sqs
from localstack.utils.scheduler import Scheduler
from twisted.internet import endpoints
from twisted.web import http

LOOPBACK = "127.0.0.1"
HEADER = "gatewayresponse.header."
VARIABLE = "$context"

SECONDS_BETWEEN_LOOKS = 0.1
CONTENT_TYPES_KEPT = 100

_ORIGINAL = GatewayExceptionHandler.create_exception_response


def listen_on_loopback_only() -> None:
    """Let servers for IPv4 listen on the loopback address only.

    LocalStack takes the port from GATEWAY_LISTEN and listens on every address, where anyone on the same network could
    run code on this machine.
    """
    endpoints.TCP4ServerEndpoint = partial(endpoints.TCP4ServerEndpoint, interface=LOOPBACK)


def store_objects_in(directory: Path) -> None:
    """Keep the objects of S3 in this directory, not in one that all users of the machine share."""
    s3.DEFAULT_S3_TMP_DIR = str(directory)


def deliver_delayed_messages_in_time() -> None:
    """Let SQS look ten times a second for messages whose delay is over. LocalStack looks once; AWS is never late."""
    sqs.Scheduler = _OftenScheduler


class _OftenScheduler(Scheduler):  # type: ignore[misc] # LocalStack has no types here
    def schedule(self, task: Callable[..., object], **options: Any) -> Any:
        """Schedule one of SQS's tasks."""
        if task.__name__ == sqs.QueueUpdateWorker.do_update_all_queues.__name__:
            options["period"] = SECONDS_BETWEEN_LOOKS
        return super().schedule(task, **options)


def spare_work_for_each_request() -> None:
    """Let Twisted parse each Content-Type once, and format no line for an access log that nothing keeps.

    The two take a sixth of what LocalStack needs for a request, in its one thread that reads from all connections.
    """
    http._parseContentType = lru_cache(CONTENT_TYPES_KEPT)(http._parseContentType)
    http.HTTPFactory.log = _log_nothing


def _log_nothing(_factory: http.HTTPFactory, _request: http.Request) -> None:
    """In place of the access log."""


def use_whole_gateway_responses() -> None:
    """Answer refused requests with the configured body and headers, as AWS does; LocalStack uses only the status.

    Templates with variables, which this project has none of, are left to LocalStack.
    """
    GatewayExceptionHandler.create_exception_response = _response


def _response(
    handler: GatewayExceptionHandler, refusal: BaseGatewayException, context: RestApiInvocationContext
) -> Response:
    """Return the configured response for this kind of refusal, or LocalStack's own if there is none."""
    configured = get_gateway_response_or_default(refusal.type, context.deployment.rest_api.gateway_responses)
    body = next(iter(configured["responseTemplates"].values()))
    if VARIABLE in body:
        return _ORIGINAL(handler, refusal, context)
    headers = {name.removeprefix(HEADER): value.strip("'") for name, value in configured["responseParameters"].items()}
    status = configured["statusCode"] or refusal.status_code
    return Response(response=body, headers={"x-amzn-ErrorType": refusal.code, **headers}, status=status)
