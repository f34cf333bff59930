"""`make run` from start to end, as a program of its own beside whatever else runs on this machine."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil
import pytest

from infra import emulated_aws, packages
from infra.local import deploy, run_state
from infra.local.ports import free_port, is_taken
from infra.local.processes import born
from infra.local.run_state import RunState
from infra.paths import ROOT
from infra.tokens import issue_admin_token
from tests.localstack.deployed import reservations_with_a_message
from tests.localstack.reservations import IPHONE, reserve_at_once
from tests.waiting import eventually

SCHEDULED = ("sweep", "publish")
OF_THE_BURST = "Wanted by all"
SECONDS_TO_START = 300
SECONDS_TO_STOP = 30


@dataclass
class Run:
    """A platform in its own run directory and on its own port."""

    directory: Path
    port: int
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def command(self, name: str, **variables: str) -> subprocess.Popen[str]:
        """Start one of the platform's commands."""
        chosen = {"RUN_DIRECTORY": str(self.directory), "PORT": str(self.port), "HOLD_SECONDS": "60", **variables}
        given = {name: value for name, value in os.environ.items() if name not in OWN}  # noqa: TID251
        with self.output.open("ab") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "infra.local", name],
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**given, **chosen},
                cwd=ROOT,
                text=True,
            )
        self.started.append(process)
        return process

    @property
    def output(self) -> Path:
        """What the commands printed."""
        return self.directory.with_suffix(".out")

    def ready(self, process: subprocess.Popen[str]) -> RunState:
        """Wait until it is ready."""

        def look() -> RunState | None:
            assert process.poll() is None, self.output.read_text()
            return run_state.current(self.directory)

        state = eventually(look, within=SECONDS_TO_START)
        assert state
        return state

    def processes(self) -> list[psutil.Process]:
        """Everything that has to do with this run directory."""
        found = psutil.process_iter(["cmdline", "cwd"])
        return [one for one in found if str(self.directory) in f"{one.info['cmdline']} {one.info['cwd']}"]


OWN = {"DATABASE_URL", "AWS_ENDPOINT_URL", "FUNCTIONS_DATABASE_URL"}


@pytest.fixture
def a_run(tmp_path: Path) -> Iterator[Run]:
    """Not started; stopped afterwards whatever happened."""
    run = Run(tmp_path / "run", free_port())
    run.directory.mkdir()
    yield run
    run.command("stop")
    for process in run.started:
        process.wait(SECONDS_TO_STOP * 2)


def said(run: Run, process: subprocess.Popen[str]) -> str:
    """What a command that fails says."""
    assert process.wait(SECONDS_TO_STOP) != 0
    return run.output.read_text()


@pytest.mark.timeout(600)
def test_a_run_recovers_from_a_killed_one_refuses_a_second_and_leaves_nothing_behind(a_run: Run) -> None:
    kill_when_ready(a_run)

    process = a_run.command("run")
    state = a_run.ready(process)
    assert_a_first_burst_is_served_and_each_hold_has_its_message(state)
    assert_it_serves(a_run, state)
    assert_the_functions_import_the_packages_of_this_machine(state)
    assert_the_api_loads_what_it_needs_when_it_starts(state)
    assert_no_publisher_is_started_without_a_bus(state)
    assert_the_examples_of_the_api_run(a_run, state)
    assert_a_second_is_refused(a_run)
    assert_a_sale_survives_a_killed_database(a_run, state)

    children = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(signal.SIGINT)
    assert process.wait(SECONDS_TO_STOP) == 0
    assert [child for child in children if born(child.pid) == child.create_time()] == []
    assert a_run.processes() == []
    assert not is_taken(a_run.port)


def kill_when_ready(run: Run) -> None:
    """Give a run no chance to clean up."""
    process = run.command("run")
    run.ready(process)
    process.kill()
    process.wait()


def assert_a_first_burst_is_served_and_each_hold_has_its_message(state: RunState) -> None:
    """A hundred shoppers, before anybody else has reserved anything."""
    wanted = {"name": OF_THE_BURST, "price": 1, "totalStock": 100, "holdSeconds": 600}
    admin = {"Authorization": f"Bearer {issue_admin_token(state.service)}"}
    with httpx.Client(base_url=f"{state.shop_url}/api", timeout=60) as api:
        product = api.post("admin/products", json=wanted, headers=admin).raise_for_status().json()
        held = reserve_at_once(api, product["id"], 100)
    assert len(held) == 100
    assert held - reservations_with_a_message(state.endpoint_url) == set()


def assert_it_serves(run: Run, state: RunState) -> None:
    """The shop and the API at one address, and what the functions say in the output."""
    reply = httpx.post(f"{state.shop_url}/api/reservations", json={"productId": IPHONE, "quantity": 1})
    assert reply.status_code == 201
    assert httpx.get(state.shop_url).headers["Content-Type"].startswith("text/html")
    eventually(lambda: reply.json()["id"] in run.output.read_text(), within=30)


