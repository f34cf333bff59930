"""Look for secrets in the files under version control: a part of `make lint`."""

import json
import sys

from infra.paths import ROOT
from infra.problems import PlatformError, main_program
from infra.programs import run

LOCKS = r"requirements[\w-]*\.txt|package-lock\.json"
"""Files of hashes, which look like keys."""
NO_SECRETS = (
    "hunter2",  # the password of tests and examples
    "user:password@host",  # the form of a URL
    'POSTGRES_PASSWORD: "?postgres',  # a database in a container of this machine
    '"PGPASSWORD": "secret"',  # what a test expects of hunter2's like
    '"AWS_SECRET_ACCESS_KEY": "test"',  # LocalStack takes any
    '"SecretString": "first:secret"',  # an answer of a test
    "INTEGRITY = ",  # the hash of a download
    '"apiId": "a1b2c3d4e5"',  # an event of a test
    "SecretId=",  # the name of a secret
    "secret:pretended",  # likewise
    "password of|no password:|MasterUserPassword|ApiKeyRequired|source of the database's password",  # words, not values
)


def scan(*paths: str) -> None:
    """Raise PlatformError if a file of the checkout, or of `paths`, may hold a secret."""
    lines = "|".join(NO_SECRETS)
    options = ["--no-verify", "--exclude-files", LOCKS, "--exclude-lines", lines]
    # Given a folder, it would look up every file in it, also those of all installed packages.
    files = paths or run(["git", "ls-files"], name="listing the files", directory=ROOT).splitlines()
    command = [sys.executable, "-m", "detect_secrets", "scan", *options, "--all-files", *files]
    found = json.loads(run(command, name="looking for secrets", directory=ROOT))["results"]
    places = [f"{file}:{secret['line_number']} ({secret['type']})" for file in found for secret in found[file]]
    if places:
        raise PlatformError(f"These lines may hold secrets: {', '.join(places)}.")
    sys.stdout.write("No secrets were found.\n")


if __name__ == "__main__":
    sys.exit(main_program(scan))
