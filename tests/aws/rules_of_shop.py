"""What must be true of the front door. A rule yields what is wrong."""

import json
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Any

from infra.gateway_responses import rendered
from infra.paths import FRONTEND
from tests.aws.rules_of_api import methods
from tests.aws.templates import Templates

DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
"""AWS's policy CachingDisabled."""
ALL_BUT_HOST = "b689b0a8-53d0-40ab-baf2-68738e2966ac"
"""AWS's policy AllViewerExceptHostHeader."""
SHARED = {"/products", "/products/{product_id}"}
"""Routes whose replies are the same for everyone: `replies.shared`."""
READING = {"GET", "HEAD", "OPTIONS"}
ALL_METHODS = READING | {"PUT", "PATCH", "POST", "DELETE"}
KEEPABLE_ERRORS = {400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504}
"""Those that CloudFront can be told how long to keep."""
LOWEST_LIMIT = 10
YEAR_SECONDS = 31_536_000


def distribution(templates: Templates) -> dict[str, Any]:
    """The configuration of the distribution."""
    found: dict[str, Any] = templates.shop["FrontDoor"]["Properties"]["DistributionConfig"]
    return found


def behaviours(templates: Templates) -> list[dict[str, Any]]:
    """The behaviours in the order in which CloudFront tries them."""
    config = distribution(templates)
    return [*config["CacheBehaviors"], {"PathPattern": "*", **config["DefaultCacheBehavior"]}]


def behaviour_of(templates: Templates, path: str) -> dict[str, Any]:
    """The behaviour that serves a path."""
    return next(one for one in behaviours(templates) if fnmatchcase(path, one["PathPattern"]))


def behaviours_have_an_origin(templates: Templates) -> Iterator[str]:
    origins = {origin["Id"] for origin in distribution(templates)["Origins"]}
    for one in behaviours(templates):
        if one["TargetOriginId"] not in origins:
            yield f"{one['PathPattern']} goes to {one['TargetOriginId']}, which does not exist"


def routes_reach_the_api(templates: Templates) -> Iterator[str]:
    for path, method, _ in methods(templates):
        one = behaviour_of(templates, f"/api{path}")
        if one["TargetOriginId"] != "api" or method.upper() not in one["AllowedMethods"]:
            yield f"{method} {path} does not reach the API"


def methods_are_a_set_that_cloudfront_has(templates: Templates) -> Iterator[str]:
    for one in behaviours(templates):
        if set(one["AllowedMethods"]) not in ({"GET", "HEAD"}, READING, ALL_METHODS):
            yield f"{one['PathPattern']} allows {one['AllowedMethods']}"


def only_what_is_the_same_for_everyone_is_cached(templates: Templates) -> Iterator[str]:
    for path, _, _ in methods(templates):
        one = behaviour_of(templates, f"/api{path}")
        is_private = (one["CachePolicyId"], one.get("OriginRequestPolicyId")) == (DISABLED, ALL_BUT_HOST)
        if path in SHARED and one["CachePolicyId"] != {"Ref": "OneSecond"}:
            yield f"{path} is not cached"
        if path not in SHARED and not is_private:
            yield f"{path} is cached, or does not see the shopper's token"


def products_are_cached_for_a_second(templates: Templates) -> Iterator[str]:
    policy = templates.shop["OneSecond"]["Properties"]["CachePolicyConfig"]
    if not 0 == policy["MinTTL"] <= policy["DefaultTTL"] <= policy["MaxTTL"] == 1:
        yield f"times are {policy['MinTTL']}, {policy['DefaultTTL']}, {policy['MaxTTL']}"


def nothing_goes_unencrypted(templates: Templates) -> Iterator[str]:
    for one in behaviours(templates):
        if one["ViewerProtocolPolicy"] not in {"https-only", "redirect-to-https"}:
            yield f"{one['PathPattern']} answers http"
    for origin in distribution(templates)["Origins"]:
        if (
            origin.get("CustomOriginConfig", {"OriginProtocolPolicy": "https-only"})["OriginProtocolPolicy"]
            != "https-only"
        ):
            yield f"{origin['Id']} is asked by http"


def origin_gets_the_key(templates: Templates) -> Iterator[str]:
    (api,) = (origin for origin in distribution(templates)["Origins"] if origin["Id"] == "api")
    if [header["HeaderName"] for header in api.get("OriginCustomHeaders", [])] != ["x-api-key"]:
        yield "the API's key is not sent"


def files_are_read_by_the_distribution_only(templates: Templates) -> Iterator[str]:
    (shop,) = (origin for origin in distribution(templates)["Origins"] if origin["Id"] == "shop")
    if shop.get("OriginAccessControlId") != {"Fn::GetAtt": ["ShopAccess", "Id"]}:
        yield "the distribution does not say who it is"
    for statement in templates.shop["ShopPolicy"]["Properties"]["PolicyDocument"]["Statement"]:
        source = statement.get("Condition", {}).get("StringEquals", {}).get("AWS:SourceArn", "")
        if statement["Principal"] != {"Service": "cloudfront.amazonaws.com"} or not source.endswith("/${FrontDoor}"):
            yield f"others may {statement['Action']}"


