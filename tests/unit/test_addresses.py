"""Whose address counts, and as what."""

import pytest

from chalicelib.api.addresses import UNKNOWN, origin


def counted(source: object, forwarded_for: str = "", proxies: int = 0) -> str:
    return origin({"identity": {"sourceIp": source}}, forwarded_for, proxies)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:DB8:1:2::", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        *(
            (source, UNKNOWN)
            for source in ("192.0.2.1:80", "192.0.2.1, 192.0.2.2", "1", "localhost", 0, True, None, [])
        ),
    ],
)
def test_an_address_is_counted_by_what_one_customer_has(source: object, expected: str) -> None:
    assert counted(source) == expected


@pytest.mark.parametrize(
    ("forwarded_for", "proxies", "expected"),
    [
        ("198.51.100.1", 0, "192.0.2.1"),
        ("198.51.100.1", 1, "198.51.100.1"),
        ("198.51.100.1, 192.0.2.1", 1, "198.51.100.1"),
        ("198.51.100.2 ,198.51.100.1", 1, "198.51.100.1"),
        ("198.51.100.2,198.51.100.1,192.0.2.1", 2, "198.51.100.2"),
        ("198.51.100.2,198.51.100.1", 2, "198.51.100.2"),
        *(("198.51.100.1", proxies, "192.0.2.1") for proxies in (2, 10)),
        *((text, 1, "192.0.2.1") for text in ("", " ", ",", ", ,", "192.0.2.1")),
        ("x", 1, UNKNOWN),
    ],
)
def test_the_chain_is_believed_as_far_as_it_is_ours(forwarded_for: str, proxies: int, expected: str) -> None:
    assert counted("192.0.2.1", forwarded_for, proxies) == expected


@pytest.mark.parametrize("identity", [None, [], "x", 1, {}])
def test_a_context_without_an_address_has_none(identity: object) -> None:
    assert origin({"identity": identity}, "", 0) == origin({}, "", 0) == UNKNOWN
