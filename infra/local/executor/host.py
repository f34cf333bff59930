"""This machine as a place for functions: where they find an interpreter, a folder for their files and their log."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from infra.local.executor.environment import Environment
from infra.local.executor.lifeline import Lifeline
from infra.local.executor.messages import Function
from infra.local.executor.sandbox import Sandbox
from infra.local.executor.unpacked import Unpacked

MOST_ENVIRONMENTS = max(4, 2 * (os.cpu_count() or 1))
"""API Gateway passes on as many requests at a time; further ones wait for their turn."""


@dataclass(frozen=True, slots=True)
class Host:
    """What all environments of one LocalStack have in common."""

    python: Path
    """An interpreter with what AWS's runtime brings, and nothing else."""
    directory: Path
    """Holds a log file per function (`logs`) and a folder per environment (`tmp`)."""
    lifeline: Lifeline
    unpacked: Unpacked

    def environment(self, environment_id: str, function: Function) -> Environment:
        """A new execution environment, not started yet."""
        return Environment(function, lambda: self._launch(environment_id, function))

    def clear(self, environment_id: str) -> None:
        """Remove the files an environment left."""
        shutil.rmtree(self._files(environment_id), ignore_errors=True)

    def _launch(self, environment_id: str, function: Function) -> Sandbox:
        files = self._files(environment_id)
        files.mkdir(parents=True, exist_ok=True)
        log_file = self.directory / "logs" / f"{function.name}.log"
        log_file.parent.mkdir(parents=True, exist_ok=True)
        command = [str(self.python), "-m", "awslambdaric", function.handler]
        return Sandbox(self.lifeline, command, self._variables(function, files), function.code, log_file)

    def _variables(self, function: Function, files: Path) -> dict[str, str]:
        """All that a function sees: nothing of LocalStack's own environment."""
        return {
            "PATH": f"{self.python.parent}:/usr/local/bin:/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "HOME": str(files),
            "TMPDIR": str(files),
            **function.variables,
            "LAMBDA_TASK_ROOT": str(function.code),
        }

    def _files(self, environment_id: str) -> Path:
        return self.directory / "tmp" / environment_id
