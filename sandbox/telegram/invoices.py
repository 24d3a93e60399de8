"""Invoices: what sendInvoice and createInvoiceLink ask for."""

from typing import Any

from sandbox.telegram.args import Args
from sandbox.telegram.errors import bad_request
from sandbox.telegram.stars import STARS
from sandbox.values import JsonObject

NO_DECIMALS = frozenset(
    {
        "BIF",
        "CLP",
        "DJF",
        "GNF",
        "ISK",
        "JPY",
        "KMF",
        "KRW",
        "PYG",
        "RWF",
        "UGX",
        "UYI",
        "VND",
        "VUV",
    }
)
CURRENCIES = frozenset(
    [
        "AED",
        "AFN",
        "ALL",
        "AMD",
        "ARS",
        "AUD",
        "AZN",
        "BAM",
        "BDT",
        "BGN",
        "BHD",
        "BND",
        "BOB",
        "BRL",
        "BYN",
        "CAD",
        "CHF",
        "CLP",
        "CNY",
        "COP",
        "CRC",
        "CZK",
        "DKK",
        "DOP",
        "DZD",
        "EGP",
        "ETB",
        "EUR",
        "GBP",
        "GEL",
        "GHS",
        "GTQ",
        "HKD",
        "HNL",
        "HRK",
        "HUF",
        "IDR",
        "ILS",
        "INR",
        "IQD",
        "IRR",
        "ISK",
        "JMD",
        "JOD",
        "JPY",
        "KES",
        "KGS",
        "KRW",
        "KZT",
        "LBP",
        "LKR",
        "MAD",
        "MDL",
        "MMK",
        "MNT",
        "MOP",
        "MUR",
        "MVR",
        "MXN",
        "MYR",
        "MZN",
        "NGN",
        "NIO",
        "NOK",
        "NPR",
        "NZD",
        "PAB",
        "PEN",
        "PHP",
        "PKR",
        "PLN",
        "PYG",
        "QAR",
        "RON",
        "RSD",
        "RUB",
        "SAR",
        "SEK",
        "SGD",
        "SYP",
        "THB",
        "TJS",
        "TRY",
        "TTD",
        "TWD",
        "TZS",
        "UAH",
        "UGX",
        "USD",
        "UYU",
        "UZS",
        "VEF",
        "VND",
        "YER",
        "ZAR",
    ]
) | {STARS}
MAX_STARS = 10_000
MIN_AMOUNT = 100
MAX_AMOUNT = 100_000_000


def read_invoice(args: Args) -> JsonObject:
    """What is asked for: title, description, payload, currency, total_amount, start_parameter.

    Amounts are in the currency's smallest unit.

    Raises: BotApiError when a field is missing, too long, or not allowed for the currency.
    """
    title = _bounded(args, "title", 32)
    description = _bounded(args, "description", 255)
    payload = args.required("payload")
    if len(payload.encode()) > 128:
        raise bad_request("INVOICE_PAYLOAD_INVALID")
    currency = args.required("currency").upper()
    if currency not in CURRENCIES:
        raise bad_request("CURRENCY_INVALID")
    amounts = _prices(args)
    if currency == STARS:
        _check_stars(args, amounts)
    else:
        _check_provider(args, sum(amounts))
    return {
        "title": title,
        "description": description,
        "payload": payload,
        "currency": currency,
        "total_amount": sum(amounts),
        "start_parameter": args.text("start_parameter"),
    }


def invoice_part(invoice: JsonObject) -> JsonObject:
    """The `invoice` field of a message, which does not show the payload."""
    return {"invoice": {key: value for key, value in invoice.items() if key != "payload"}}


def pay_label(invoice: JsonObject) -> str:
    """The words on the button that Telegram adds."""
    amount = invoice["total_amount"]
    if invoice["currency"] == STARS:
        return f"Pay ⭐️{amount}"
    if invoice["currency"] in NO_DECIMALS:
        return f"Pay {invoice['currency']} {amount}"
    sign = "$" if invoice["currency"] == "USD" else f"{invoice['currency']} "
    return f"Pay {sign}{amount // 100}.{amount % 100:02}"


def _bounded(args: Args, name: str, longest: int) -> str:
    value = args.required(name)
    if len(value) > longest:
        raise bad_request(f"INVOICE_{name.upper()}_TOO_LONG")
    return value


def _prices(args: Args) -> list[int]:
    prices = args.json("prices", "prices")
    if not isinstance(prices, list):
        raise bad_request("expected an Array of labeled prices")
    if not prices:
        raise bad_request("there must be at least one price")
    return [_price(price) for price in prices]


def _price(price: Any) -> int:
    prefix = "can't parse labeled price: "
    if not isinstance(price, dict):
        raise bad_request(f"{prefix}LabeledPrice must be an Object")
    if not price.get("label"):
        raise bad_request(f"{prefix}LabeledPrice label must be non-empty")
    amount = price.get("amount")
    if isinstance(amount, bool) or not isinstance(amount, int):
        raise bad_request(f'{prefix}Field "amount" must be of type Number')
    return amount


def _check_stars(args: Args, amounts: list[int]) -> None:
    if args.text("provider_token"):
        raise bad_request("PAYMENT_PROVIDER_INVALID")
    if len(amounts) != 1 or not 1 <= amounts[0] <= MAX_STARS:
        raise bad_request("STARS_INVOICE_INVALID")
    if args.integer("max_tip_amount", 0) > 0:
        raise bad_request("TIP_AMOUNT_INVALID")


def _check_provider(args: Args, total: int) -> None:
    if not args.text("provider_token"):
        raise bad_request("PAYMENT_PROVIDER_INVALID")
    if not MIN_AMOUNT <= total <= MAX_AMOUNT:
        raise bad_request("CURRENCY_TOTAL_AMOUNT_INVALID")
