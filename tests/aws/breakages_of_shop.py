"""Ways to break the shop stack."""

from tests.aws import rules_of_data as data
from tests.aws import rules_of_shop as shop
from tests.aws.breakage import GONE, Breakage

CONFIG = "FrontDoor Properties DistributionConfig"
LISTS, CACHED, UNCACHED = (f"{CONFIG} CacheBehaviors {place}" for place in range(3))
GUESTS = "Limits Properties Rules 0"
OF_SHOP = (
    Breakage("waf regional scope", "Limits Properties Scope", "REGIONAL", shop.limits_guard_the_distribution),
    Breakage("behaviour to unknown origin", f"{CACHED} TargetOriginId", "apy", shop.behaviours_have_an_origin),
    Breakage(
        "api/* before api/products*",
        f"{CACHED} PathPattern",
        "/api/*",
        shop.only_what_is_the_same_for_everyone_is_cached,
    ),
    Breakage(
        "GET cached with Authorization lost",
        f"{UNCACHED} CachePolicyId",
        {"Ref": "OneSecond"},
        shop.only_what_is_the_same_for_everyone_is_cached,
    ),
    Breakage(
        "methods wrong", f"{UNCACHED} AllowedMethods", ["GET", "POST"], shop.methods_are_a_set_that_cloudfront_has
    ),
    Breakage("no OAC", f"{CONFIG} Origins 0 OriginAccessControlId", GONE, shop.files_are_read_by_the_distribution_only),
    Breakage(
        "public bucket",
        "Shop Properties PublicAccessBlockConfiguration BlockPublicPolicy",
        False,
        data.buckets_are_private_and_encrypted,
    ),
    Breakage(
        "bucket policy for everyone",
        "ShopPolicy Properties PolicyDocument Statement 0 Principal",
        "*",
        shop.files_are_read_by_the_distribution_only,
    ),
    Breakage("http allowed", f"{UNCACHED} ViewerProtocolPolicy", "allow-all", shop.nothing_goes_unencrypted),
    Breakage(
        "MaxTTL below MinTTL", "OneSecond Properties CachePolicyConfig MinTTL", 5, shop.products_are_cached_for_a_second
    ),
    Breakage("rate limit 1", f"{GUESTS} Statement RateBasedStatement Limit", 1, shop.addresses_are_limited),
    # beyond the forty
    Breakage("nobody can join a list", f"{LISTS} PathPattern", "/api/waiters", shop.routes_reach_the_api),
    Breakage("POST refused", f"{UNCACHED} AllowedMethods", ["GET", "HEAD", "OPTIONS"], shop.routes_reach_the_api),
    Breakage(
        "token not passed on",
        f"{UNCACHED} OriginRequestPolicyId",
        GONE,
        shop.only_what_is_the_same_for_everyone_is_cached,
    ),
    Breakage("no key sent", f"{CONFIG} Origins 1 OriginCustomHeaders", GONE, shop.origin_gets_the_key),
    Breakage("503 repeated", f"{CONFIG} CustomErrorResponses 9 ErrorCachingMinTTL", 10, shop.errors_are_not_kept),
    Breakage(
        "error page", f"{CONFIG} CustomErrorResponses 2 ResponsePagePath", "/index.html", shop.errors_are_not_kept
    ),
    Breakage(
        "another header",
        "ShopHeaders Properties ResponseHeadersPolicyConfig SecurityHeadersConfig FrameOptions FrameOption",
        "SAMEORIGIN",
        shop.files_have_the_security_headers,
    ),
    Breakage(
        "headers not sent",
        f"{CONFIG} DefaultCacheBehavior ResponseHeadersPolicyId",
        GONE,
        shop.files_have_the_security_headers,
    ),
    Breakage(
        "guests unlimited",
        f"{GUESTS} Statement RateBasedStatement ScopeDownStatement ByteMatchStatement SearchString",
        "/api/shopers",
        shop.addresses_are_limited,
    ),
    Breakage("limit that only counts", f"{GUESTS} Action", {"Count": {}}, shop.limits_refuse_in_the_service_s_words),
    Breakage(
        "origin by http",
        f"{CONFIG} Origins 1 CustomOriginConfig OriginProtocolPolicy",
        "match-viewer",
        shop.nothing_goes_unencrypted,
    ),
    Breakage("domain of somebody", f"{CONFIG} Aliases", ["shop.example"], shop.domain_has_its_certificate),
)
