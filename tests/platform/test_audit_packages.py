"""The audit of packages: what is vulnerable is named, and what could not be asked never counts as safe."""

import pytest

from infra.audit_packages import judged_npm, judged_python
from infra.problems import PlatformError

KNOWN = {"name": "left", "version": "1.0", "vulns": [{"id": "CVE-1"}]}
SHOP = "the packages of frontend"
SAFE = {"name": "right", "version": "2.0", "vulns": []}


def test_packages_without_known_vulnerabilities_are_counted() -> None:
    assert judged_python({"dependencies": [SAFE, SAFE]}) == "2 Python packages: nothing known."
    report = {"vulnerabilities": {}, "metadata": {"dependencies": {"total": 3}}}
    assert judged_npm(report, SHOP) == "the packages of frontend, 3 in all: nothing known."


def test_a_vulnerable_package_is_named() -> None:
    with pytest.raises(PlatformError, match=r"left 1\.0: CVE-1"):
        judged_python({"dependencies": [SAFE, KNOWN]})
    with pytest.raises(PlatformError, match=r"left \(high\)"):
        judged_npm({"vulnerabilities": {"left": {"severity": "high"}}}, SHOP)


def test_a_package_that_could_not_be_asked_for_is_a_failure() -> None:
    skipped = {"name": "left", "skip_reason": "not found"}
    with pytest.raises(PlatformError, match="1 of 2 Python packages could not be read.*not found"):
        judged_python({"dependencies": [SAFE, skipped]})
    for report in ({"message": "405"}, {"error": {"summary": "405"}}):
        with pytest.raises(PlatformError, match="the packages of frontend could not be read.*405"):
            judged_npm(report, SHOP)
