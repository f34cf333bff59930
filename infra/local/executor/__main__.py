"""LocalStack with this executor, to be run in LocalStack's environment:

python -m infra.local.executor RUN_DIRECTORY INTERPRETER_OF_FUNCTIONS DESCRIPTOR_OF_THE_RUN_LOCK
"""

import sys
from pathlib import Path

from localstack.runtime import main as localstack
from localstack.services.lambda_.invocation.runtime_executor import EXECUTOR_PLUGIN_MANAGER

from infra.local.executor import patches, queueing, slow_queue
from infra.local.executor.adapter import OnlyThisPlugin, ProcessExecutor
from infra.local.executor.host import Host
from infra.local.executor.lifeline import Lifeline
from infra.local.executor.unpacked import Unpacked


def main(run_directory: Path, python: Path, run_lock: int) -> None:
    """Runs until LocalStack is told to end."""
    functions = run_directory / "functions"
    lifeline = Lifeline.with_guard(keep_open=[run_lock])
    ProcessExecutor.host = Host(python, functions, lifeline, Unpacked(functions / "code"))
    EXECUTOR_PLUGIN_MANAGER.finder = OnlyThisPlugin()
    patches.store_objects_in(run_directory / "s3")
    patches.deliver_delayed_messages_in_time()
    queueing.install()
    slow_queue.install(run_directory)
    patches.use_whole_gateway_responses()
    patches.spare_work_for_each_request()
    patches.listen_on_loopback_only()
    localstack.main()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
