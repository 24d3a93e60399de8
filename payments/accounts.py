"""The ledger's accounts. Debits are positive, credits negative.

processor:<rail>     money that a processor holds for us
authorised:<rail>    held on clients' cards, not captured yet
bank                 what was paid out by hand
held:<subject>       paid by a client for a session (or something else), not yet earned
credit:<person>      a client's prepaid balance
voucher:<voucher>    a gift that nobody redeemed yet
expert:<expert>      owed to an expert
partner:<partner>    owed to a partner who brought a client
revenue              the platform's share
tax                  owed to the tax office
fees:<rail>          what a processor keeps
refunds              asked back, not yet sent
unclaimed            owed to payers who were erased, whom no rail can reach
payouts              on its way to an expert or partner, not yet sent
disputes             taken back by a cardholder's bank, not yet decided
goodwill             credit that the operator gave away

Those that must not go below zero have a balance row; the others have none and are never summed
while posting.
"""

BANK = "bank"
REVENUE = "revenue"
TAX = "tax"
REFUNDS = "refunds"
UNCLAIMED = "unclaimed"
PAYOUTS = "payouts"
DISPUTES = "disputes"
GOODWILL = "goodwill"

_PLAIN = frozenset({BANK, REVENUE, TAX, REFUNDS, UNCLAIMED, PAYOUTS, DISPUTES, GOODWILL})
_GUARDED = ("held", "credit", "voucher", "expert", "partner")
_NAMED = frozenset({*_GUARDED, "processor", "authorised", "fees"})


def processor(rail: str) -> str:
    return f"processor:{rail}"


def authorised(rail: str) -> str:
    return f"authorised:{rail}"


def fees(rail: str) -> str:
    return f"fees:{rail}"


def held(subject: str) -> str:
    return f"held:{subject}"


def credit(person: str) -> str:
    return f"credit:{person}"


def voucher(voucher_id: str) -> str:
    return f"voucher:{voucher_id}"


def expert(expert_id: str) -> str:
    return f"expert:{expert_id}"


def partner(partner_id: str) -> str:
    return f"partner:{partner_id}"


def is_guarded(account: str) -> bool:
    """Whether the account has a balance row, because it must not go below zero."""
    return account.partition(":")[0] in _GUARDED


def is_known(account: str) -> bool:
    """Whether the chart of accounts above has it."""
    kind, _, name = account.partition(":")
    return account in _PLAIN or (kind in _NAMED and bool(name))
