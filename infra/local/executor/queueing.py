"""Requests wait in line before they reach a function, instead of starting more environments than the machine can run.

A cold start takes about half a second of a core. On AWS each environment has cores of its own, so Lambda starts one for
every request that finds none free. Here 100 cold starts at once take a minute of two cores, in which nothing else gets
its turn. So API Gateway has at most MOST_ENVIRONMENTS requests under way, and answers the others in order of arrival.
One that has waited for PATIENCE_SECONDS goes on at once, as on AWS.
"""

from threading import Semaphore

from localstack.http import Response
from localstack.services.apigateway.next_gen.execute_api.context import RestApiInvocationContext
from localstack.services.apigateway.next_gen.execute_api.gateway import RestApiGateway

from infra.local.executor.host import MOST_ENVIRONMENTS

PATIENCE_SECONDS = 29
"""After so many seconds API Gateway gives up. With 10 s, when shoppers give up, an overload started ever more
environments for requests that nobody waited for: of 500 shoppers 397 requests were sent again, with 29 s 121."""

_original = RestApiGateway.process_with_context
_places = Semaphore(MOST_ENVIRONMENTS)


def install() -> None:
    """Let the requests to every API of this LocalStack wait in line."""
    RestApiGateway.process_with_context = _process_in_turn


def _process_in_turn(gateway: RestApiGateway, context: RestApiInvocationContext, response: Response) -> None:
    has_place = _places.acquire(timeout=PATIENCE_SECONDS)
    try:
        _original(gateway, context, response)
    finally:
        if has_place:
            _places.release()
