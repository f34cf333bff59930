"""The address of a request's sender, taken only from headers that our own proxies wrote."""

from collections.abc import Mapping
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Any

UNKNOWN = "::"
NETWORK_BITS = 64  # an IPv6 customer usually has a /64 network


def origin(context: Mapping[str, Any], forwarded_for: str, trusted_proxies: int) -> str:
    """Return the IPv4 address or the IPv6 network of the sender; UNKNOWN if it can't be read.

    `context` is API Gateway's request context, `forwarded_for` the header X-Forwarded-For. `Config` explains
    TRUSTED_PROXIES.
    """
    identity = context.get("identity")
    caller = identity.get("sourceIp") if isinstance(identity, dict) else None
    return _counted(_before(caller, forwarded_for, trusted_proxies))


def _before(caller: object, forwarded_for: str, proxies: int) -> object:
    """Return the caller of the first of our own proxies. Each proxy, and API Gateway, records its caller."""
    chain: list[object] = [hop.strip() for hop in forwarded_for.split(",") if hop.strip()]
    if chain[-1:] != [caller]:
        chain.append(caller)
    return chain[-1 - proxies] if proxies < len(chain) else caller


def _counted(address: object) -> str:
    try:
        parsed = ip_address(str(address))
    except ValueError:
        return UNKNOWN
    if isinstance(parsed, IPv6Address):
        return str(parsed.ipv4_mapped or _network(parsed))
    return str(parsed)


def _network(address: IPv6Address) -> IPv6Network:
    return IPv6Network((int(address), NETWORK_BITS), strict=False)
