"""S6: importing the application and its first invocation, over importing Chalice and psycopg alone; and the package."""

import json
import subprocess
import sys
from collections.abc import Callable
from functools import partial

from infra.aws import package
from infra.paths import ROOT
from tests.bench.database import Server
from tests.bench.environment import SETTINGS
from tests.bench.figure import Figure, at_most, interleaved, median, ratio
from tests.http.gateway import event

ROUNDS = 9
GOAL, GOAL_MEGABYTES = 1.5, 15
NOT_YET = ("boto3", "botocore.session")

LIBRARIES = """
import json, sys, time
began = time.perf_counter()
import chalice, psycopg
print(time.perf_counter() - began)
"""
APPLICATION = f"""
import json, sys, time
event = json.loads(sys.argv[1])
began = time.perf_counter()
import app
reply = app.app(event, None)
took = time.perf_counter() - began
assert reply["statusCode"] == 200, reply
assert not [name for name in {NOT_YET!r} if name in sys.modules], "AWS's library was loaded before it was needed."
print(took)
"""


def measure(server: Server, report: Callable[[str], None]) -> list[Figure]:
    """Return S6: the ratio of the times, and the size of what is deployed."""
    with server.database() as url:
        cells = {"application": partial(_seconds, APPLICATION, url), "libraries": partial(_seconds, LIBRARIES, url)}
        seconds = interleaved(cells, ROUNDS, lambda _: None)
    report("building the package")
    megabytes = package.build(package.STAGES[0]).zip.stat().st_size / 1e6
    return [
        ratio("S6", seconds["application"], seconds["libraries"], at_most(GOAL)),
        median("S6 application", seconds["application"], "s"),
        median("S6 package", [megabytes], "MB", at_most(GOAL_MEGABYTES)),
    ]


def _seconds(program: str, url: str) -> float:
    """Run a program in a process of its own; return the seconds that it prints."""
    environment = {**SETTINGS, "DATABASE_URL": url, "LOG_LEVEL": "WARNING", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", program, json.dumps(event("GET", "/products"))]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    return float(done.stdout)
