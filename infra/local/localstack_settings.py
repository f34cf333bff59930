"""LocalStack's settings: no Docker, no calls to other machines, little memory."""

from pathlib import Path

SERVICES = "sqs,events,s3,lambda,apigateway,iam,cloudformation,sts,secretsmanager"
"""Without `logs`: LocalStack would store each invocation's log a second time, and functions write log files."""

WITHOUT_DOCKER = {
    "LAMBDA_RUNTIME_EXECUTOR": "process",
    # a virtual machine can be mistaken for a container
    "OVERRIDE_IN_DOCKER": "0",
    "DNS_ADDRESS": "0",
}

WITHOUT_THE_OUTSIDE = {
    "DISABLE_EVENTS": "1",
    "SKIP_SSL_CERT_DOWNLOAD": "1",
}

FAST = {
    # API Gateway invokes a function without an HTTP request to LocalStack itself
    "IN_MEMORY_CLIENT": "1",
    # a function that was created can be invoked at once
    "LAMBDA_SYNCHRONOUS_CREATE": "1",
    # by default an empty queue is polled only every ten seconds
    "LAMBDA_EVENT_SOURCE_MAPPING_POLL_INTERVAL_SEC": "0.1",
    "LAMBDA_EVENT_SOURCE_MAPPING_MAX_BACKOFF_ON_EMPTY_POLL_SEC": "0.2",
    "LAMBDA_EVENT_SOURCE_MAPPING_MAX_BACKOFF_ON_ERROR_SEC": "2",
    # twenty environments that start at once on two cores take long
    "LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT": "60",
}

SMALL = {
    "SERVICES": SERVICES,
    "STRICT_SERVICE_LOADING": "1",
}


def environment(files: Path, port: int) -> dict[str, str]:
    """Return all of LocalStack's environment. Variables of the user's shell have no effect on it."""
    return {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "HOME": str(files),
        "TMPDIR": str(files),
        "FILESYSTEM_ROOT": str(files),
        "GATEWAY_LISTEN": f"127.0.0.1:{port}",
        **WITHOUT_DOCKER,
        **WITHOUT_THE_OUTSIDE,
        **FAST,
        **SMALL,
    }
