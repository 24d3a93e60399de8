"""The processor's pages in the browser: paying a Checkout Session, onboarding an account."""

from html import escape
from pathlib import Path
from string import Template

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from sandbox.stripe.checkout import expire_due, settle
from sandbox.stripe.errors import StripeError
from sandbox.stripe.transfers import onboard
from sandbox.telegram.invoices import NO_DECIMALS
from sandbox.values import JsonObject
from sandbox.world import World

_PAGES = Path(__file__).parent.parent / "page"


async def pay_page(world: World, request: Request) -> Response:
    """Show a session's payment page, or do what its form says."""
    session_id = request.path_params["session"]
    failure = ""
    if request.method == "POST":
        async with request.form() as form:
            outcome = str(form.get("outcome", ""))
        try:
            session = settle(world.stripe, session_id, outcome)
        except StripeError as error:
            failure = str(error)
        else:
            target = _target(session, outcome)
            if target:
                return RedirectResponse(target, status_code=303)
            failure = "Your card was declined. Try another one." if outcome == "decline" else ""
    expire_due(world.stripe)
    found = world.stripe.store.find(session_id)
    if found is None:
        return HTMLResponse(_closed("This payment link does not exist."), status_code=404)
    return HTMLResponse(_session_page(world, found, failure))


async def onboarding_page(world: World, request: Request) -> Response:
    """Show what a connected account's owner fills in; sent, it is done."""
    account_id = request.path_params["account"]
    if world.stripe.store.find(account_id) is None:
        return HTMLResponse(_closed("This account does not exist."), status_code=404)
    if request.method == "POST":
        onboard(world.stripe, account_id)
        target = world.stripe.return_urls.get(account_id)
        if target:
            return RedirectResponse(target, status_code=303)
        return HTMLResponse(_closed("This account is ready to receive payouts.", good=True))
    return HTMLResponse(_render("onboard.html", account=account_id))


def price(amount: int, currency: str) -> str:
    """An amount in minor units as people write it."""
    code = currency.upper()
    number = f"{amount:,}" if code in NO_DECIMALS else f"{amount // 100:,}.{amount % 100:02}"
    return f"${number}" if code == "USD" else f"{number} {code}"


def _target(session: JsonObject, outcome: str) -> str | None:
    address: str | None = None
    if outcome in ("pay", "dispute"):
        address = session["success_url"]
    if outcome == "abandon":
        address = session["cancel_url"]
    return address.replace("{CHECKOUT_SESSION_ID}", session["id"]) if address else None


def _session_page(world: World, session: JsonObject, failure: str) -> str:
    if session["status"] == "complete":
        return _closed("This has been paid. Thank you!", good=True)
    if session["status"] == "expired":
        return _closed("This payment link has expired. You were not charged.")
    items = world.stripe.line_items[session["id"]]
    rows = "".join(
        f"<li><span>{escape(item['description'])}"
        f"{' × ' + str(item['quantity']) if item['quantity'] > 1 else ''}</span>"
        f"<span>{escape(price(item['amount_total'], item['currency']))}</span></li>"
        for item in items
    )
    return _render(
        "pay.html",
        title=items[0]["description"],
        total=price(session["amount_total"], session["currency"]),
        rows=rows,
        email=session["customer_email"] or "customer@example.com",
        failure=failure,
        left=_time_left(session["expires_at"] - world.stripe.now()),
    )


def _time_left(seconds: int) -> str:
    minutes = max(1, seconds // 60)
    return f"{minutes} min" if minutes < 120 else f"{round(minutes / 60)} hours"


def _closed(message: str, *, good: bool = False) -> str:
    return _render(
        "closed.html", message=message, mark="✓" if good else "!", kind="good" if good else "bad"
    )


def _render(name: str, **values: str) -> str:
    template = Template((_PAGES / name).read_text(encoding="utf-8"))
    safe = {key: value if key == "rows" else escape(value) for key, value in values.items()}
    return template.substitute(safe)
