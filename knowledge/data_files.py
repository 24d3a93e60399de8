"""The data that ships inside the package."""

from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML


def read_text(name: str) -> str:
    """The content of a file under knowledge/data, by its path there."""
    return files("knowledge").joinpath("data", name).read_text(encoding="utf-8")


def read_yaml(name: str) -> Any:
    """The value in a YAML file under knowledge/data."""
    return YAML(typ="safe", pure=True).load(read_text(name))
