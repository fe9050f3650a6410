"""The names and addresses at which a server is reached, as a certificate can hold them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from inspect_app.core.errors import DomainError

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
LONGEST = 253
PART = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)", re.ASCII)


@dataclass(frozen=True)
class Hosts:
    """Names in small letters, and addresses; at least one of either."""

    names: tuple[str, ...]
    addresses: tuple[Address, ...]

    def __str__(self) -> str:
        return "、".join([*self.names, *map(str, self.addresses)])

    @property
    def first(self) -> str:
        """Return what people would type."""
        return self.names[0] if self.names else str(self.addresses[0])


def read_hosts(texts: Iterable[str]) -> Hosts:
    """Sort what was typed into names and addresses, each once.

    Raises DomainError for what is neither (an address with scheme or port, a name that no certificate can hold), and
    when nothing was typed.
    """
    names: dict[str, None] = {}
    addresses: dict[Address, None] = {}
    for text in texts:
        plain = text.strip().lower().rstrip(".")
        if (found := _address(plain)) is not None:
            addresses[found] = None
        elif _is_name(plain):
            names[plain] = None
        else:
            raise DomainError(
                "“%(text)s”不是域名，也不是 IP 地址。请只写域名或地址，不带 https:// 和端口，例如 10.20.30.40。",
                text=text,
            )
    if not names and not addresses:
        raise DomainError("请至少写一个平板访问服务器用的域名或地址，例如 --host 10.20.30.40。")
    return Hosts(tuple(names), tuple(addresses))


def network_of(address: Address) -> Network:
    """Return the network that holds this address alone."""
    return ip_network(address)


def _address(text: str) -> Address | None:
    try:
        return ip_address(text)
    except ValueError:
        return None


def _is_name(text: str) -> bool:
    parts = text.split(".")
    return len(text) <= LONGEST and all(PART.fullmatch(part) for part in parts) and not parts[-1].isdigit()
