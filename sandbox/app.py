"""The sandbox as an ASGI application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from sandbox.control_api import ControlApi
from sandbox.keeper import Keeper
from sandbox.people_api import PeopleApi
from sandbox.person_actions import BadAction
from sandbox.stripe import api as stripe_api
from sandbox.stripe import page as stripe_page
from sandbox.stripe.processor import WEBHOOK_SECRET
from sandbox.telegram import api as telegram_api
from sandbox.telegram.errors import BotApiError
from sandbox.world import World, new_world, restore

PAGE = Path(__file__).parent / "page"


def create_app(
    *,
    product_url: str,
    state_file: Path | None = None,
    webhook_secret: str = WEBHOOK_SECRET,
) -> Starlette:
    """A sandbox for the product at `product_url`, which gets the card processor's webhooks.

    Webhooks are signed with `webhook_secret`. What happens is kept in memory, and in
    `state_file` when there is one. Mounted in another application, where no lifespan runs, it
    starts with its first request; then the host ends it with `await app.state.keeper.stop()`,
    and `app.state.keeper.release()` lets waiting requests go before that.
    """
    world = new_world(product_url=product_url, webhook_secret=webhook_secret)
    if state_file is not None:
        restore(world, state_file)
    keeper = Keeper(world, state_file)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        keeper.start()
        yield
        await keeper.stop()

    app = Starlette(
        routes=[
            *_telegram_routes(world),
            *_stripe_routes(world),
            *PeopleApi(world).routes(),
            *ControlApi(world).routes(),
            Route("/", _index, methods=["GET"]),
            Mount("/sandbox/page", StaticFiles(directory=PAGE)),
        ],
        exception_handlers={BadAction: _bad_action},
        lifespan=lifespan,
    )
    app.add_middleware(keeper.middleware)
    app.state.world = world
    app.state.keeper = keeper
    return app


def _telegram_routes(world: World) -> list[Route]:
    async def method(request: Request) -> Response:
        return await telegram_api.answer_request(world, request)

    async def file(request: Request) -> Response:
        found = world.files.at_path(request.path_params["path"])
        if found is None:
            return JSONResponse(BotApiError(404, "Not Found").as_json(), status_code=404)
        return Response(found.content, media_type="application/octet-stream")

    return [
        Route("/telegram/file/bot{token}/{path:path}", file, methods=["GET"]),
        Route("/telegram/bot{token}/{method}", method, methods=["GET", "POST"]),
    ]


def _stripe_routes(world: World) -> list[Route]:
    async def api(request: Request) -> Response:
        return await stripe_api.answer_request(world, request)

    async def pay(request: Request) -> Response:
        return await stripe_page.pay_page(world, request)

    async def onboard(request: Request) -> Response:
        return await stripe_page.onboarding_page(world, request)

    return [
        Route("/stripe/v1/{path:path}", api, methods=["GET", "POST", "DELETE"]),
        Route("/stripe/pay/{session}", pay, methods=["GET", "POST"]),
        Route("/stripe/onboard/{account}", onboard, methods=["GET", "POST"]),
    ]


async def _index(_: Request) -> Response:
    return FileResponse(PAGE / "index.html")


async def _bad_action(_: Request, error: Exception) -> Response:
    status = error.status if isinstance(error, BadAction) else 400
    return JSONResponse({"error": str(error)}, status_code=status)
