"""Tokens put together by hand, because libraries refuse to make bad ones."""

import base64
import hmac
import json
import time
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256, HashAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

Claims = dict[str, Any]
_SHA256 = SHA256()


def joined(header: Claims, claims: object) -> str:
    """Return what a signature is made over."""
    return f"{encoded(json.dumps(header).encode())}.{encoded(json.dumps(claims).encode())}"


def hs256(header: Claims, claims: object, secret: bytes, digest: str = "sha256") -> str:
    """Sign with a secret; what the header says about that may be a lie."""
    text = joined(header, claims)
    return f"{text}.{encoded(hmac.new(secret, text.encode(), digest).digest())}"


def rs256(header: Claims, claims: object, key: rsa.RSAPrivateKey, digest: HashAlgorithm = _SHA256) -> str:
    """Sign with a private key; another digest makes it RS384 or RS512."""
    text = joined(header, claims)
    return f"{text}.{encoded(key.sign(text.encode(), PKCS1v15(), digest))}"


def private_key() -> rsa.RSAPrivateKey:
    """Make a key of one's own."""
    return rsa.generate_private_key(65537, 2048)


def pem(key: rsa.RSAPrivateKey) -> bytes:
    """Return the public half of a key as text, which anybody may have."""
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def jwk(key: rsa.RSAPrivateKey, key_id: str, **more: str) -> Claims:
    """Return the public half of a key as a provider publishes it."""
    numbers = key.public_key().public_numbers()
    return {"kty": "RSA", "kid": key_id, "n": _number(numbers.n), "e": _number(numbers.e), **more}


def claims(**changed: Any) -> Claims:
    """Return the claims of a valid token of a shopper, with some of them changed; None removes a claim."""
    now = int(time.time())
    good = {"iss": "flash-sale", "aud": "flash-sale", "scope": "shopper", "iat": now, "exp": now + 600}
    return {name: value for name, value in {**good, **changed}.items() if value is not None}


def payload(token: str) -> Claims:
    """Return the claims of a token, whoever signed it."""
    text = token.split(".")[1]
    claims: Claims = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    return claims


def tampered(token: str, **changed: Any) -> str:
    """Change the claims of a token, and leave its signature as it was."""
    header, _, signature = token.split(".")
    return f"{header}.{encoded(json.dumps({**payload(token), **changed}).encode())}.{signature}"


def _number(value: int) -> str:
    return encoded(value.to_bytes((value.bit_length() + 7) // 8))


def encoded(raw: bytes) -> str:
    """Return bytes as the parts of a token are written."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
