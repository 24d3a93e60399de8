"""The admins' pages at `/admin`: sqladmin over the domains' tables."""

from typing import Any

from fastapi import FastAPI
from sqladmin import Admin, ModelView
from sqladmin.authentication import AuthenticationBackend, login_required
from sqlalchemy import func, select
from starlette.datastructures import URL, FormData
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from kernel.clock import Clock, real_now
from storage import admin as access
from storage.engine import Database
from web.admin.audit import acting_admin, audited_sessions
from web.admin.base import AfterEdit
from web.admin.origin import SameOrigin
from web.admin.views import admin_views
from web.admin.words import ReaderLanguage, Word, gettext, language, ngettext
from web.pages import TEMPLATES, enter_page, message_page

_SIGNED_IN_SECONDS = 12 * 3600
_SAVE_BUTTONS = ("Save", "Save and continue editing", "Save and add another")


def mount_admin(
    app: FastAPI,
    *,
    database: Database,
    clock: Clock,
    admin_ids: frozenset[int],
    session_secret: str,
    after_edit: AfterEdit,
    public_url: str = "",
) -> None:
    """Add `/admin` to an application.

    Only `admin_ids` get in, by the one-time links that the bot gives out. `after_edit` is told
    the table and the id of what was changed, once it is committed.
    """
    gate = _Gate(session_secret, admin_ids, https=public_url.startswith("https:"))
    admin = _Pages(
        app,
        session_maker=audited_sessions(database.engines[0], clock),
        title="Hourwise",
        templates_dir=str(TEMPLATES),
        authentication_backend=gate,
        middlewares=[
            Middleware(SameOrigin, public_url=public_url),
            Middleware(ReaderLanguage),
        ],
    )
    admin.templates.env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    admin.templates.env.globals["words"] = Word
    admin.admin.router.routes[:0] = _entrance(database, admin_ids)
    for view in admin_views(after_edit, clock, database.read):
        admin.add_view(view)


class _Pages(Admin):
    """sqladmin's, with numbers on the first page, and save buttons told apart by their labels
    although we translate these."""

    @login_required
    async def index(self, request: Request) -> Response:
        """How many rows each table has."""
        async with self.session_maker() as db:
            counts = {
                view.identity: await db.scalar(select(func.count()).select_from(view.model))
                for view in self.views
                if isinstance(view, ModelView)
            }
        return await self.templates.TemplateResponse(
            request, "sqladmin/index.html", {"counts": counts}
        )

    @staticmethod
    def get_save_redirect_url(
        request: Request, form: FormData, model_view: ModelView, obj: Any
    ) -> str | URL:
        pressed = {gettext(label): label for label in _SAVE_BUTTONS}.get(str(form.get("save")))
        return Admin.get_save_redirect_url(
            request, FormData({"save": pressed or _SAVE_BUTTONS[0]}), model_view, obj
        )


class _Gate(AuthenticationBackend):
    """Lets in whoever carries a signed cookie of an admin, until it is twelve hours old."""

    def __init__(self, secret: str, admin_ids: frozenset[int], *, https: bool) -> None:
        super().__init__(
            secret,
            session_cookie="hourwise_admin",
            max_age=_SIGNED_IN_SECONDS,
            same_site="lax",
            https_only=https,
            path="/admin",
        )
        self._admin_ids = admin_ids

    async def login(self, request: Request) -> bool:
        return False

    async def logout(self, request: Request) -> bool:
        request.session.clear()
        return True

    async def authenticate(self, request: Request) -> bool:
        telegram_id = request.session.get("admin")
        if telegram_id not in self._admin_ids:
            return False
        acting_admin.set(telegram_id)
        return True


def _entrance(database: Database, admin_ids: frozenset[int]) -> list[Route]:
    async def show(request: Request) -> Response:
        return HTMLResponse(enter_page(request.query_params.get("token", ""), language()))

    async def enter(request: Request) -> Response:
        token = str((await request.form()).get("token", ""))
        async with database.write.begin() as db:
            telegram_id = await access.use_token(db, token, now=real_now())
        if telegram_id not in admin_ids:
            page = message_page("web-link-used-title", "web-link-used-text", language())
            return HTMLResponse(page, status_code=403)
        request.session["admin"] = telegram_id
        return RedirectResponse(request.url_for("admin:index"), status_code=303)

    return [
        Route("/enter", show, methods=["GET"]),
        Route("/enter", enter, methods=["POST"]),
    ]
