"""What may be given to the stacks together, and where it comes from."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from chalicelib.config import Config
from infra.aws import rendering
from infra.aws.package import SETTINGS, STAGES, Package
from infra.problems import PlatformError
from tests.aws.templates import Evaluation

PROVIDER = {"JwtIssuer": "https://issuer.example", "JwksUrl": "https://issuer.example/keys", "JwtAudience": "shop"}
REFUSED = [
    ("service", {**PROVIDER, "NatGateway": "false"}, "JwksUrl is on the internet"),
    ("service", {**PROVIDER, "NatGateway": "true", "JwtAudience": ""}, "must be given together"),
    ("service", {"WarmFrom": "2030-12-01T09:50:00"}, "WarmFrom and WarmUntil"),
    ("service", {"WarmUntil": "2030-12-01T09:50:00"}, "WarmFrom and WarmUntil"),
    ("shop", {"Domain": "shop.example"}, "Domain and CertificateArn"),
    ("shop", {"CertificateArn": "arn"}, "Domain and CertificateArn"),
    ("shop", {"HostedZoneId": "Z1"}, "HostedZoneId needs Domain"),
]
ACCEPTED = [
    ("service", {**PROVIDER, "NatGateway": "true"}),
    ("service", {"WarmFrom": "2030-12-01T09:50:00", "WarmUntil": "2030-12-01T10:30:00"}),
    ("shop", {"Domain": "shop.example", "CertificateArn": "arn", "HostedZoneId": "Z1"}),
]


def broken_rules(name: str, values: Mapping[str, str]) -> list[str]:
    return list(Evaluation(rendering.read(name), values).broken_rules())


@pytest.mark.parametrize(("name", "values", "sentence"), REFUSED)
def test_settings_that_contradict_each_other_are_refused(name: str, values: dict[str, str], sentence: str) -> None:
    (said,) = broken_rules(name, values)
    assert sentence in said


@pytest.mark.parametrize(("name", "values"), ACCEPTED)
def test_settings_that_go_together_are_accepted(name: str, values: dict[str, str]) -> None:
    assert broken_rules(name, values) == []


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_s_own_values_are_accepted(stage: str) -> None:
    for name, values in SETTINGS[stage].items():
        assert broken_rules(name, values) == []


def test_what_has_no_default_is_an_output_of_an_earlier_stack(built: Package) -> None:
    known = {"Stage", "OriginKey"}  # the command's, and the value of the key that OriginKeyId names
    for file in built.templates.values():
        template: dict[str, Any] = json.loads(file.read_text())
        needed = {name for name, one in template["Parameters"].items() if "Default" not in one}
        assert needed - known == set()
        known |= template["Outputs"].keys()


def test_a_setting_of_the_service_has_the_default_of_the_code() -> None:
    given = {name: one["Default"] for name, one in rendering.read("service")["Parameters"].items() if "Default" in one}
    fields = {name.title().replace("_", ""): field for name, field in Config.model_fields.items()}
    code = {name: field.default for name, field in fields.items() if not field.is_required()}
    shared = given.keys() & code.keys()
    assert "HoldSeconds" in shared
    unset = {"", "off"}
    assert {name: str(given[name]) for name in shared if given[name] not in unset} == {
        name: str(code[name]) for name in shared if code[name] not in (None, ())
    }


def test_a_stage_can_t_set_what_no_template_has() -> None:
    with pytest.raises(PlatformError, match=r"stages.json: the data stack has no parameter Colour"):
        rendering.with_defaults(rendering.read("data"), "data", {"Colour": "red"})


def test_two_templates_of_a_stack_can_t_define_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "PARTS_OF_SERVICE", ("alarms", "alarms"))
    with pytest.raises(PlatformError, match=r"^Two templates of the service stack define AlarmEmail\.$"):
        rendering.service_additions()
