"""The browser that is used, and how it is started."""

import sys

from infra import environment
from infra.local import chromium

CHROMIUM = str(chromium.ensure(environment.variables(), lambda line: sys.stderr.write(f"{line}\n")))
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
