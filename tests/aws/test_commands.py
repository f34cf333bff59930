"""What the commands say when they can't begin: one sentence, exit code 1, and AWS untouched."""

from collections.abc import Callable

import boto3
import pytest

from infra.aws import account, commands
from infra.aws.account import Account
from infra.problems import PlatformError
from tests.aws.scripted import Aws, Refusal

CREDENTIALS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE")
REGIONS = ("AWS_REGION", "AWS_DEFAULT_REGION")


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that knows no account."""
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    for name in (*CREDENTIALS, *REGIONS):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nowhere")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nowhere")


@pytest.fixture
def sentence(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Runs a command that fails; the one line that it says."""

    def run(*arguments: str) -> str:
        assert commands.main(arguments) == 1
        (line,) = capsys.readouterr().err.splitlines()
        return line

    return run


@pytest.mark.parametrize("command", commands.COMMANDS)
def test_an_unknown_stage_is_named_with_those_that_there_are(command: str, sentence: Callable[..., str]) -> None:
    assert sentence(command, "--stage", "stagign").startswith("STAGE must be one of dev, prod, not 'stagign'")


def test_a_missing_stage_is_asked_for(sentence: Callable[..., str]) -> None:
    assert "and is missing: for example STAGE=dev" in sentence("deploy")


def test_a_missing_region_is_asked_for(sentence: Callable[..., str]) -> None:
    assert sentence("deploy", "--stage", "dev") == account.NO_REGION


def test_missing_credentials_are_asked_for(sentence: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_REGION", "eu-central-1")
    assert sentence("deploy", "--stage", "dev").startswith("No AWS credentials were found: run `aws configure sso`")


def test_a_profile_that_does_not_exist_is_named(sentence: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_REGION", "eu-central-1")
    monkeypatch.setenv("AWS_PROFILE", "nobody")
    assert "nobody" in sentence("deploy", "--stage", "dev")


@pytest.mark.parametrize("code", ["ExpiredToken", "InvalidClientTokenId", "SignatureDoesNotMatch"])
def test_credentials_that_aws_refuses_are_to_be_renewed(
    code: str, aws: Aws, sentence: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    aws.answers("sts.GetCallerIdentity", Refusal(code, "no"))
    monkeypatch.setenv("AWS_REGION", "eu-central-1")
    monkeypatch.setattr(account, "clients_of", lambda _: aws.account.client_of)
    assert f"({code}): sign in again" in sentence("deploy", "--stage", "dev")
    assert aws.changing == []


def test_what_aws_does_not_allow_is_named(
    aws: Aws, sentence: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    refusal = Refusal("AccessDenied", "User is not authorized to perform: cloudformation:DescribeStacks")
    aws.answers("cloudformation.DescribeStacks", refusal)
    monkeypatch.setattr(account, "connect", lambda: aws.account)
    assert sentence("status", "--stage", "dev") == (
        "AWS refuses DescribeStacks (AccessDenied): User is not authorized to perform: cloudformation:DescribeStacks"
    )


def test_aws_out_of_reach_is_said(sentence: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    session = boto3.Session("key", "secret", region_name="eu-central-1")
    nobody = account.clients_of(session, "http://127.0.0.1:9")
    monkeypatch.setattr(account, "connect", lambda: Account("1", "eu-central-1", nobody))
    assert sentence("status", "--stage", "dev").startswith("AWS can't be reached")


def test_aws_region_counts_as_for_the_command_line_of_aws(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> None:
    aws.answers("sts.GetCallerIdentity", {"Account": "210987654321"})
    monkeypatch.setenv("AWS_REGION", "eu-west-3")
    monkeypatch.setattr(account, "clients_of", lambda _: aws.account.client_of)
    found = account.connect()
    assert (found.number, found.region) == ("210987654321", "eu-west-3")


def test_a_package_that_is_too_large_leaves_aws_untouched(
    aws: Aws, sentence: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def build(_: str) -> None:
        raise PlatformError("The package has 16.0 MB, more than the 15 MB it may have.")

    monkeypatch.setattr(account, "connect", lambda: aws.account)
    monkeypatch.setattr("infra.aws.package.build", build)
    assert sentence("deploy", "--stage", "dev").startswith("The package has 16.0 MB")
    assert aws.calls == []
