"""The keys of a stage that sign tokens, in Secrets Manager: `make admin-token`, and their first value."""

import secrets
from typing import Any

from botocore.exceptions import ClientError

from chalicelib.config import SECRET_BYTES_MIN
from infra.aws.account import Account
from infra.aws.stage import Stage
from infra.tokens import issue_admin_token


def ensure(account: Account, arn: str) -> bool:
    """Make a first key, unless there is one; whether it was made."""
    if _read(account, arn) is not None:
        return False
    key = f"first:{secrets.token_urlsafe(SECRET_BYTES_MIN)}"
    account.client("secretsmanager").put_secret_value(SecretId=arn, SecretString=key)
    return True


def admin_token(stage: Stage) -> str:
    """A token for the admin routes of the stage, valid for an hour."""
    arn = stage.data.outputs()["TokenKeys"]
    return issue_admin_token({"TOKEN_KEYS": _read(stage.account, arn) or ""})


def left_by_earlier_stage(stage: Stage) -> str | None:
    """The ARN of the keys that `make destroy` kept."""
    client = stage.account.client("secretsmanager")
    try:
        found: dict[str, Any] = client.describe_secret(SecretId=f"flash-sale/{stage.name}/token-keys")
    except ClientError as error:
        if error.response["Error"]["Code"] == "ResourceNotFoundException":
            return None
        raise
    arn: str = found["ARN"]
    return arn


def _read(account: Account, arn: str) -> str | None:
    try:
        text: str = account.client("secretsmanager").get_secret_value(SecretId=arn)["SecretString"]
    except ClientError as error:
        if error.response["Error"]["Code"] == "ResourceNotFoundException":
            return None
        raise
    return text
