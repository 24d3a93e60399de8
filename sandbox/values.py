"""Names for JSON shapes, which travel through the sandbox as they are on the wire."""

from typing import Any

JsonObject = dict[str, Any]
