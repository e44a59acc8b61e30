"""Which addresses are public."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis.strategies import ip_addresses, text

from ddm.acquire.address import is_public


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:4700:4700::1111", "64:ff9b::808:808"])
def test_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "2002:7f00:1::",
     "64:ff9b::7f00:1", "192.0.2.1"],
)  # fmt: skip
def test_not_public(address: str) -> None:
    assert not is_public(address)


@given(ip_addresses(v=4, network="127.0.0.0/8") | ip_addresses(v=4, network="10.0.0.0/8"))
def test_no_form_of_a_private_address_passes(address: object) -> None:
    mapped = f"::ffff:{address}"
    assert not is_public(str(address))
    assert not is_public(mapped)


@given(text())
def test_what_is_no_address_is_not_public(name: str) -> None:
    assert is_public(name) in (True, False)
