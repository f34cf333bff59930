"""The templates as they are deployed: read, merged with what Chalice made, and turned into plain CloudFormation."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator
from samtranslator.yaml_helper import yaml_parse

from infra import emulated_aws, gateway_responses
from infra.paths import FRONTEND
from infra.problems import PlatformError

TEMPLATES = Path(__file__).with_name("templates")
PARTS_OF_SERVICE = ("service", "alarms", "dashboard")
ALIAS = "live"
CORS_ORIGIN = "*"
"""The default of Chalice too. The shop has the origin of the API; other sites send a token, never a cookie."""

type Template = dict[str, Any]
type Settings = Mapping[str, Mapping[str, str]]
"""Parameter values by template name."""


def read(name: str) -> Template:
    """A template of the folder."""
    template: Template = yaml_parse((TEMPLATES / f"{name}.yaml").read_text())
    return template


def service_additions() -> Template:
    """What Chalice merges into its own template: the parts of the service stack, as one."""
    merged: Template = {}
    for part in PARTS_OF_SERVICE:
        for section, content in read(part).items():
            _add(merged, section, content)
    return merged


def _add(merged: Template, section: str, content: Any) -> None:  # noqa: ANN401
    """Add a section; raise PlatformError if another template defines the same name."""
    if not isinstance(content, dict):
        merged[section] = content
        return
    known = merged.setdefault(section, {})
    if twice := known.keys() & content.keys():
        raise PlatformError(f"Two templates of the service stack define {', '.join(sorted(twice))}.")
    known.update(content)


def service(merged: Template, code_key: str, settings: Settings) -> Template:
    """Plain CloudFormation of the service stack: after Chalice's merging, what merging can't do."""
    resources = merged["Resources"]
    for resource in resources.values():
        if resource["Type"] == "AWS::Serverless::Function":
            _finish_function(resource["Properties"], code_key, _digest(settings))
    _finish_api(resources["RestAPI"]["Properties"]["DefinitionBody"])
    merged["Outputs"] = service_additions()["Outputs"]  # Chalice's own are not used
    return _without_sam(merged)


def _finish_function(properties: Template, code_key: str, settings_digest: str) -> None:
    """Name the code, and let every change of a property make a new version, which is what the alias serves.

    The variables are parameters, whose values are no part of the properties: hence the digest of the stage's settings.
    """
    properties["CodeUri"] = {"Bucket": {"Ref": "CodeBucket"}, "Key": code_key}
    properties["AutoPublishAliasAllProperties"] = True
    properties["Description"] = f"Settings {settings_digest}"


def _digest(settings: Settings) -> str:
    return hashlib.sha256(json.dumps(settings, sort_keys=True).encode()).hexdigest()[:12]


def _finish_api(body: Template) -> None:
    """Put the stage into the API's name (the dimension of its metrics), call the alias, add the gateway responses."""
    body["info"]["title"] = {"Fn::Sub": "flash-sale-${Stage}"}
    body["x-amazon-apigateway-gateway-responses"] = gateway_responses.rendered(CORS_ORIGIN)
    for path in body["paths"].values():
        for method in path.values():
            integration = method["x-amazon-apigateway-integration"]
            if integration["type"] == "aws_proxy":
                _call_alias(integration["uri"])


def _call_alias(uri: dict[str, str]) -> None:
    """Without it, provisioned concurrency does nothing and a rollback changes nothing."""
    uri["Fn::Sub"] = uri["Fn::Sub"].replace("${APIHandler.Arn}", f"${{APIHandler.Arn}}:{ALIAS}")


def _without_sam(template: Template) -> Template:
    """The same translation that AWS does for SAM, done here so that the tests see what is deployed."""
    translator = Translator({}, Parser(), boto_session=emulated_aws.session())
    translated: Template = translator.translate(template, parameter_values={})
    translator.metrics.publish()  # to nowhere: unpublished metrics make the translator log a warning
    return translated


def with_defaults(template: Template, name: str, values: Mapping[str, str]) -> Template:
    """The template with the stage's values as its defaults, so that the linter sees them."""
    for parameter, value in values.items():
        if parameter not in template["Parameters"]:
            raise PlatformError(f"infra/aws/stages.json: the {name} stack has no parameter {parameter}.")
        template["Parameters"][parameter]["Default"] = value
    return template


def shop() -> Template:
    """The shop's template with the headers of `frontend/security-headers.json`."""
    template = read("shop")
    config = template["Resources"]["ShopHeaders"]["Properties"]["ResponseHeadersPolicyConfig"]
    headers: dict[str, str] = json.loads((FRONTEND / "security-headers.json").read_text())
    config["SecurityHeadersConfig"] |= {
        "ContentSecurityPolicy": {
            "ContentSecurityPolicy": _with_image_origins(headers.pop("Content-Security-Policy")),
            "Override": True,
        },
        "ContentTypeOptions": {"Override": headers.pop("X-Content-Type-Options") == "nosniff"},
        "FrameOptions": {"FrameOption": headers.pop("X-Frame-Options"), "Override": True},
        "ReferrerPolicy": {"ReferrerPolicy": headers.pop("Referrer-Policy"), "Override": True},
    }
    config["CustomHeadersConfig"] = {
        "Items": [{"Header": name, "Value": value, "Override": True} for name, value in headers.items()]
    }
    return template


def _with_image_origins(policy: str) -> Template:
    """The Content-Security-Policy, which also allows images of ImageOrigins; frontend/front-door.ts does the same."""
    origins = {"Fn::Join": [" ", {"Fn::Split": [",", {"Ref": "ImageOrigins"}]}]}
    allowing = {"Fn::Sub": [policy.replace("img-src 'self'", "img-src 'self' ${Origins}"), {"Origins": origins}]}
    return {"Fn::If": ["HasImageOrigins", allowing, policy]}
