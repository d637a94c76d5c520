from __future__ import annotations

import pytest

from shared.plumbing.outbound.public import Outside, Refused, check_public

INSIDE = [
    "0.0.0.0",
    "10.0.0.1",
    "100.64.0.1",
    "127.0.0.1",
    "127.1.2.3",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "::7f00:1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "3fff::1",
    "fc00::1",
    "fd12::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
]


@pytest.mark.parametrize("address", INSIDE)
def test_an_inside_address_is_refused_in_every_form(address):
    with pytest.raises(Refused):
        check_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:4700:4700::1111", "2a00:1450:4001:81b::200e"])
def test_a_public_address_is_asked(address):
    check_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/x", "ftp://example.com/", "file:///etc/passwd", "https://", "https:///x", "https://u:p@example.com/", "https://@example.com/",
        "https://example.com/#f", "https://exa mple.com/", "https://example.com\\@127.0.0.1/", "https://example.com/\r\nX: y", "https://exämple.com/",
        "https://example.com:0/", "https://example.com:99999/", "https://[::1]/", "https://[::1/", "https://127.0.0.1/", "https://169.254.169.254/latest",
        "gopher://example.com/", "https://example.com/" + "a" * 2000,
    ],
)  # fmt: skip
def test_an_address_that_may_not_be_asked_is_refused_before_anything_is_looked_up(url):
    with pytest.raises(Refused):
        Outside().check(url)
