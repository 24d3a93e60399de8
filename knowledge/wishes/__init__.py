"""Wishes for a consultation, read from free text."""

from knowledge.wishes.reader import WishReader

__all__ = ["WishReader"]
