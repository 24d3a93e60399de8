"""Everything that is said later: rows written in the transaction of what they announce."""

from storage.outbox.figures import (
    OVER_CAP,
    counts,
    due_count,
    message_of,
    next_due,
    next_in_batch,
    over_cap,
    sent_of_variants,
    sent_to,
    unknown_keys,
    variants_of,
)
from storage.outbox.message import HALF, Message
from storage.outbox.notice import (
    BROADCAST_PRIORITY,
    MARKETING_PRIORITY,
    NOTICE_PRIORITY,
    SESSION_PRIORITY,
    Media,
    Notice,
    NoticeButton,
    Planned,
)
from storage.outbox.planning import (
    add,
    add_to_batch,
    plan_anew,
    void,
    void_for,
    void_one,
    void_some,
)
from storage.outbox.sending import (
    Outcome,
    Retry,
    any_left,
    anything_due,
    claim,
    claim_batch,
    due_in_batch,
    put_back,
    recover,
    settle,
)
from storage.outbox.table import (
    BLOCKED,
    FAILED,
    PLANNED,
    SENDING,
    SENT,
    UNKNOWN,
    VOID,
    OutboxRow,
)

__all__ = [
    "BLOCKED", "BROADCAST_PRIORITY", "FAILED", "HALF", "MARKETING_PRIORITY", "NOTICE_PRIORITY",
    "OVER_CAP", "PLANNED", "SENDING", "SENT", "SESSION_PRIORITY", "UNKNOWN", "VOID", "Media",
    "Message", "Notice", "NoticeButton", "OutboxRow", "Outcome", "Planned", "Retry", "add",
    "add_to_batch", "any_left", "anything_due", "claim", "claim_batch", "counts", "due_count",
    "due_in_batch", "message_of", "next_due", "next_in_batch", "over_cap", "plan_anew", "put_back",
    "recover", "sent_of_variants", "sent_to", "settle", "unknown_keys", "variants_of", "void",
    "void_for", "void_one", "void_some",
]  # fmt: skip
