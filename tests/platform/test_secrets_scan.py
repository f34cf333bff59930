"""The scan for secrets: a planted one is found, the checkout has none."""

from pathlib import Path

import pytest

from infra import secrets_scan
from infra.problems import PlatformError

PLANTED = {
    "AWS": "key = 'AKIA" + "Q3EGRIFZHQ7XKLMN'",
    "private key": "-----BEGIN RSA " + "PRIVATE KEY-----",
    "password in a URL": "url = 'postgresql://shop:" + "k3yB0ard@db/shop'",
    "key by its name": 'token_secret = "' + 'vQ9x3Lr8Tz1m"',
}


def test_the_checkout_has_no_secrets(capsys: pytest.CaptureFixture[str]) -> None:
    secrets_scan.scan()
    assert capsys.readouterr().out == "No secrets were found.\n"


@pytest.mark.parametrize("line", PLANTED.values(), ids=PLANTED)
def test_a_planted_secret_is_found(tmp_path: Path, line: str) -> None:
    file = tmp_path / "settings.py"
    file.write_text(f"{line}\n")
    with pytest.raises(PlatformError, match=r"settings\.py:1 "):
        secrets_scan.scan(str(file))