def errors_are_not_kept(templates: Templates) -> Iterator[str]:
    responses = distribution(templates).get("CustomErrorResponses", [])
    if {one["ErrorCode"] for one in responses if one.get("ErrorCachingMinTTL") == 0} != KEEPABLE_ERRORS:
        yield "CloudFront repeats an error for ten seconds"
    if any("ResponsePagePath" in one for one in responses):
        yield "a page takes the place of the API's answers"


def expected_headers(image_origins: str) -> dict[str, str]:
    """The headers of `frontend/security-headers.json`, whose policy allows images of these origins too."""
    headers: dict[str, str] = json.loads((FRONTEND / "security-headers.json").read_text())
    sources = " ".join(["img-src 'self'", *filter(None, image_origins.split(","))])
    policy = headers["Content-Security-Policy"].replace("img-src 'self'", sources)
    return {**headers, "Content-Security-Policy": policy}


def images_are_accepted_from_where_browsers_load_them(templates: Templates) -> Iterator[str]:
    accepted = templates.service["APIHandler"]["Properties"]["Environment"]["Variables"]["IMAGE_ORIGINS"]
    if accepted != templates.values.get("ImageOrigins", ""):
        yield "the API does not take the images that the policy allows"


def files_have_the_security_headers(templates: Templates) -> Iterator[str]:
    policy = templates.shop["ShopHeaders"]["Properties"]["ResponseHeadersPolicyConfig"]
    security = policy["SecurityHeadersConfig"]
    found = {one["Header"]: one["Value"] for one in policy["CustomHeadersConfig"]["Items"]}
    found["Content-Security-Policy"] = security["ContentSecurityPolicy"]["ContentSecurityPolicy"]
    found["X-Frame-Options"] = security["FrameOptions"]["FrameOption"]
    found["Referrer-Policy"] = security["ReferrerPolicy"]["ReferrerPolicy"]
    if security["ContentTypeOptions"]["Override"]:
        found["X-Content-Type-Options"] = "nosniff"
    if found != expected_headers(templates.values.get("ImageOrigins", "")):
        yield "the headers are not those of frontend/security-headers.json, with the origins of images"
    if security["StrictTransportSecurity"]["AccessControlMaxAgeSec"] < YEAR_SECONDS:
        yield "browsers forget too soon that the shop is encrypted"
    if behaviours(templates)[-1].get("ResponseHeadersPolicyId") != {"Ref": "ShopHeaders"}:
        yield "the shop's files have no security headers"


def limits_guard_the_distribution(templates: Templates) -> Iterator[str]:
    limits = templates.shop["Limits"]["Properties"]
    if limits["Scope"] != "CLOUDFRONT" or distribution(templates)["WebACLId"] != {"Fn::GetAtt": ["Limits", "Arn"]}:
        yield "the limits are not the distribution's"


def addresses_are_limited(templates: Templates) -> Iterator[str]:
    rules = templates.shop["Limits"]["Properties"]["Rules"]
    rates = {one["Name"]: one["Statement"]["RateBasedStatement"] for one in rules}
    guests, requests = (int(rates[name]["Limit"]) for name in ("guests-per-address", "requests-per-address"))
    if not LOWEST_LIMIT <= guests < requests:
        yield f"limits are {guests} and {requests}"
    scope = rates["guests-per-address"].get("ScopeDownStatement", {}).get("ByteMatchStatement", {})
    if scope.get("SearchString") != "/api/shoppers" or "ScopeDownStatement" in rates["requests-per-address"]:
        yield "the limits count other requests"


def limits_refuse_in_the_service_s_words(templates: Templates) -> Iterator[str]:
    limits = templates.shop["Limits"]["Properties"]
    (body,) = (json.loads(one["Content"]) for one in limits["CustomResponseBodies"].values())
    throttled = json.loads(rendered("*")["THROTTLED"]["responseTemplates"]["application/json"])
    answers = [one["Action"].get("Block", {}).get("CustomResponse", {}) for one in limits["Rules"]]
    known = {"ResponseCode": 429, "CustomResponseBodyKey": "TooManyRequests"}
    if body != throttled or any(answer != known for answer in answers):
        yield "a limit refuses in other words than API Gateway"


def domain_has_its_certificate(templates: Templates) -> Iterator[str]:
    domain, config = templates.values.get("Domain"), distribution(templates)
    certificate = config["ViewerCertificate"]
    if config.get("Aliases", []) != ([domain] if domain else []):
        yield f"the distribution answers for {config.get('Aliases')}"
    if domain and (certificate.get("AcmCertificateArn"), certificate.get("MinimumProtocolVersion")) != (
        templates.values["CertificateArn"],
        "TLSv1.2_2021",
    ):
        yield f"the domain has {certificate}"


RULES = (
    behaviours_have_an_origin,
    routes_reach_the_api,
    methods_are_a_set_that_cloudfront_has,
    only_what_is_the_same_for_everyone_is_cached,
    products_are_cached_for_a_second,
    nothing_goes_unencrypted,
    origin_gets_the_key,
    files_are_read_by_the_distribution_only,
    errors_are_not_kept,
    files_have_the_security_headers,
    images_are_accepted_from_where_browsers_load_them,
    limits_guard_the_distribution,
    addresses_are_limited,
    limits_refuse_in_the_service_s_words,
    domain_has_its_certificate,
)
