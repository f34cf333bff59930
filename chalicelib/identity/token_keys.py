"""The keys that tokens are signed with, as text: `kid:secret`, or two of them with a comma between.

To rotate: add the new key second, and tell all environments; put it first, and tell them; when the last token of the
old key has expired, take the old one away. So each key is known everywhere before anything is signed with it.
"""

import re

from pydantic import SecretStr

KEYS_MAX = 2
SECRET_BYTES_MIN = 32  # as long as what HS256 computes (RFC 7518, section 3.2)
KEY_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")

TokenKeys = dict[str, SecretStr]
"""Secrets by key id; the first one signs, all of them verify."""


def parse_keys(text: str) -> TokenKeys:
    """Return the keys in `text`; raise ValueError saying what is wrong, without repeating any of it."""
    pairs = [pair.strip().partition(":") for pair in text.split(",")]
    keys = {key_id: SecretStr(secret) for key_id, _, secret in pairs}
    if len(pairs) > KEYS_MAX or len(keys) < len(pairs):
        raise ValueError(f"must hold one key, or {KEYS_MAX} with different ids, as kid:secret,kid2:secret2")
    if not all(KEY_ID.fullmatch(key_id) for key_id in keys):
        raise ValueError("each key needs an id of letters, digits, dots, hyphens: kid:secret")
    if min(len(secret.get_secret_value().encode()) for secret in keys.values()) < SECRET_BYTES_MIN:
        raise ValueError(f"each secret must have at least {SECRET_BYTES_MIN} bytes")
    return keys
