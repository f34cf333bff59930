"""The deployed functions by themselves."""

import pytest

from infra import emulated_aws
from infra.local.deploy import FUNCTIONS, expiry_mapping
from tests.localstack.deployed import Deployed

PACKAGE_BYTES_MAX = 1_000_000
"""Half of this is the project's own code with Chalice; with all third-party packages it would be 15 MB."""


def test_only_the_project_s_own_code_is_packed_for_a_localstack_on_this_machine(deployed: Deployed) -> None:
    client = emulated_aws.client("lambda", deployed.endpoint_url)
    assert client.get_function_configuration(FunctionName=FUNCTIONS)["CodeSize"] < PACKAGE_BYTES_MAX


def test_migrating_again_changes_nothing(deployed: Deployed) -> None:
    answer, error = deployed.invoke("migrate", {"sampleData": True})
    assert error is None
    assert answer == {"applied": [], "sampleProducts": 0}


def test_the_queue_is_told_of_single_failures(deployed: Deployed) -> None:
    assert expiry_mapping(deployed.endpoint_url)["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


def test_expire_names_the_messages_that_failed_and_only_those(deployed: Deployed) -> None:
    unknown = '{"reservationId": "00000000-0000-4000-8000-000000000000"}'
    records = [
        {"messageId": name, "body": body, "eventSource": "aws:sqs"} for name, body in [("good", unknown), ("bad", "{")]
    ]
    answer, error = deployed.invoke("expire", {"Records": records})
    assert error is None
    assert answer == {"batchItemFailures": [{"itemIdentifier": "bad"}]}


@pytest.mark.parametrize("event", [{}, [], None, {"requestContext": None}, {"httpMethod": "GET"}])
def test_the_api_answers_events_that_are_none(deployed: Deployed, event: object) -> None:
    answer, error = deployed.invoke("", event)
    assert error is None
    assert answer["statusCode"] == 404
