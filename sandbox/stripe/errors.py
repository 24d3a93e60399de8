"""Refusals of the card processor."""

from sandbox.values import JsonObject


class StripeError(Exception):
    """A refusal, in the shape that the official library turns into its exceptions."""

    def __init__(
        self,
        message: str,
        *,
        status: int = 400,
        kind: str = "invalid_request_error",
        code: str | None = None,
        param: str | None = None,
        extra: JsonObject | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self._error: JsonObject = {"type": kind, "message": message}
        if code:
            self._error["code"] = code
        if param:
            self._error["param"] = param
        self._error |= extra or {}

    def as_json(self) -> JsonObject:
        """The answer's body."""
        return {"error": self._error}


def missing(kind: str, object_id: str, *, param: str = "id", status: int = 404) -> StripeError:
    """There is no such object."""
    name = kind.replace(".", " ") if kind == "checkout.session" else kind
    return StripeError(
        f"No such {name}: '{object_id}'", status=status, code="resource_missing", param=param
    )


def required(param: str) -> StripeError:
    """A parameter that must be there is not."""
    return StripeError(f"Missing required param: {param}.", code="parameter_missing", param=param)
