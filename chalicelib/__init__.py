"""Flash-sale stock reservation: all code of the Lambda functions except app.py."""

VERSION = "0.1.0"  # of the project and of its API; stated nowhere else
