"""A function whose module cannot be loaded."""

print("about to fail")  # noqa: T201 - what a function prints is what is tested
raise RuntimeError("no configuration")
