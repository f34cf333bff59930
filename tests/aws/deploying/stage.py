"""A stage that serves version 7, as AWS tells of it."""

import json
from io import BytesIO
from typing import Any

from botocore.response import StreamingBody

from infra.aws.artifacts import Release
from tests.aws.scripted import Aws

FUNCTION = "arn:aws:lambda:eu-central-1:123456789012:function:api"
MIGRATE = "flash-sale-dev-service-Migrate"
OUTPUTS = {
    "CodeBucket": "code",
    "TokenKeys": "arn:of:keys",
    "MigrateFunction": MIGRATE,
    "ApiDomain": "api.example.com",
    "OriginKeyId": "key-id",
    "DeadLettersUrl": "https://sqs.example.com/dead-letters",
    "Bucket": "shop",
    "Distribution": "distribution",
    "Url": "https://shop.example.com",
}
BEFORE = Release("2026-11-01T00-00-00Z", "old.zip", "templates/old.json", {"Stage": "dev"}, "old-shop", {FUNCTION: "7"})
TEMPLATE = {"Parameters": {"Stage": {"Type": "String"}}, "Resources": {"One": {"Type": "AWS::SQS::Queue"}}}
OLD_TEMPLATE = {**TEMPLATE, "Description": "old"}


def body(content: str) -> StreamingBody:
    """What a call gives as a stream."""
    return StreamingBody(BytesIO(content.encode()), len(content.encode()))


def object_in_bucket(arguments: dict[str, Any]) -> dict[str, Any]:
    """What lies in the code bucket: the release before, and its template."""
    content = OLD_TEMPLATE if arguments["Key"] == BEFORE.template_key else vars_of(BEFORE)
    return {"Body": body(json.dumps(content))}


def vars_of(release: Release) -> dict[str, Any]:
    """The members of a release."""
    return {name: getattr(release, name) for name in Release.__slots__}


def used_code(aws: Aws) -> list[str]:
    """The code that the migrate function was given, in order."""
    return [one["S3Key"] for one in aws.called("lambda.UpdateFunctionCode")]


def uploaded(aws: Aws) -> list[str]:
    """What reached the shop's bucket."""
    return [one["Key"] for one in aws.called("s3.PutObject") if one["Bucket"] == "shop"]
