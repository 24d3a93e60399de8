"""Every table of the product in one metadata, for migrations and their test."""

import booking.tables  # noqa: F401 - a module of rows fills the metadata when it is imported
import insights.tables  # noqa: F401
import knowledge.tables  # noqa: F401
import matching.recommend.versions
import matching.tables  # noqa: F401
import payments.tables  # noqa: F401
import people.tables  # noqa: F401
import scheduler.broadcasts
import scheduler.jobs
import scheduler.rests  # noqa: F401
import storage.activity
import storage.admin
import storage.commands
import storage.conversation
import storage.inbox
import storage.outbox  # noqa: F401
from storage.base import Base

ALL_TABLES = Base.metadata
