"""Which addresses a page may be fetched from: public ones. A URL in a feed must not reach the machine's own network."""

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

# Ways to write an IPv4 address as an IPv6 one, and what `is_global` lets pass or does not know.
_REFUSED = [
    ip_network(network)
    for network in (
        *("::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16", "fec0::/10"),
        "192.88.99.0/24",  # relays of 6to4
        "168.63.129.16/32",  # Azure's address of a machine's own host
    )
]


class Refused(Exception):
    """An address, a URL or a redirect that is not followed; the message says why."""


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
    ones never. At 169.254.169.254 clouds hand out a machine's own keys."""
    if not allow_private:
        return is_public(address)
    parsed = ip_address(address.partition("%")[0])
    return not (getattr(parsed, "ipv4_mapped", None) or parsed).is_link_local


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
