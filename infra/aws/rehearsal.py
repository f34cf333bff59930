"""`make rehearse-deploy`: deploy, use and destroy a stage on a fresh LocalStack, with the code that deploys to AWS."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from infra import emulated_aws
from infra.aws import package
from infra.aws.account import Account, ClientOf, clients_of
from infra.aws.asking import Asking
from infra.aws.bundle import Bundle
from infra.aws.deploy import bring, built_shop
from infra.aws.destroy import destroy
from infra.aws.events import StackFailedError
from infra.aws.operation import Operation
from infra.aws.rehearsed_sale import RehearsedSale, expect
from infra.aws.stack_states import make_ready
from infra.aws.stage import Stage
from infra.aws.status import status
from infra.local import postgres
from infra.local.installation import ensure_installed
from infra.local.localstack import LocalStack
from infra.local.localstack_settings import SERVICES
from infra.paths import LOCAL
from infra.terminal import Terminal

DIRECTORY = LOCAL / "rehearsal"
VARIABLES = {
    "SERVICES": f"{SERVICES},cloudwatch,ec2,logs,sns",
    "CFN_IGNORE_UNSUPPORTED_RESOURCE_TYPES": "1",
}
PRETENDED_ARNS = {
    "ProxyArn": "arn:aws:rds:us-east-1:000000000000:db-proxy:prx-pretended",
    "OwnerSecret": "arn:aws:secretsmanager:us-east-1:000000000000:secret:pretended",
}
"""In place of outputs of resources that LocalStack pretends: those are not ARNs, and policies need ARNs."""
FALLBACK = "is not supported but was deployed as a fallback"
BROKEN = {
    "Type": "AWS::Lambda::Permission",
    "Properties": {"FunctionName": "nowhere", "Action": "lambda:InvokeFunction", "Principal": "s3.amazonaws.com"},
}


class Pretended:
    """A stub of CloudFront and RDS, which LocalStack does not have: every call succeeds and does nothing."""

    def create_invalidation(self, **_: object) -> None:
        """Nothing is cached here."""

    def get_paginator(self, _: str) -> "Pretended":
        """Return what has the method `paginate`."""
        return self

    def paginate(self, **_: object) -> list[Any]:
        """There is no database here, so there is no page of snapshots."""
        return []


def rehearse(terminal: Terminal) -> None:
    """Deploy, sell, deploy again, break a first deployment, destroy; raises PlatformError where one goes wrong."""
    with _account(terminal) as (account, database_url):
        operation = Operation(Stage("dev", account), terminal, Asking(yes=True))
        with terminal.step("Package and shop"):
            values = {"DatabaseUrl": database_url, "OwnerDatabaseUrl": database_url}
            built = package.build("dev", DIRECTORY / "package", package.HERE)
            bundle = Bundle(built, built_shop(operation), PRETENDED_ARNS | values)
        bring(operation, bundle)
        RehearsedSale(operation).run()
        _deploy_again(operation, bundle)
        status(operation)
        _break_first_deployment(operation, bundle)
        _name_pretended(operation)
        _destroy(operation)


def _deploy_again(operation: Operation, bundle: Bundle) -> None:
    before = operation.artifacts.releases()
    bring(operation, bundle)
    expect(operation.artifacts.releases() == before, "A second deployment of the same is recorded as a release")


def _break_first_deployment(operation: Operation, bundle: Bundle) -> None:
    """Check that a failed first deployment names the resource that failed, and that the rest can be deleted."""
    other = replace(operation, stage=Stage("prod", operation.stage.account))
    template = json.loads(bundle.template("data").body)
    template["Resources"]["Broken"] = BROKEN
    file = DIRECTORY / "broken.json"
    file.write_text(json.dumps(template))
    broken = replace(bundle.package, templates=bundle.package.templates | {"data": file})
    try:
        bring(other, replace(bundle, package=broken))
        expect(False, "A broken deployment is not noticed")
    except StackFailedError as error:
        operation.say(str(error))
        expect("Broken (AWS::Lambda::Permission) failed" in str(error), "The resource that failed is not named")
    make_ready(other, other.stage.data)
    expect(not other.stage.data.exists, "What is left of a broken first deployment can't be deleted")


def _name_pretended(operation: Operation) -> None:
    """Show the types of resources that LocalStack does not have and the rehearsal therefore does not test."""
    kinds: set[str] = set()
    for stack in operation.stage.stacks:
        pages = stack.client.get_paginator("describe_stack_events").paginate(StackName=stack.name)
        events = [event for page in pages for event in page["StackEvents"]]
        kinds |= {event["ResourceType"] for event in events if FALLBACK in event.get("ResourceStatusReason", "")}
    operation.say("Only stubs here, so tested only on AWS:")
    for kind in sorted(kinds):
        operation.say(f"  {kind}")


def _destroy(operation: Operation) -> None:
    destroy(operation)
    stage = operation.stage
    expect(not any(stack.exists for stack in stage.stacks), "A stack is left after destroy")
    for service, call, found in (("s3", "list_buckets", "Buckets"), ("secretsmanager", "list_secrets", "SecretList")):
        left = getattr(stage.account.client(service), call)()[found]
        expect(not left, f"{len(left)} of {service} are left after destroy")


@contextmanager
def _account(terminal: Terminal) -> Iterator[tuple[Account, str]]:
    """Yield an account on LocalStack, and the database in place of RDS."""
    shutil.rmtree(DIRECTORY, ignore_errors=True)
    DIRECTORY.mkdir(parents=True)
    ensure_installed()
    localstack = LocalStack(DIRECTORY / "localstack", variables=VARIABLES)
    with postgres.running(DIRECTORY / "postgres") as url:
        with terminal.step("LocalStack"):
            localstack.start()
        try:
            yield Account(emulated_aws.ACCOUNT, emulated_aws.REGION, _clients(localstack.url), localstack.url, 0.2), url
        finally:
            localstack.stop()


def _clients(endpoint_url: str) -> ClientOf:
    real, pretended = clients_of(emulated_aws.session(), endpoint_url), Pretended()
    return lambda service, region: pretended if service in ("cloudfront", "rds") else real(service, region)
