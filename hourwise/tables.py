"""Every table of the product in one metadata, for migrations and their test."""

import booking.question_tables
import booking.tables  # noqa: F401
import catalogue.tables  # noqa: F401
import insights.tables  # noqa: F401
import knowledge.tables  # noqa: F401
import matching.recommend.versions
import matching.tables  # noqa: F401
import payments.package_tables
import payments.subscription_tables
import payments.tables  # noqa: F401
import people.tables  # noqa: F401
import scheduler.broadcasts
import scheduler.jobs
import scheduler.repeats
import scheduler.rests
import scheduler.sequences  # noqa: F401
import storage.activity
import storage.admin
import storage.commands
import storage.conversation
import storage.inbox
import storage.lanes
import storage.outbox  # noqa: F401
from storage.base import Base

ALL_TABLES = Base.metadata
