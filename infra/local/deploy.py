"""Deploy the application to LocalStack: `chalice deploy`, and the resources that Chalice does not create."""

import json
import sys
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from infra import emulated_aws, gateway_responses, packages, staging
from infra.local import messaging, settings
from infra.local.settings import Settings
from infra.local.teardown import tear_down
from infra.paths import LOCAL, ROOT
from infra.problems import PlatformError
from infra.programs import run

STAGE = "local"
API_NAME = "flash-sale"
FUNCTIONS = f"{API_NAME}-{STAGE}"
PUBLISHING = f"{FUNCTIONS}-publish-event"
"""Chalice's name for the rule that starts the publish function."""
API_VERSION = "2015-03-31"  # of Lambda
DIRECTORY = LOCAL / "deploy"


@dataclass(frozen=True, slots=True)
class Deployment:
    """Where to deploy to, and the variables of the functions."""

    endpoint_url: str
    database_url: str
    settings: Settings
    directory: Path = DIRECTORY
    visibility_seconds: int = messaging.VISIBILITY_SECONDS
    on_this_machine: bool = False
    """Whether functions run on this machine, as in a LocalStack that was started here.

    Then they import the third-party packages from their folder, and the deployment package has 0.4 MB instead of 15 MB.
    """

    def variables(self, queue_url: str) -> dict[str, str]:
        """Return the variables of the functions."""
        packages_path = {"PYTHONPATH": str(packages.HERE)} if self.on_this_machine else {}
        own = {"DATABASE_URL": self.database_url, "EXPIRY_QUEUE_URL": queue_url}
        return {**self.settings.service, **own, **packages_path}


def deploy(deployment: Deployment) -> str:
    """Deploy everything anew, from queues to sample data; return the API's base address."""
    tear_down(deployment.endpoint_url, FUNCTIONS, API_NAME)
    staging.forget_deployment(deployment.directory, STAGE)
    api_url = update(deployment)
    migrate(deployment.endpoint_url, sample_data=True)
    return api_url


def update(deployment: Deployment) -> str:
    """Deploy changed code and variables over an earlier deployment; return the API's base address."""
    queue_url = messaging.ensure_queues(deployment.endpoint_url, deployment.visibility_seconds)
    bundle = packages.ensure(ROOT / "requirements.txt", packages.HERE)
    staging.copy(deployment.directory, None if deployment.on_this_machine else bundle)
    staging.configure(deployment.directory, STAGE, deployment.variables(queue_url))
    _chalice_deploy(deployment)
    _report_single_failures(deployment.endpoint_url)
    chosen = settings.parsed(deployment.settings.service)
    messaging.ensure_bus(deployment.endpoint_url, chosen.event_bus_name, PUBLISHING)
    api_id = _api_id(deployment.directory)
    _apply_gateway_responses(deployment.endpoint_url, api_id, chosen.cors_origin)
    staging.prune(deployment.directory)
    return f"{deployment.endpoint_url}/_aws/execute-api/{api_id}/api"


def migrate(endpoint_url: str, *, sample_data: bool) -> dict[str, Any]:
    """Invoke the function that migrates the database, as in AWS; return its answer."""
    client = emulated_aws.client("lambda", endpoint_url, read_seconds=300)
    payload = json.dumps({"sampleData": sample_data})
    reply = client.invoke(FunctionName=f"{FUNCTIONS}-migrate", Payload=payload)
    answer: dict[str, Any] = json.loads(reply["Payload"].read())
    if "FunctionError" in reply:
        raise PlatformError(f"The database could not be migrated: {answer.get('errorMessage', answer)}")
    return answer


def _chalice_deploy(deployment: Deployment) -> None:
    """Run `chalice deploy`. It reads LocalStack's address from its environment."""
    program = Path(sys.executable).with_name("chalice")
    run(
        [program, "deploy", "--stage", STAGE],
        name="deploying with Chalice",
        environment={
            **emulated_aws.environment(deployment.settings.system),
            "AWS_ENDPOINT_URL": deployment.endpoint_url,
            "AWS_DATA_PATH": str(_impatient_waiters(deployment.directory / "botocore")),
        },
        directory=deployment.directory,
    )


def _impatient_waiters(directory: Path) -> Path:
    """Return a data path for botocore with which Chalice looks ten times a second whether a function is updated.

    It would look every 5 s, twice for each function: half a minute, in which LocalStack does nothing.
    """
    source = files("botocore") / "data" / "lambda" / API_VERSION / "waiters-2.json"
    waiters = json.loads(source.read_text())
    for waiter in waiters["waiters"].values():
        waiter |= {"delay": 0.1, "maxAttempts": 600}
    target = directory / "lambda" / API_VERSION / source.name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(waiters))
    return directory


def _report_single_failures(endpoint_url: str) -> None:
    """Let the expire function report single failed messages, so that the others of a batch are not delivered again."""
    client = emulated_aws.client("lambda", endpoint_url)
    mapping = expiry_mapping(endpoint_url)
    client.update_event_source_mapping(UUID=mapping["UUID"], FunctionResponseTypes=["ReportBatchItemFailures"])


def expiry_mapping(endpoint_url: str) -> dict[str, Any]:
    """Return the event source mapping of the expire function."""
    client = emulated_aws.client("lambda", endpoint_url)
    answer: dict[str, list[dict[str, Any]]] = client.list_event_source_mappings(FunctionName=f"{FUNCTIONS}-expire")
    return answer["EventSourceMappings"][0]


def _api_id(directory: Path) -> str:
    """Return the id of the API in API Gateway."""
    apis = [resource for resource in staging.deployed(directory, STAGE) if resource["resource_type"] == "rest_api"]
    return apis[0]["rest_api_id"]


def _apply_gateway_responses(endpoint_url: str, api_id: str, cors_origin: str) -> None:
    """Set the gateway responses, which Chalice does not know; a new deployment of the API's stage applies them."""
    client = emulated_aws.client("apigateway", endpoint_url)
    for kind, response in gateway_responses.rendered(cors_origin).items():
        client.put_gateway_response(restApiId=api_id, responseType=kind, **response)
    client.create_deployment(restApiId=api_id, stageName="api")
