"""The address that a request comes from, as far as it can be believed."""

from collections.abc import Mapping
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Any

NOWHERE = "::"
NETWORK_BITS = 64  # what one customer of a provider has of IPv6


def origin(context: Mapping[str, Any], forwarded_for: str, trusted_proxies: int) -> str:
    """Return whom a request counts for: an IPv4 address, an IPv6 network, or NOWHERE where none can be read.

    Takes API Gateway's request context and the X-Forwarded-For header. TRUSTED_PROXIES is explained in `config`.
    """
    identity = context.get("identity")
    caller = identity.get("sourceIp") if isinstance(identity, dict) else None
    return _counted(_before(caller, forwarded_for, trusted_proxies))


def _before(caller: object, forwarded_for: str, proxies: int) -> object:
    """Go back as many proxies as are ours; each wrote down who called it, API Gateway too."""
    chain: list[object] = [hop.strip() for hop in forwarded_for.split(",") if hop.strip()]
    if chain[-1:] != [caller]:
        chain.append(caller)
    return chain[-1 - proxies] if proxies < len(chain) else caller


def _counted(address: object) -> str:
    try:
        parsed = ip_address(str(address))
    except ValueError:
        return NOWHERE
    if isinstance(parsed, IPv6Address):
        return str(parsed.ipv4_mapped or _network(parsed))
    return str(parsed)


def _network(address: IPv6Address) -> IPv6Network:
    return IPv6Network((int(address), NETWORK_BITS), strict=False)
