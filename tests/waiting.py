"""Waiting for what happens elsewhere: as soon as it has happened, and not for ever."""

import time
from collections.abc import Callable

FIRST_PAUSE, LONGEST_PAUSE = 0.01, 0.25  # seconds
SHARE_OF_THE_WAIT = 0.1


def eventually[Value](look: Callable[[], Value], *, within: float) -> Value:
    """Look again and again until what is seen is true; return it. Fails once `within` seconds have passed.

    The pauses grow with the wait, because a look may be a request that others work for.
    """
    began = time.monotonic()
    while not (seen := look()):
        waited = time.monotonic() - began
        assert waited < within, f"not seen within {within} s, but {seen!r}"
        time.sleep(min(max(FIRST_PAUSE, waited * SHARE_OF_THE_WAIT), LONGEST_PAUSE))
    return seen
