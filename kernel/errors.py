"""Refusals: what a person may have done wrong, with the text that tells them.

DomainError
└── one subclass a refusal, each with the `key` of a text in `texts/`

Everything else that is raised is a bug.
"""

from typing import Any, ClassVar


class DomainError(Exception):
    """A refusal that a person is told about in their language.

    `key` names the text, `values` are its variables.
    """

    key: ClassVar[str]

    def __init__(self, **values: object) -> None:
        super().__init__(self.key, values)
        self.values: dict[str, Any] = values


class InputError(ValueError):
    """Wrong input on the command line or in a file: one plain sentence saying what to change."""
