"""A function whose process ends while its module is loaded."""

import os

print("dying", flush=True)  # noqa: T201 - what a function prints is what is tested
os._exit(7)
