"""The languages the product's own texts exist in."""

DEFAULT_LANGUAGE = "en"
LANGUAGES = ("en", "zh")


def nearest_language(code: str | None) -> str:
    """The supported language for an IETF tag such as `zh-hans` or `en-GB`; English if none."""
    primary = (code or "").lower().replace("_", "-").split("-")[0]
    return primary if primary in LANGUAGES else DEFAULT_LANGUAGE
