"""An identity provider's keys: fetched when they are needed, kept for a while, and what happens when they are away."""

import pytest

from chalicelib.identity import external_identity
from tests import jwts
from tests.http.provider import FIRST, SECOND, Clock, Provider, claims, status, token
from tests.http.shop import Shop, opened
from tests.logs import facts, logged
from tests.servers import connections_taken, listening, url_of

pytestmark = pytest.mark.slow


def test_keys_are_fetched_once_and_kept(provider_shop: Shop, provider: Provider) -> None:
    assert [status(provider_shop, token(sub=str(number))) for number in range(5)] == [200] * 5
    assert provider.fetches == 1


def test_a_new_key_is_fetched_when_it_is_first_seen(provider_shop: Shop, provider: Provider, clock: Clock) -> None:
    assert status(provider_shop, token()) == 200
    provider.keys.append(jwts.jwk(SECOND, "second"))
    clock.now += external_identity.FETCH_PAUSE_SECONDS
    assert status(provider_shop, token(SECOND, "second")) == 200
    assert status(provider_shop, token()) == 200
    assert provider.fetches == 2


def test_a_withdrawn_key_is_used_until_the_keys_are_fetched_again(
    provider_shop: Shop, provider: Provider, clock: Clock
) -> None:
    assert status(provider_shop, token()) == 200
    provider.keys = [jwts.jwk(SECOND, "second")]
    clock.now += external_identity.FRESH_SECONDS
    assert (status(provider_shop, token()), status(provider_shop, token(SECOND, "second"))) == (401, 200)


def test_invented_key_ids_cause_one_fetch_in_ten_seconds(provider_shop: Shop, provider: Provider, clock: Clock) -> None:
    assert {status(provider_shop, token(key_id=f"invented-{number}")) for number in range(50)} == {401}
    assert provider.fetches == 1
    clock.now += external_identity.FETCH_PAUSE_SECONDS
    assert {status(provider_shop, token(key_id=f"invented-{number}")) for number in range(50)} == {401}
    assert provider.fetches == 2


BROKEN = {
    "an error": (500, b"{}", "HTTPError"),
    "not found": (404, b"{}", "HTTPError"),
    "a redirect": (302, b"", "HTTPError"),
    "no JSON": (200, b"<html>", "JSONDecodeError"),
    "no UTF-8": (200, b"\xff", "UnicodeDecodeError"),
    "no object": (200, b"[]", "TypeError"),
    "no keys": (200, b'{"keys": []}', "ValueError"),
    "keys that are none": (200, b'{"keys": [1]}', "AttributeError"),
    "keys of another kind": (200, b'{"keys": "x"}', "AttributeError"),
    "nested too deep": (200, b"[" * 100_000, "RecursionError"),
}


@pytest.mark.parametrize(("code", "body", "reason"), BROKEN.values(), ids=BROKEN)
def test_without_the_providers_keys_its_tokens_are_answered_with_busy(
    provider_shop: Shop, provider: Provider, clock: Clock, code: int, body: bytes, reason: str
) -> None:
    provider.status, provider.body = code, body
    with logged() as lines:
        replies = [provider_shop.with_token(token()).get("/reservations") for _ in range(5)]
        assert {(reply.status, reply.problem) for reply in replies} == {(503, "busy")}
        assert provider.fetches == 1, "who can't answer is left in peace"
        message = "the identity provider's keys can't be fetched"
        assert facts(lines.about(message)) == {"level": "ERROR", "message": message, "reason": reason}
        assert provider_shop.as_shopper().get("/reservations").status == 200, "others notice nothing"
    provider.status, provider.body = 200, None
    clock.now += external_identity.FETCH_PAUSE_SECONDS
    assert status(provider_shop, token()) == 200


def test_keys_of_a_provider_that_fails_later_are_used_for_an_hour(
    provider_shop: Shop, provider: Provider, clock: Clock
) -> None:
    assert status(provider_shop, token()) == 200
    provider.status = 500
    with logged():
        clock.now += external_identity.FRESH_SECONDS
        assert (status(provider_shop, token()), status(provider_shop, token(SECOND, "second"))) == (200, 503)
        clock.now += external_identity.BELIEVED_SECONDS - external_identity.FRESH_SECONDS
        assert status(provider_shop, token()) == 200
        clock.now += 1
        assert status(provider_shop, token()) == 503


def test_a_provider_that_never_answers_is_waited_for_briefly_and_once(
    database_url: str, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(external_identity, "TIMEOUT_SECONDS", 0.1)
    with listening() as server, logged():
        provider.url = f"{url_of(server)}/keys"
        assert statuses_in_a_new_shop(database_url, provider) == [503] * 3
        assert connections_taken(server) == 1


def statuses_in_a_new_shop(database_url: str, provider: Provider) -> list[int]:
    with opened(database_url, **provider.settings()) as shop:
        return [status(shop, token()) for _ in range(3)]


@pytest.mark.parametrize(
    "published",
    [
        {"kty": "oct", "kid": "first", "k": "eA"},
        jwts.jwk(FIRST, "first", alg="RS512"),
        jwts.jwk(FIRST, "first", use="enc"),
    ],
    ids=["a secret", "for another algorithm", "for encryption"],
)
def test_a_key_for_another_purpose_verifies_nothing(provider_shop: Shop, provider: Provider, published: object) -> None:
    provider.keys = [published, jwts.jwk(SECOND, "second")]
    for bearer_token in (token(), jwts.hs256({"alg": "HS256", "kid": "first"}, claims(), b"x")):
        assert status(provider_shop, bearer_token) == 401
    assert status(provider_shop, token(SECOND, "second")) == 200


def test_keys_of_unknown_kinds_are_ignored(provider_shop: Shop, provider: Provider) -> None:
    provider.keys += [{"kty": "AKP", "kid": "new", "alg": "ML-DSA-44"}, {"kty": "OKP", "kid": "x", "crv": "X"}]
    assert status(provider_shop, token()) == 200