def assert_the_functions_import_the_packages_of_this_machine(state: RunState) -> None:
    """So that they are not packed, sent and unpacked at each deployment."""
    assert (variables_of_the_api(state)["PYTHONPATH"], state.own_localstack) == (str(packages.HERE), True)


def assert_the_api_loads_what_it_needs_when_it_starts(state: RunState) -> None:
    """As with provisioned concurrency, so that no shopper waits for it."""
    assert variables_of_the_api(state)["AWS_LAMBDA_INITIALIZATION_TYPE"] == "provisioned-concurrency"


def variables_of_the_api(state: RunState) -> dict[str, str]:
    """The environment variables of the function that serves the API."""
    client = emulated_aws.client("lambda", state.endpoint_url)
    function = client.get_function_configuration(FunctionName=deploy.FUNCTIONS)
    variables: dict[str, str] = function["Environment"]["Variables"]
    return variables


def assert_no_publisher_is_started_without_a_bus(state: RunState) -> None:
    """The sweep's rule starts it, the publisher's starts nothing."""
    events = emulated_aws.client("events", state.endpoint_url)
    targets = [events.list_targets_by_rule(Rule=f"{deploy.FUNCTIONS}-{name}-event")["Targets"] for name in SCHEDULED]
    assert [len(some) for some in targets] == [1, 0]


def assert_the_examples_of_the_api_run(run: Run, state: RunState) -> None:
    """As they stand in its document, one after the other in one shell; none is refused."""
    document = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)```", document, re.MULTILINE | re.DOTALL)
    script = "".join(['curl() { command curl --silent --show-error --fail-with-body "$@"; echo; }\n', *blocks])
    done = subprocess.run(
        ["/bin/sh", "-ec", script.replace("http://localhost:3000", state.shop_url)],
        env={**os.environ, "RUN_DIRECTORY": str(run.directory)},  # noqa: TID251
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    answers = map(json.loads, done.stdout.splitlines())
    completed, shown, waiting, left, *of_admins = answers
    changed, restocked, described, sale, report, retired, offered, paused, held, audit, changes, refunds = of_admins
    assert completed["status"] == "COMPLETED"
    assert [entry["event"] for entry in shown["timeline"]] == ["RESERVED", "COMPLETED"]
    assert [(entry["quantity"], entry["status"], entry["position"]) for entry in waiting] == [(100, "WAITING", 1)]
    assert left["status"] == "LEFT"
    assert (changed["price"], changed["saleStartsAt"], restocked["totalStock"]) == (749.5, None, 40)
    assert (described["imageUrl"], described["illustration"]) == ("/images/pixel.webp", "phone-stylus")
    assert len(sale["products"]) == len(offered)
    assert report["products"][0]["events"]["completed"] == 1
    assert retired["id"] == offered[-1]["id"]
    assert (paused["paused"], held) == (True, [])
    assert all(product["balanced"] and product["journalAgrees"] for product in audit)
    made = [change["action"] for change in changes if change["productName"] != OF_THE_BURST]
    assert made == ["change", "change", "change", "restock", "change", "create"]
    assert refunds == []


def assert_a_second_is_refused(run: Run) -> None:
    """In one sentence."""
    before = run.output.read_text()
    sentence = said(run, run.command("run")).removeprefix(before)
    assert "`make run` is already running here at" in sentence
    assert "Traceback" not in sentence


def assert_a_sale_survives_a_killed_database(run: Run, state: RunState) -> None:
    """The run starts it again at the same address, so that the functions find it, and no promise is broken."""
    arguments = ["--shoppers", "10", "--hold-seconds", "2", "--arrivals", "2:100", "--kill-database", "1"]
    rehearsal = subprocess.run(
        [sys.executable, "-m", "infra.rehearse", *arguments],
        env={**os.environ, "RUN_DIRECTORY": str(run.directory)},  # noqa: TID251
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert rehearsal.returncode == 0, rehearsal.stdout + rehearsal.stderr
    assert "Every promise held" in rehearsal.stdout
    assert "was started again" in run.output.read_text()
    assert all(not product["name"].startswith("Rehearsal") or product["saleEndsAt"] for product in _products(state))


def _products(state: RunState) -> list[dict[str, str]]:
    products: list[dict[str, str]] = httpx.get(f"{state.shop_url}/api/products").json()
    return products


def test_a_port_in_use_is_one_sentence(a_run: Run) -> None:
    with socket.create_server(("127.0.0.1", a_run.port)):
        sentence = said(a_run, a_run.command("run"))
    assert sentence.splitlines()[-1].startswith(f"Port {a_run.port} is in use by another program")
    assert "Traceback" not in sentence


def test_a_wrong_variable_is_one_sentence(a_run: Run) -> None:
    sentence = said(a_run, a_run.command("run", HOLD_SECONDS="two minutes"))
    assert sentence.startswith("HOLD_SECONDS")
    assert sentence.count("\n") == 1
