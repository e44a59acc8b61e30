"""Which network addresses may be spoken to: a rule on IP addresses, pure."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address in its last 32 bits


def is_public(address: str) -> bool:
    """Whether `address` is a public unicast one: not private, loopback, link-local, reserved, multicast, nor an IPv6
    form that leads to such an IPv4 address (mapped, 6to4, Teredo, NAT64). False for what is no address."""
    try:
        found = ip_address(address.split("%", 1)[0])
    except ValueError:
        return False
    return all(each.is_global and not each.is_multicast for each in _embedded(found))


def _embedded(address: IPv4Address | IPv6Address) -> list[IPv4Address | IPv6Address]:
    """The address that really answers: the IPv4 one inside a transition address, else the address itself."""
    if isinstance(address, IPv4Address):
        return [address]
    if address in _NAT64:
        return [IPv4Address(int(address) & 0xFFFFFFFF)]
    inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
    return [inner] if inner is not None else [address]
