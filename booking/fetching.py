"""Reading a calendar at an address that a person gave us.

The address is a stranger's, so it may try to make us read what only we can reach: every host,
also those of redirects, must resolve to public addresses, which are then the ones connected to.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Collection, Container
from typing import Any
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from booking.errors import BadCalendarAddress, CalendarUnreachable

LARGEST = 5_000_000
PORTS: Container[int] = frozenset({80, 443, 8080, 8443})
_TIME = aiohttp.ClientTimeout(total=15, connect=5)
_MOST_REDIRECTS = 4
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_OK = 200
_LONGEST_ADDRESS = 2000
# these carry an IPv4 address inside, which may be a private one
_WRAPPING = tuple(
    map(ipaddress.IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"))
)


def checked_address(text: str) -> str:
    """The address as it is fetched: `webcal://` means https. Raises BadCalendarAddress."""
    address = text.strip()
    if address.lower().startswith("webcal://"):
        address = "https://" + address[len("webcal://") :]
    if len(address) > _LONGEST_ADDRESS or any(each.isspace() for each in address):
        raise BadCalendarAddress
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise BadCalendarAddress from error
    known = parts.scheme in {"http", "https"} and parts.hostname
    if not known or parts.username is not None or (port is not None and port not in PORTS):
        raise BadCalendarAddress
    return address


def is_public(address: str) -> bool:
    """Whether an IP address is one that everybody may reach."""
    ip: Any = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            ip = ip.ipv4_mapped
        elif any(ip in network for network in _WRAPPING):
            return False
    return bool(ip.is_global) and not ip.is_multicast


class _PublicOnly(AbstractResolver):
    """Resolves names to public addresses; `trusted` hosts of the operator may be private."""

    def __init__(self, trusted: Collection[str]) -> None:
        self.trusted = trusted

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host, port, family=family, type=socket.SOCK_STREAM)
        addresses = [str(address[0]) for *_, address in found]
        if host not in self.trusted and not all(map(is_public, addresses)):
            raise BadCalendarAddress
        return [
            ResolveResult(
                hostname=host, host=address, port=port, family=one[0], proto=one[2],
                flags=socket.AI_NUMERICHOST,
            )
            for one, address in zip(found, addresses, strict=True)
        ]  # fmt: skip

    async def close(self) -> None:
        """Nothing is held open."""


async def fetch_calendar(address: str, *, trusted: Collection[str] = ()) -> bytes:
    """What an address answers with, 5 MB and 15 seconds at most, over at most four redirects.

    Raises BadCalendarAddress for one that must not be asked, CalendarUnreachable.
    """
    connector = aiohttp.TCPConnector(resolver=_PublicOnly(trusted), use_dns_cache=False)
    try:
        # not unpacked: a small answer must not become a huge one
        async with aiohttp.ClientSession(
            connector=connector,
            timeout=_TIME,
            auto_decompress=False,
            cookie_jar=aiohttp.DummyCookieJar(),
        ) as http:
            return await asyncio.wait_for(_follow(http, address, trusted), _TIME.total)
    except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
        raise CalendarUnreachable from error


async def _follow(http: aiohttp.ClientSession, address: str, trusted: Collection[str]) -> bytes:
    for _ in range(_MOST_REDIRECTS + 1):
        address = checked_address(address)
        _check_literal(address, trusted)
        headers = {"Accept": "text/calendar, */*;q=0.5", "Accept-Encoding": "identity"}
        async with http.get(address, allow_redirects=False, headers=headers) as answer:
            if answer.status in _REDIRECTS:
                address = urljoin(address, answer.headers.get("Location", ""))
                continue
            if (
                answer.status != _OK
                or answer.headers.get("Content-Encoding", "identity") != "identity"
            ):
                raise CalendarUnreachable
            return await _body(answer)
    raise CalendarUnreachable


def _check_literal(address: str, trusted: Collection[str]) -> None:
    """An address that is a number is not resolved, so it is looked at here."""
    host = urlsplit(address).hostname or ""
    try:
        public = is_public(host)
    except ValueError:
        return
    if not public and host not in trusted:
        raise BadCalendarAddress


async def _body(answer: aiohttp.ClientResponse) -> bytes:
    body = b""
    async for chunk in answer.content.iter_chunked(64 * 1024):
        body += chunk
        if len(body) > LARGEST:
            raise CalendarUnreachable
    return body
