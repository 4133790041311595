"""Global and private networks, so that no page of the internet leads a reader into a private one."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final

_GLOBAL_UNICAST: Final = IPv6Network("2000::/3")
"""The addresses that are given to computers on the internet (RFC 4291, 2.4)."""
_NAT64: Final = IPv6Network("64:ff9b::/96")
"""IPv4 addresses behind a translator, in their last 32 bits (RFC 6052)."""


def is_global(address: str) -> bool:
    """Return whether an IP address, as `getaddrinfo` returns it, is that of one computer on the internet.

    The IPv4 address in an IPv6 one of NAT64, 6to4 or the mapped kind decides: `ipaddress` alone takes
    `64:ff9b::7f00:1`, which leads to this computer, for global, and so all multicast addresses.
    """
    ip = _embedded(ip_address(address.partition("%")[0]))
    if isinstance(ip, IPv6Address) and ip not in _GLOBAL_UNICAST:
        return False
    return ip.is_global and not ip.is_multicast


def _embedded(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the IPv4 address that an IPv6 address stands for; another address unchanged."""
    if isinstance(ip, IPv4Address):
        return ip
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or ip
