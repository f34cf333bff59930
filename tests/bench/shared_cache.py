"""S9: requests that reach the origin while 2,000 shoppers poll the products every second through a shared cache.

nginx stands for CloudFront: it keeps what `Cache-Control` allows, and asks once for all who wait for the same.
"""

import asyncio
import getpass
import random
import re
import resource
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock, Thread

from infra.local.ports import free_port, is_taken
from tests.bench.database import Server
from tests.bench.environment import Environment, wait_until
from tests.bench.figure import Figure, at_most, median
from tests.bench.sale import create_product
from tests.bench.side_by_side import Ready, side_by_side
from tests.http.gateway import event

SHOPPERS = 2_000
SECONDS = 10
SECONDS_TO_JOIN = 2  # in which the shoppers come, and the cache fills
GOAL = 2
SECONDS_TO_START = 10
REQUEST = b"GET /products HTTP/1.1\r\nHost: shop.example.com\r\n\r\n"
LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)
CONFIGURATION = """
user {user}; daemon off; worker_processes 1; worker_rlimit_nofile 8192;
pid {directory}/pid; error_log {directory}/error.log;
events {{ worker_connections 8192; }}
http {{
    access_log off;
    client_body_temp_path {directory}/body; proxy_temp_path {directory}/proxy; fastcgi_temp_path {directory}/fastcgi;
    uwsgi_temp_path {directory}/uwsgi; scgi_temp_path {directory}/scgi;
    proxy_cache_path {directory}/cache keys_zone=shop:1m;
    keepalive_requests 1000000;
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://127.0.0.1:{origin};
            proxy_cache shop; proxy_cache_lock on; proxy_cache_use_stale updating;
        }}
    }}
}}
"""


class Origin(ThreadingHTTPServer):
    """The handler behind a port, with the number of requests that came."""

    def __init__(self, environment: Environment, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.environment = environment
        self.requests = 0
        self.turn = Lock()


class _Handler(BaseHTTPRequestHandler):
    server: Origin

    def do_GET(self) -> None:
        """Answer as the handler does, one request at a time."""
        with self.server.turn:
            self.server.requests += 1
            reply = self.server.environment.send(event("GET", self.path))
        body = reply.body.encode()
        self.send_response(reply.status)
        for name, value in {**reply.headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Print nothing."""


def measure(server: Server, report: Callable[[str], None]) -> list[Figure]:
    """Return S9."""
    program = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin:/opt/homebrew/bin")
    if program is None:
        raise RuntimeError("S9 needs nginx, which is not installed: `apt-get install nginx-light` installs it.")
    with server.database() as url:
        ports = free_port(), free_port()
        per_second, polls = side_by_side([partial(_serve, url, ports[0]), partial(_poll, program, ports)])
    report(f"{polls:,.0f} polls a second, {per_second:.2f} requests a second at the origin")
    return [median("S9", [per_second], "requests/s", at_most(GOAL), polls_per_second=polls, shoppers=SHOPPERS)]


def _serve(url: str, port: int, ready: Ready) -> float:
    """Be the origin; return how many requests came in a second."""
    environment = Environment(url)
    create_product(environment, 1_000, limited=True)
    with Origin(environment, port) as origin:
        Thread(target=origin.serve_forever, daemon=True).start()
        began = ready() + SECONDS_TO_JOIN
        wait_until(began)
        before = origin.requests
        wait_until(began + SECONDS)
        return (origin.requests - before) / SECONDS


def _poll(program: str, ports: tuple[int, int], ready: Ready) -> float:
    """Run the cache and all shoppers; return how many of their requests were answered in a second."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with _cache(program, *ports) as port:
        began = ready()
        answered = asyncio.run(_shoppers(port, began + SECONDS_TO_JOIN + SECONDS))  # noqa: TID251 - no test runs this
    return answered / SECONDS


@contextmanager
def _cache(program: str, origin: int, port: int) -> Iterator[int]:
    """Run nginx; gives the port that it listens on."""
    with TemporaryDirectory() as directory:
        file = Path(directory) / "nginx.conf"
        user = getpass.getuser()
        file.write_text(CONFIGURATION.format(directory=directory, origin=origin, port=port, user=user))
        command = [program, "-p", directory, "-c", file, "-e", f"{directory}/error.log"]
        nginx = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        try:
            deadline = time.monotonic() + SECONDS_TO_START
            while not is_taken(port):
                if nginx.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"nginx did not start: {(Path(directory) / 'error.log').read_text()[-500:]}")
                time.sleep(0.01)
            yield port
        finally:
            nginx.terminate()
            nginx.wait()


async def _shoppers(port: int, until: float) -> int:
    """Poll as all shoppers do; return how many requests were answered in the last seconds."""
    return sum(await asyncio.gather(*(_shopper(port, until) for _ in range(SHOPPERS))))


async def _shopper(port: int, until: float) -> int:
    """Ask for the products each second, by a connection that is kept; return how many answers counted."""
    await asyncio.sleep(random.uniform(0, SECONDS_TO_JOIN - 1))
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    answered = 0
    while time.perf_counter() < until:
        due = time.perf_counter() + 1
        writer.write(REQUEST)
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise AssertionError(head)
        length = LENGTH.search(head)
        await reader.readexactly(int(length[1]) if length else 0)
        answered += until - SECONDS <= time.perf_counter() < until
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
    writer.close()
    return answered
