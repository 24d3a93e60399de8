"""A stranger's address must not make us read what only we can reach, or wait, or swell."""

import asyncio
import gzip
from collections.abc import AsyncIterator, Awaitable, Callable

import aiohttp
import pytest
from aiohttp import web

from booking import fetching
from booking.errors import BadCalendarAddress, CalendarUnreachable
from booking.fetching import checked_address, fetch_calendar, is_public

CALENDAR = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@pytest.fixture
async def serve() -> AsyncIterator[Callable[[Handler], Awaitable[str]]]:
    """Starts a server of this machine; its address has a port that is allowed."""
    runners: list[web.AppRunner] = []

    async def start(handler: Handler) -> str:
        app = web.Application()
        app.router.add_get("/{path:.*}", handler)
        runner = web.AppRunner(app)
        await runner.setup()
        runners.append(runner)
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        return f"http://localhost:{runner.addresses[0][1]}/calendar.ics"

    yield start
    for runner in runners:
        await runner.cleanup()


@pytest.fixture(autouse=True)
def any_port(monkeypatch: pytest.MonkeyPatch) -> None:
    """Servers of the tests get free ports."""
    monkeypatch.setattr(fetching, "PORTS", range(65536))


async def calendar(_: web.Request) -> web.Response:
    return web.Response(body=CALENDAR, content_type="text/calendar")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0",  # noqa: S104 - to be refused

        "100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fc00::1", "fe80::1%eth0",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "ff02::1",
    ],
)  # fmt: skip
def test_private_addresses(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    ["", "hello", "ftp://example.com/a.ics", "file:///etc/passwd", "https://", "javascript:1",
     "https://user:word@example.com/a.ics", "https://example.com:99999/", "https://a b.com/",
     "https://example.com/" + 2000 * "a", "gopher://example.com"],
)  # fmt: skip
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(BadCalendarAddress):
        checked_address(address)


def test_webcal_means_https() -> None:
    assert checked_address(" WEBCAL://example.com/a.ics ") == "https://example.com/a.ics"


async def test_a_trusted_host_of_the_own_network_is_read(serve) -> None:
    assert await fetch_calendar(await serve(calendar), trusted={"localhost"}) == CALENDAR


async def test_private_hosts_are_not_asked(serve) -> None:
    asked = []

    async def note(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response(body=CALENDAR)

    address = await serve(note)
    for host in ("localhost", "127.0.0.1", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]"):
        with pytest.raises((BadCalendarAddress, CalendarUnreachable)):
            await fetch_calendar(address.replace("localhost", host))
    assert asked == []


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1:{}/a", "http://[::1]/a", "file:///etc/passwd"]
)
async def test_a_redirect_to_a_private_host_is_not_followed(serve, target: str) -> None:
    secret = await serve(calendar)
    port = secret.split(":")[2].partition("/")[0]

    async def redirect(_: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": target.format(port)})

    with pytest.raises(BadCalendarAddress):
        await fetch_calendar(await serve(redirect), trusted={"localhost"})


async def test_redirects_end(serve) -> None:
    async def again(request: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": request.path + "x"})

    with pytest.raises(CalendarUnreachable):
        await fetch_calendar(await serve(again), trusted={"localhost"})


async def test_a_harmless_redirect_is_followed(serve) -> None:
    async def once(request: web.Request) -> web.Response:
        if request.path == "/calendar.ics":
            return web.Response(status=301, headers={"Location": "/moved.ics"})
        return web.Response(body=CALENDAR)

    assert await fetch_calendar(await serve(once), trusted={"localhost"}) == CALENDAR


async def test_a_huge_file_is_given_up(serve) -> None:
    sent = 0

    async def endless(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(400):
            await response.write(64 * 1024 * b"x")
            sent += 64 * 1024
        return response

    with pytest.raises(CalendarUnreachable):
        await fetch_calendar(await serve(endless), trusted={"localhost"})
    assert sent < 4 * fetching.LARGEST


async def test_a_packed_file_is_not_unpacked(serve) -> None:
    async def packed(_: web.Request) -> web.Response:
        body = gzip.compress(50_000_000 * b"x")
        return web.Response(body=body, headers={"Content-Encoding": "gzip"})

    with pytest.raises(CalendarUnreachable):
        await fetch_calendar(await serve(packed), trusted={"localhost"})


async def test_a_slow_server_is_given_up(serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "_TIME", aiohttp.ClientTimeout(total=0.5))

    async def drip(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b"x")
            await asyncio.sleep(0.05)

    with pytest.raises(CalendarUnreachable):
        await fetch_calendar(await serve(drip), trusted={"localhost"})


@pytest.mark.parametrize("status", [401, 404, 500])
async def test_an_error_is_no_calendar(serve, status: int) -> None:
    async def error(_: web.Request) -> web.Response:
        return web.Response(status=status, body=CALENDAR)

    with pytest.raises(CalendarUnreachable):
        await fetch_calendar(await serve(error), trusted={"localhost"})


async def test_a_host_that_does_not_exist_is_unreachable() -> None:
    with pytest.raises(CalendarUnreachable):
        await fetch_calendar("https://nowhere.invalid/a.ics")
