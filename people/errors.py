"""Refusals about people, experts and reviews.

DomainError
├── UnknownPerson          no such person, or erased
├── UnknownExpert          no such expert
├── NotAnExpert            only an expert can do this
├── ExpertHidden           the client does not want to see this expert
├── ExpertNotAvailable     the expert takes no bookings from this client
├── UnknownTimeZone        not an IANA time zone
├── UnclearLocalTime       not a time of day such as 14:30
├── UnknownSegment         not a group that a broadcast can be sent to
├── AlreadyReviewed        a session is reviewed once
└── RatingOutOfRange       a rating is a whole number within a scale
"""

from kernel.errors import DomainError


class UnknownPerson(DomainError):
    key = "error-unknown-person"


class UnknownExpert(DomainError):
    key = "error-unknown-expert"


class NotAnExpert(DomainError):
    key = "error-not-an-expert"


class ExpertHidden(DomainError):
    key = "error-expert-hidden"


class ExpertNotAvailable(DomainError):
    """Says nothing of why: a client does not learn that an expert turned them away."""

    key = "error-expert-not-available"


class UnknownTimeZone(DomainError):
    key = "error-unknown-time-zone"


class UnclearLocalTime(DomainError):
    key = "error-unclear-local-time"


class UnknownSegment(DomainError):
    key = "error-unknown-segment"


class BadTag(DomainError):
    """A tag that is empty, too long, or has a sign that audiences use."""

    key = "error-bad-tag"


class AlreadyReviewed(DomainError):
    key = "error-already-reviewed"


class RatingOutOfRange(DomainError):
    key = "error-rating-out-of-range"
