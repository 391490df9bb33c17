"""Which addresses a page may be fetched from: public ones. A URL in a feed must not reach the machine's own network."""

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

# Ways to write an IPv4 address as an IPv6 one, and what `is_global` lets pass or, in an older Python, does not know.
_REFUSED = [
    ip_network(network)
    for network in (
        *("::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "fec0::/10"),
        *("2001::/23", "3fff::/20", "5f00::/16"),  # IANA's special-purpose registry: protocols, documentation, SRv6
        *("192.0.0.0/24", "192.88.99.0/24"),  # IETF protocols; relays of 6to4
        "168.63.129.16/32",  # Azure's address of a machine's own host
    )
]
# Where clouds hand out a machine's own keys and settings. Not even `allow_private` leads there.
_METADATA = [
    ip_network(network)
    for network in (
        *("169.254.0.0/16", "fe80::/10"),  # link-local: AWS, Google, Azure, OpenStack, ... at 169.254.169.254
        "fd00:ec2::/32",  # AWS over IPv6
        "100.100.100.200/32",  # Alibaba
        "168.63.129.16/32",  # Azure
        "192.0.0.192/32",  # Oracle
    )
]
_NAT64 = [ip_network(network) for network in ("64:ff9b::/96", "64:ff9b:1::/48", "::/96")]  # RFC 6052, 8215, 4291


class Refused(Exception):
    """An address, a URL, a redirect or an answer that is not followed; the message says why."""


@dataclass(frozen=True)
class Peer:
    """One address that a name stands for, ready for `socket.socket` and `connect`."""

    family: socket.AddressFamily
    address: tuple[str, int] | tuple[str, int, int, int]


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet: not private, loopback, link-local, multicast, reserved, and
    no IPv6 form of an IPv4 address."""
    parsed: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is not None:
        return False
    if not parsed.is_global or parsed.is_multicast or parsed.is_reserved:
        return False
    return not any(parsed.version == network.version and parsed in network for network in _REFUSED)


def is_allowed(address: str, *, allow_private: bool) -> bool:
    """Whether we may connect: to the public internet, with `allow_private` to private addresses too, and to link-local
    and metadata ones never, however they are written."""
    if not allow_private:
        return is_public(address)
    parsed = ip_address(address.partition("%")[0])
    return not any(
        one.version == network.version and one in network for one in _led_to(parsed) for network in _METADATA
    )


def _led_to(parsed: IPv4Address | IPv6Address) -> list[IPv4Address | IPv6Address]:
    """An address, and the IPv4 address that an IPv6 one stands for (mapped, 6to4, Teredo, NAT64)."""
    if isinstance(parsed, IPv4Address):
        return [parsed]
    held = [parsed.ipv4_mapped, parsed.sixtofour, *(parsed.teredo or ())]
    if any(parsed in network for network in _NAT64):
        held.append(IPv4Address(int(parsed) & 0xFFFFFFFF))
    return [parsed, *(one for one in held if one is not None)]


def peers(host: str, port: int, *, allow_private: bool) -> list[Peer]:
    """What a host name stands for, in the resolver's order; `Refused` where any of it is not public.

    One private address among public ones is refused as well: that is how a name is made to point inside.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        said = getattr(error, "strerror", None) or str(error)
        raise Refused(f"the host {host} is not known: {said.lower()}") from error
    for _, _, _, _, address in found:
        if not is_allowed(str(address[0]), allow_private=allow_private):
            what = host if host == address[0] else f"{host} is at {address[0]}, which"
            raise Refused(f"{what} is no public address")
    return [Peer(family, address) for family, _, _, _, address in found]  # type: ignore[arg-type]
