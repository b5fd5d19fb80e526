"""Printers on the hall's own network: which addresses take a connection at the printers' port. Only when asked."""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor
from ipaddress import IPv4Network, ip_network
from itertools import compress

from hardware.devices.find.found import Access, Found
from hardware.health import Kind

PORT = 9100
MOST = 1024
AT_ONCE = 64
CONNECT_S = 0.5


def network(text: str) -> IPv4Network:
    """A range to search, as 192.168.1.0/24. Raises ValueError for what is not private, or has over 1024 addresses."""
    given = ip_network(text, strict=False)
    if not isinstance(given, IPv4Network) or not given.is_private or given.is_unspecified or given.is_link_local:
        raise ValueError(f"{text} is no private range of IPv4, such as 192.168.1.0/24")
    if given.num_addresses > MOST:
        raise ValueError(f"{text} has {given.num_addresses} addresses; at most {MOST}, a /22")
    return given


def printers_on(given: IPv4Network, port: int = PORT) -> list[Found]:
    """Printers in the range; takes half a second for each 64 addresses that say nothing."""
    hosts = [str(each) for each in given.hosts()]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        taken = list(pool.map(lambda host: _takes(host, port), hosts))
    suffix = "" if port == PORT else f":{port}"
    return [Found(Kind.PRINTER, f"escpos+tcp://{host}{suffix}", access=Access.OPEN) for host in compress(hosts, taken)]


def _takes(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), CONNECT_S):
            return True
    except OSError:
        return False
