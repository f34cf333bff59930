"""The faults of a rehearsal, each made in the LocalStack of the session."""

from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from botocore.exceptions import ReadTimeoutError
from psycopg import Connection

from infra import emulated_aws
from infra.local.executor import slow_queue
from infra.local.localstack import LocalStack
from infra.rehearse.faults.drop_messages import drop_messages
from infra.rehearse.faults.kill_functions import kill_functions
from tests.executor.conftest import ended
from tests.localstack.deployed import Deployed
from tests.localstack.reservations import IPHONE, available, hold_for_a_second, reserve, row
from tests.waiting import eventually


def test_dropped_messages_leave_the_hold_to_the_sweep(deployed: Deployed, api: httpx.Client, rows: Connection) -> None:
    hold_for_a_second(rows, IPHONE)
    with ThreadPoolExecutor(1) as thread:
        dropping = thread.submit(drop_messages, deployed.endpoint_url, 3)
        held = reserve(api, IPHONE)
        dropping.result()
    eventually(lambda: api.get(f"reservations/{held['id']}").json()["status"] == "EXPIRED", within=30)
    deployed.fire("sweep")
    assert row(rows, held["id"])[:2] == ("EXPIRED", "sweep")


@pytest.mark.usefixtures("rows")
def test_killed_functions_are_replaced(api: httpx.Client, localstack: LocalStack) -> None:
    available(api, IPHONE)
    killed = kill_functions(localstack.run_directory)
    assert killed
    assert ended(killed)
    assert eventually(lambda: api.get(f"products/{IPHONE}").status_code == 200, within=30)


@pytest.mark.usefixtures("deployed")
def test_a_slow_queue_keeps_whoever_sends_waiting_until_its_time_is_over(localstack: LocalStack) -> None:
    impatient, patient = (emulated_aws.client("sqs", localstack.url, read_seconds=seconds) for seconds in (1, 60))
    queue = patient.create_queue(QueueName="slow")["QueueUrl"]
    slow_queue.request(localstack.run_directory, delay=3, seconds=60)
    with pytest.raises(ReadTimeoutError):
        impatient.send_message(QueueUrl=queue, MessageBody="waits")
    slow_queue.request(localstack.run_directory, delay=3, seconds=0)
    impatient.send_message(QueueUrl=queue, MessageBody="does not wait")
    patient.delete_queue(QueueUrl=queue)
