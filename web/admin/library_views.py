"""What the admins see of the library; what they change there they change in the chat, where its
expert is told."""

from typing import ClassVar

from catalogue.tables import ItemRow, OwnedItemRow
from web.admin.base import View, link, money, worded
from web.admin.words import Word


class ItemsView(View, model=ItemRow):
    name, name_plural = Word("web-item"), Word("web-items")
    icon = "fa-solid fa-book-open"
    column_list = (
        "titles",
        "kind",
        "topic",
        "author",
        "state",
        "rights",
        "price_minor",
        "listed_at",
    )
    column_details_exclude_list: ClassVar = ["words", "asked_by", "question"]
    column_export_exclude_list: ClassVar = ["words", "asked_by", "question"]
    column_searchable_list = ("id", "topic", "author", "state")
    column_sortable_list = ("topic", "state", "listed_at")
    column_default_sort = ("created_at", True)
    column_formatters: ClassVar = {
        "price_minor": lambda row, one: (
            "" if row.price_minor is None else money("price_minor", "price_currency")(row, one)
        ),
        "author": link("expert-row", "author"),
        "state": worded("state", lambda one: f"item-state-{one}"),
    }


class OwnedItemsView(View, model=OwnedItemRow):
    name, name_plural = Word("web-owned-item"), Word("web-owned-items")
    icon = "fa-solid fa-bookmark"
    column_list = ("person_id", "item_id", "since", "lesson")
    column_searchable_list = ("person_id", "item_id")
    column_default_sort = ("since", True)
    column_formatters: ClassVar = {
        "person_id": link("person-row", "person_id"),
        "item_id": link("item-row", "item_id"),
    }


LIBRARY_VIEWS: tuple[type[View], ...] = (ItemsView, OwnedItemsView)
