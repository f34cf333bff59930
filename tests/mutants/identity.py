"""Mutants of identity: tokens, scopes, addresses."""

from tests.mutants import Mutant
from tests.mutants.holds import TESTS

TOKENS = "chalicelib/identity/tokens.py"
SHOPPERS = "chalicelib/identity/shoppers.py"
EXTERNAL = "chalicelib/identity/external_identity.py"
BAD_TOKENS = "tests/unit/test_bad_tokens.py"
EXTERNAL_TOKENS = "tests/unit/test_external_tokens.py"

MUTANTS = [
    Mutant(
        "token-of-another-audience",
        TOKENS,
        'if (claims["iss"], claims["aud"]) != (ISSUER, AUDIENCE):',
        'if claims["iss"] != ISSUER:',
        "a token for another service is accepted",
        BAD_TOKENS,
    ),
    Mutant(
        "token-of-another-issuer",
        TOKENS,
        'if (claims["iss"], claims["aud"]) != (ISSUER, AUDIENCE):',
        'if claims["aud"] != AUDIENCE:',
        "a token of another service is accepted",
        BAD_TOKENS,
    ),
    Mutant(
        "token-without-validated-claims",
        "chalicelib/identity/signed_claims.py",
        "        _registry(required).validate(claims)\n",
        "",
        "an expired token is accepted",
        BAD_TOKENS,
    ),
    Mutant(
        "token-of-any-algorithm",
        "chalicelib/identity/signed_claims.py",
        ", algorithms=[algorithm])",
        ', algorithms=["HS256", "HS512", "RS256", "RS512"])',
        "the token's header chooses how it is verified",
        BAD_TOKENS,
    ),
    Mutant(
        "token-with-the-anonymous-id",
        SHOPPERS,
        "    if shopper_id == ANONYMOUS:",
        "    if False:",
        "a token gives access to all anonymous reservations",
        f"{BAD_TOKENS} tests/unit/test_shoppers.py",
    ),
    Mutant(
        "shopper-as-an-admin",
        SHOPPERS,
        "    if bearer.scope is not Scope.ADMIN:",
        "    if False:",
        "a shopper's token is accepted on admin routes",
        " ".join(("tests/http/test_identity.py", "tests/http/test_authorization.py")),
    ),
    Mutant(
        "anonymous-where-it-is-off",
        SHOPPERS,
        "        if allow_anonymous:",
        "        if True:",
        "no token is needed although ALLOW_ANONYMOUS is off",
        "tests/http/test_identity.py",
    ),
    Mutant(
        "any-scheme-is-bearer",
        SHOPPERS,
        "    if scheme.lower() != SCHEME:",
        "    if False:",
        "a token under another scheme is accepted",
        BAD_TOKENS,
    ),
    Mutant(
        "bad-token-is-anonymous",
        "chalicelib/api/application.py",
        'bearer = shoppers.identify(headers.get("authorization"))',
        "bearer = None",
        "tokens are not read at all",
        "tests/http/test_identity.py",
    ),
    Mutant(
        "provider-token-for-another-audience",
        EXTERNAL,
        " or self._audience not in audience:",
        ":",
        "a token for another client of the provider is accepted",
        EXTERNAL_TOKENS,
    ),
    Mutant(
        "provider-asked-for-every-unknown-key",
        EXTERNAL,
        " and now - self._tried_at >= FETCH_PAUSE_SECONDS:",
        ":",
        "invented key ids reach the provider with every request",
        "tests/http/test_external_keys.py",
    ),
    Mutant(
        "withdrawn-keys-are-believed",
        EXTERNAL,
        "if now - self._fetched_at > BELIEVED_SECONDS:",
        "if False:",
        "keys of a provider that is away are believed for ever",
        "tests/http/test_external_keys.py",
    ),
    Mutant(
        "guest-tokens-without-a-limit",
        "chalicelib/db/guest_tokens.py",
        " WHERE given.issued < %(limit)s",
        "",
        "an address gets any number of tokens",
        f"{TESTS}/test_guest_tokens.py",
    ),
    Mutant(
        "shopper-chooses-the-address",
        "chalicelib/api/addresses.py",
        "return chain[-1 - proxies] if",
        "return chain[0] if",
        "a caller invents the address that the limit counts",
        "tests/unit/test_addresses.py",
    ),
    Mutant(
        "ipv6-address-alone",
        "chalicelib/api/addresses.py",
        "NETWORK_BITS = 64",
        "NETWORK_BITS = 128",
        "one customer has any number of IPv6 addresses",
        "tests/unit/test_addresses.py",
    ),
]
