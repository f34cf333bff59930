"""Waiting for what happens elsewhere: as soon as it has happened, and not for ever."""

import time
from collections.abc import Callable

SECONDS_BETWEEN_LOOKS = 0.01


def eventually[Value](look: Callable[[], Value], *, within: float) -> Value:
    """Look again and again until what is seen is true; return it. Fails once `within` seconds have passed."""
    deadline = time.monotonic() + within
    while not (seen := look()):
        assert time.monotonic() < deadline, f"not seen within {within} s, but {seen!r}"
        time.sleep(SECONDS_BETWEEN_LOOKS)
    return seen
