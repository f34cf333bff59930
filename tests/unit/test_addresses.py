"""The address that a request counts for."""

from chalicelib.api.addresses import UNKNOWN, origin


def counted(source: object, forwarded_for: str = "", proxies: int = 0) -> str:
    return origin({"identity": {"sourceIp": source}}, forwarded_for, proxies)


def test_an_address_counts_for_all_that_one_customer_of_a_provider_has() -> None:
    assert counted("192.0.2.1") == counted("::ffff:192.0.2.1") == "192.0.2.1"
    assert counted("2001:db8:1:2:3:4:5:6") == counted("2001:DB8:1:2::") == "2001:db8:1:2::/64"
    assert counted("fe80::1%eth0") == "fe80::/64"
    for source in ("192.0.2.1:80", "192.0.2.1, 192.0.2.2", "192.0.2.256", "1", "localhost", "é", 0, True, None, []):
        assert counted(source) == UNKNOWN, source


def test_as_many_proxies_are_believed_as_are_configured() -> None:
    for forwarded_for, proxies, expected in (
        ("198.51.100.1", 0, "192.0.2.1"),
        ("198.51.100.1", 1, "198.51.100.1"),
        ("198.51.100.1, 192.0.2.1", 1, "198.51.100.1"),
        ("198.51.100.2 ,198.51.100.1", 1, "198.51.100.1"),
        ("198.51.100.2,198.51.100.1,192.0.2.1", 2, "198.51.100.2"),
        ("198.51.100.2,198.51.100.1", 2, "198.51.100.2"),
        *(("198.51.100.1", proxies, "192.0.2.1") for proxies in (2, 10)),
        *((text, 1, "192.0.2.1") for text in ("", " ", ",", ", ,", "192.0.2.1")),
        ("x", 1, UNKNOWN),
    ):
        assert counted("192.0.2.1", forwarded_for, proxies) == expected, (forwarded_for, proxies)


def test_a_context_without_an_address_has_none() -> None:
    for context in ({}, *({"identity": identity} for identity in (None, [], "x", 1, {}))):
        assert origin(context, "", 0) == UNKNOWN
