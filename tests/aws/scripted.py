"""AWS by a script: clients of botocore whose calls are answered from a table and written down, as its Stubber does.

Each answer is validated against botocore's model of the operation's output.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import boto3
from botocore.awsrequest import AWSResponse
from botocore.model import OperationModel
from botocore.validate import validate_parameters

from infra.aws.account import Account

REGION = "eu-central-1"
NUMBER = "123456789012"

Answer = dict[str, Any] | Callable[[dict[str, Any]], dict[str, Any]]


class Refusal(dict[str, Any]):
    """An error of AWS instead of an answer."""

    def __init__(self, code: str, message: str, status: int = 400) -> None:
        super().__init__(Error={"Code": code, "Message": message}, ResponseMetadata={"HTTPStatusCode": status})
        self.status = status


class Aws:
    """An account whose answers a test writes: several for one operation come one after the other, the last for ever."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self._answers: dict[str, list[Answer]] = defaultdict(list)
        self._clients: dict[tuple[str, str], Any] = {}
        self.account = Account(NUMBER, REGION, self._client, seconds_between_looks=0)

    def answers(self, operation: str, *answers: Answer) -> None:
        """Answer an operation such as `sts.GetCallerIdentity` so from now on."""
        self._answers[operation] = list(answers)

    def called(self, operation: str) -> list[dict[str, Any]]:
        """The arguments of all calls of an operation."""
        return [arguments for name, arguments in self.calls if name == operation]

    @property
    def changing(self) -> list[str]:
        """The calls that change something, in order."""
        reading = ("Describe", "Get", "List", "Head", "Filter")
        return [name for name, _ in self.calls if not name.partition(".")[2].startswith(reading)]

    def _client(self, service: str, region: str) -> Any:
        if (service, region) not in self._clients:
            keys = {"aws_access_key_id": "key", "aws_secret_access_key": "secret"}
            client = boto3.client(service, region_name=region, **keys)  # type: ignore[call-overload]
            client.meta.events.register("provide-client-params.*.*", self._write_down)
            client.meta.events.register("before-call.*.*", self._answer)
            self._clients[service, region] = client
        return self._clients[service, region]

    def _write_down(self, params: dict[str, Any], model: OperationModel, **_: object) -> None:
        self.calls.append((_name(model), dict(params)))

    def _answer(self, model: OperationModel, **_: object) -> tuple[AWSResponse, dict[str, Any]]:
        name = _name(model)
        answers = self._answers[name]
        assert answers, f"the script has no answer for {name}"
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if callable(answer):
            answer = answer(self.called(name)[-1])
        if isinstance(answer, Refusal):
            return AWSResponse("", answer.status, {}, None), answer
        if model.output_shape:
            known = {key: value for key, value in answer.items() if key not in ("Body", "Payload")}
            validate_parameters(known, model.output_shape)
        return AWSResponse("", 200, {}, None), {**answer, "ResponseMetadata": {"HTTPStatusCode": 200}}


def _name(model: OperationModel) -> str:
    return f"{model.service_model.service_name}.{model.name}"
