"""Refusals of the knowledge base.

DomainError
├── EntryMissing      no entry with that id
├── EntryInvalid      an entry without question or answer, or too long
├── RuleInvalid       a rule that cannot be matched
└── AlreadySettled    a question that another admin answered or took off the list
"""

from kernel.errors import DomainError


class EntryMissing(DomainError):
    """There is no such entry (any more)."""

    key = "error-entry-missing"


class EntryInvalid(DomainError):
    """An entry needs a question and an answer of sensible length."""

    key = "error-entry-invalid"


class RuleInvalid(DomainError):
    """A rule needs keywords or a valid pattern, and an answer or an intent."""

    key = "error-rule-invalid"


class AlreadySettled(DomainError):
    """Another admin was faster: what was not answered is answered now, or off the list."""

    key = "error-already-settled"
