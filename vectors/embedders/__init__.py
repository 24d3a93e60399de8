"""Embedders behind one protocol, chosen by one setting."""

from vectors.embedders.base import Embedder, Vectors
from vectors.embedders.choice import Embedders, load_embedders

__all__ = ["Embedder", "Embedders", "Vectors", "load_embedders"]
