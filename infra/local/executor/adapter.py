"""The executor as LocalStack wants it: a `RuntimeExecutor` per execution environment, found through a plugin."""

import time
from pathlib import Path
from typing import Any, ClassVar

from localstack.services.lambda_.invocation.executor_endpoint import ShutdownDuringStartup
from localstack.services.lambda_.invocation.lambda_models import FunctionVersion, InvocationResult
from localstack.services.lambda_.invocation.plugins import RuntimeExecutorPlugin
from localstack.services.lambda_.invocation.runtime_executor import RuntimeExecutor
from plux import PluginFinder, PluginSpec  # type: ignore[import-not-found]  # comes with LocalStack

from infra.local.executor.environment import Environment, EnvironmentStopped
from infra.local.executor.host import Host
from infra.local.executor.messages import Function, Invocation

NAME = "process"
THIS_MACHINE = "127.0.0.1"


class ProcessExecutor(RuntimeExecutor):  # type: ignore[misc]  # LocalStack ships no types
    """Translates between LocalStack's words and ours."""

    host: ClassVar[Host]
    """Set once, before LocalStack starts."""

    def __init__(self, id: str, function_version: FunctionVersion) -> None:
        super().__init__(id=id, function_version=function_version)
        self._environment: Environment | None = None

    def start(self, env_vars: dict[str, Any]) -> None:
        """Cold start; returns when the function is ready for work, or could not be made so."""
        self._environment = self.host.environment(self.id, self._function(env_vars))
        try:
            self._environment.start()
        except EnvironmentStopped as stopped:
            raise ShutdownDuringStartup(str(stopped)) from stopped

    def stop(self) -> None:
        """End everything this environment started and remove its files."""
        if self._environment:
            self._environment.stop()
        self.host.clear(self.id)

    def invoke(self, payload: dict[str, str]) -> InvocationResult:
        """Run one invocation; LocalStack never asks for two at once."""
        assert self._environment  # noqa: S101 - LocalStack starts before it invokes
        timeout = self.function_version.config.timeout
        outcome = self._environment.invoke(_invocation(payload, timeout))
        return InvocationResult(payload["invoke-id"], outcome.payload, outcome.failed, outcome.logs)

    def get_logs(self) -> str:
        """Only wanted for LocalStack's own debugging; a function's output is in its log file."""
        return ""

    def get_address(self) -> str:
        """Where LocalStack finds the function."""
        return THIS_MACHINE

    def get_endpoint_from_executor(self) -> str:
        """Where the function finds LocalStack."""
        return THIS_MACHINE

    def get_runtime_endpoint(self) -> str:
        """Only LocalStack's container images call back here."""
        return ""

    @classmethod
    def prepare_version(cls, function_version: FunctionVersion) -> None:
        """Unpack the deployment package, unless another function is deployed from the same one."""
        code = function_version.config.code

        def unpack() -> Path:
            code.prepare_for_execution()
            return Path(code.get_unzipped_code_location())

        cls.host.unpacked.acquire(code.code_sha256, unpack)

    @classmethod
    def cleanup_version(cls, function_version: FunctionVersion) -> None:
        """Remove the unpacked package, unless another function is deployed from it."""
        cls.host.unpacked.release(function_version.config.code.code_sha256)

    def _function(self, variables: dict[str, Any]) -> Function:
        version = self.function_version
        config = version.config
        return Function(
            name=version.id.function_name,
            version=version.id.qualifier,
            handler=config.handler,
            code=self.host.unpacked.folder(config.code.code_sha256),
            timeout=config.timeout,
            memory=config.memory_size,
            variables={name: str(value) for name, value in variables.items()},
        )


class ProcessExecutorPlugin(RuntimeExecutorPlugin):  # type: ignore[misc]  # LocalStack ships no types
    """What LocalStack loads for LAMBDA_RUNTIME_EXECUTOR=process."""

    name = NAME

    def load(self, *_: Any, **__: Any) -> type[ProcessExecutor]:
        """The class to make executors of."""
        return ProcessExecutor


class OnlyThisPlugin(PluginFinder):  # type: ignore[misc]  # plux ships no types
    """Finds the plugin without an entry point, so that nothing of the project need be installed."""

    def find_plugins(self) -> list[PluginSpec]:
        """The one plugin."""
        return [PluginSpec(RuntimeExecutorPlugin.namespace, NAME, ProcessExecutorPlugin)]


def _invocation(payload: dict[str, str], timeout: float) -> Invocation:
    return Invocation(
        request_id=payload["invoke-id"],
        function_arn=payload["invoked-function-arn"],
        trace_id=payload["trace-id"],
        payload=payload["payload"].encode(),
        deadline=time.time() + timeout,
    )
