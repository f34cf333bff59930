"""The deployed functions: which version serves, and the migration that goes before it."""

import json
from dataclasses import dataclass
from typing import Any

from infra.aws.account import Account
from infra.aws.stack import Stack
from infra.problems import PlatformError

LIVE = "live"


@dataclass(frozen=True, slots=True)
class MigrateFunction:
    """The function that brings the database up to date.

    Its code is replaced before the stack is updated, so that the migrations of new code are applied while the old code
    still serves. It runs with the variables and rights of the version before: a migration can't use a new setting.
    """

    account: Account
    name: str

    @property
    def _lambda(self) -> Any:
        return self.account.client("lambda")

    def use(self, bucket: str, code_key: str) -> None:
        """Replace the function's code, and return when it can be invoked."""
        found = self._lambda.get_function_configuration(FunctionName=self.name)
        self._lambda.update_function_code(
            FunctionName=self.name, S3Bucket=bucket, S3Key=code_key, Architectures=found["Architectures"]
        )
        self._lambda.get_waiter("function_updated_v2").wait(FunctionName=self.name)

    def run(self, *, sample_data: bool) -> list[str]:
        """Return the migrations that were applied. Raises PlatformError with the function's error message."""
        payload = json.dumps({"sampleData": sample_data})
        reply = self._lambda.invoke(FunctionName=self.name, Payload=payload)
        answer: dict[str, Any] = json.loads(reply["Payload"].read())
        if "FunctionError" in reply:
            raise PlatformError(f"The migration failed: {answer.get('errorMessage', answer)}")
        applied: list[str] = answer["applied"]
        return applied


def live_versions(service: Stack) -> dict[str, str]:
    """Return the version that serves, by the ARN of each function that has an alias."""
    client = service.account.client("lambda")
    versions = {}
    for alias in service.resources("AWS::Lambda::Alias"):
        function = alias.rpartition(":")[0]
        versions[function] = client.get_alias(FunctionName=function, Name=LIVE)["FunctionVersion"]
    return versions


def serve(service: Stack, versions: dict[str, str]) -> None:
    """Let earlier versions serve again, at once."""
    client = service.account.client("lambda")
    for function, version in versions.items():
        client.update_alias(FunctionName=function, Name=LIVE, FunctionVersion=version)
