"""Flash-sale stock reservation: everything that reaches the Lambda package beside app.py."""

VERSION = "0.1.0"  # of the project and of its API; stated nowhere else
