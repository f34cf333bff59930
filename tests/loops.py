"""Coroutines in a test."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def run[Result](coroutine: Coroutine[Any, Any, Result]) -> Result:
    """Run a coroutine in a thread of its own: after a test with a browser, Playwright runs a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()  # noqa: TID251 - this is the other thread
