"""Finding a model's files in an installed package, and knowing that they are whole."""

import hashlib
from importlib.util import find_spec
from pathlib import Path

from vectors.errors import ModelUnavailable


def package_file(package: str, path: str, *, sha256: str, model: str, command: str) -> Path:
    """The file `path` inside an installed package, its checksum verified.

    Raises: ModelUnavailable when the package or file is absent or differs.
    """
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModelUnavailable(model, reason=f"{package} is not installed", command=command)
    found = Path(next(iter(spec.submodule_search_locations))) / path
    if not found.is_file():
        raise ModelUnavailable(model, reason=f"{found.name} is missing", command=command)
    if checksum(found) != sha256:
        raise ModelUnavailable(model, reason=f"{found.name} is damaged", command=command)
    return found


def checksum(path: Path) -> str:
    """The file's SHA-256 in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
