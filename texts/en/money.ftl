menu-money = 💳 My payments
command-payments = My payments, credit and gifts
money-list =
    💳 <b>Your payments</b>
    Your credit: <b>{ $credit }</b>

    { $any ->
        [yes] Choose a payment to see every amount in it.
       *[no] You have not paid anything yet.
    }
money-redeem = 🎁 Redeem a code
money-give = 🎁 Give a voucher
money-tip = 💛 Give a tip
money-pay = 💳 <b>{ $amount }</b>. You pay on the card page; the rest comes here in the chat.
button-why-this-amount = ❓ Why this amount?
button-approve-money = ✅ Agree
button-decline-money = ✖ Decline
paid-for-session = Session
paid-for-tip = Tip
paid-for-voucher = Gift voucher
paid-for-package = Package of sessions
paid-for-question = Written question
paid-for-subscription = Subscription
paid-for-stray = Not owed
rail-card = card
rail-invoice = invoice in the chat
rail-stars = Telegram Stars
rail-package = a package
rail-free = nothing
payment-head =
    💳 <b>{ $what }</b> · { $expert }
    Paid: { $when }
payment-price = Price: <b>{ $amount }</b>
payment-discount = Code { $code }: −{ $amount }
payment-credit = From your credit: { $amount }
payment-amount = By { $rail }: { $amount }
payment-refund-sent = ↩ { $amount } sent back on { $when }
payment-refund-asked = ↩ { $amount } is being sent back (since { $when })
payment-refund-package = ↩ { $amount } put back into your package on { $when }
payment-refund-unclaimed = ↩ { $amount } could not go back, as nobody is known any more whose it is (since { $when })
payment-refund-credit = ↩ { $amount } given as credit on { $when }
payment-disputed = ⚖️ The card holder's bank is looking into this payment.
payment-id = Number: <code>{ $id }</code>
why-nothing-back = You paid { $total }. Nothing of it was given back.
why-head = You paid <b>{ $total }</b>, and <b>{ $back }</b> came back. This is why:
why-client =
    You cancelled { $hours } hours before the start. The policy you booked under:
    { $policy }

    So { $percent } % of { $total } come back: { $back }.
why-expert = The session was not cancelled by you, so everything comes back.
why-reason = • { $reason }
why-part = { $amount } → { $way }
refund-way-rail = the way you paid
refund-way-package = back into your package
refund-way-unclaimed = nobody: its payer was erased
refund-way-credit = your credit, at once
reason-too-late = The payment came when the time was already taken.
reason-declined = The expert declined the request.
reason-no-answer = The expert did not answer before the start.
reason-not-owed = This money was not owed: it came twice, or with another amount.
reason-client = You cancelled.
reason-expert = The expert cancelled.
reason-taken-back = The bank took the payment back, so what was left goes back too.
reason-admin = Our team cancelled.
reason-package-over = The time of the package is over.
reason-not-answered = The question was not answered in time.
pay-by-credit = 💰 Use my credit
pay-by-code = 🏷 I have a code
pay-code-ask = 🏷 Write your code. Capitals, spaces and dashes do not matter.
pay-discount = 🏷 Code: −{ $amount }
pay-credit = 💰 From your credit: −{ $amount }
pay-due = To pay: <b>{ $amount }</b>
voucher-title = Gift voucher
voucher-ask = 🎁 Write the code of your gift. Its amount becomes your credit.
voucher-redeemed = 🎁 <b>{ $amount }</b> are now your credit. Use them when you pay.
voucher-give-ask = 🎁 How much would you like to give? You get a code that you can hand on.
tip-title = Tip for { $expert }
tip-ask = 💛 A tip for <b>{ $expert }</b>; all of it is theirs.
earnings-head = 💶 <b>Earnings of { $name }</b>
earnings-empty = Nothing was earned yet.
earnings-sums =
    Pending (48 hours after a session): { $pending }
    Payable: <b>{ $payable }</b>
    Held back: { $frozen }
    Paid out: { $paid }
earnings-owed = To be set off after refunds: { $amount }
earnings-account-none = You have no account for transfers yet; until then you are paid by hand.
earnings-account-unfinished = Your account for transfers is not finished yet.
earnings-account-ready = 🏦 Transfers go to your account by themselves.
earnings-account = 🏦 Account for transfers
earnings-account-link = 🏦 Here you open or change your account with our payment processor: { $link }
earning-pending = pending
earning-payable = payable
earning-frozen = held back
earning-paid = paid out
earning-head =
    <b>{ $what }</b> · { $client }
    { $when }
earning-whole = The client paid: { $amount }
earning-tax = Tax: { $amount }
earning-commission = Platform: { $amount }
earning-yours = <b>Yours: { $amount }</b>
earning-returned = Given back to the client afterwards: { $amount }
earning-payable-from = Payable from { $when }
earning-state = State: { $state }
expert-home-money = 💶 My earnings
admin-money = 💶 Money
admin-money-find =
    💶 <b>Money</b>

    Write a client's Telegram id, or the number of a payment.
admin-money-nobody = Nobody with this Telegram id has joined.
admin-money-person =
    👤 <b>{ $name }</b>
    Credit: { $credit }
admin-money-credit = 💰 Give credit
admin-money-take = ↩ Take credit back
admin-money-refund = ↩ Refund
admin-money-freeze = 🧊 Hold back
admin-money-unfreeze = 🔓 Let it be paid out
admin-money-credit-amount = How much credit? For example <b>25 USD</b>.
admin-money-refund-amount = How much goes back? At most { $most }; write only the number.
admin-money-no-amount = That is no amount. Please write a number, such as 25 or 25.50.
admin-money-no-credit = That is no amount. Please write it with its currency, such as <b>25 USD</b>.
admin-money-reason = Why? The reason goes into the audit log, and for a refund or credit taken back to the client.
admin-money-reference = By what can the bank transfer be found? Write its reference.
admin-money-payable = 🏦 Payable to experts
admin-money-payable-list =
    🏦 <b>Payable to experts</b> ({ $count })

    { $count ->
        [0] Nothing is payable to anybody at the moment. What a session earned becomes payable 48 hours after it.
       *[other] Those with 🏦 are paid by transfer, by themselves. Choose one to note a payment by hand.
    }
admin-money-kind-refund = Refund
admin-money-kind-credit = Credit
admin-money-kind-take = Credit taken back
admin-money-kind-payout = Payout by hand
admin-money-confirm =
    <b>{ $kind }: { $amount }</b>
    About: <code>{ $about }</code>
    Reason: { $reason }
admin-money-yes = ✅ Yes, do it
admin-money-done = { $done ->
        [yes] ✅ Done, and noted in the audit log.
       *[no] ⏳ This is over the limit: a second admin has been asked to agree.
    }
money-approved = ✅ Agreed and done.
money-declined = ✖ Declined. Nothing was moved.
notice-refunded-as-credit = 💰 { $amount } are now your credit with us: the way you paid cannot take this refund. You can use it at your next booking.
notice-credit-given = 🎁 You have <b>{ $amount }</b> more as credit with us. Tap “Use my credit” when you pay next time.
notice-paid-on-top = 💶 { $amount } came from you that you did not owe. All of it goes back.
notice-dispute-open = ⚖️ A card holder disputes { $amount } (payment <code>{ $payment }</code>). What it earned is held back until the bank decides.
notice-dispute-won = ⚖️ The dispute over { $amount } (payment <code>{ $payment }</code>) is won. The money is ours again.
notice-dispute-lost = ⚖️ The dispute over { $amount } (payment <code>{ $payment }</code>) is lost. The money is with the card holder.
notice-paid-out = 🏦 { $amount } are on their way to you. Reference: { $reference }
notice-tipped = 💛 A client gave you a tip: { $amount }. All of it is yours.
notice-gift-ready = 🎁 Your gift of { $amount } is ready. Its code: <code>{ $code }</code>. Whoever writes it under “My payments → Redeem a code” gets the amount as credit.
notice-approval-wanted =
    🔐 Another admin asks you to agree: <b>{ $kind }, { $amount }</b>
    About: <code>{ $subject }</code>
    Reason: { $reason }
notice-approval-decided =
    { $agreed ->
        [yes] ✅ Another admin agreed, and it is done:
       *[no] ✖ Another admin declined, so nothing was moved:
    } <b>{ $kind }, { $amount }</b>
    About: <code>{ $subject }</code>
    Reason: { $reason }
error-price-changed = The price has changed since this invoice was sent. Please open the booking again and pay there.
error-no-package = There is no package for this with a session left. Please pay another way.
error-overdrawn = There is not enough left for this.
error-nothing-to-pay-out = Nothing is payable to this expert at the moment.
error-amount-changed = Another amount is payable now: { $amount }. Please look again.
error-no-payout-account = This expert has no account that can receive transfers yet.
error-code-unknown = I do not know this code. Please check it and write it again.
error-code-used-up = This code has been used up.
error-code-not-for-you = You have used this code already, or it is for somebody else.
error-code-not-now = This code is not valid now, or not for this price.
error-second-admin-needed = You cannot agree to your own decision; another admin has to.
error-already-decided = This has already been decided.
web-payment-account-title = Thank you!
web-payment-account-text = You can close this page. As soon as your account can receive transfers, your earnings go there by themselves.
web-promo-code = promo code
web-promo-codes = Promo codes
web-partner = partner
web-partners = Partners
web-earning = earning
web-earnings = Earnings
web-payout = payout
web-payouts = Payouts
web-dispute = dispute
web-disputes = Disputes
web-column-code = code
web-column-per-mille = discount (‰)
web-column-currency = currency
web-column-units = uses in all
web-column-used = used
web-column-per-person = uses a person
web-column-only-person = only for person
web-column-opened-at = opened
web-column-closed-at = decided
web-column-share = share of the commission (‰)
web-column-released-at = earned
web-column-expert-minor = expert
web-column-commission-minor = commission
web-column-tax-minor = tax
web-column-payable-at = payable from
web-column-frozen = held back
web-column-method = way
web-column-reference = reference
web-column-purpose = for
web-column-subject = of
money-invite = 👋 Invite a friend
money-invite-link = 👋 Send this link to a friend. When their first session is over, a part of what it cost becomes your credit: { $link }
notice-friend-came = 👋 A friend you invited had their first session. { $amount } are now your credit. Thank you!
paper-receipt = Receipt
paper-invoice = Invoice
paper-credit_note = Credit note
paper-number = Number { $number }
paper-date = Date: { $when }
paper-tax-id = Tax number: { $id }
paper-buyer = For: { $name }
paper-discount = Discount
paper-credit = Paid from credit
paper-by = Paid by { $rail }
paper-total = Total
paper-given-back = Given back
paper-tax = The total includes { $rate } % value added tax: { $amount }
paper-no-tax = No value added tax is charged.
paper-payment = Payment { $id }
paper-statement = Statement { $year }
paper-earned = { $when }: client paid { $whole } ({ $id })
paper-statement-note = After commission, tax and refunds. The year is counted in UTC.
earnings-statement = 📄 Yearly statements
error-nothing-to-state = Nothing was earned in { $year }.
notice-package-ready = 📦 Your package is ready: <b>{ $sessions } × { $title }</b> with { $expert }, to be used until { $until }. Choose a time and pay with the package.
notice-series-booked = 🔁 { $booked ->
        [0] <b>None of your weeks was free any more</b>
        [one] <b>One more week is booked, on { $until }</b>
       *[other] <b>{ $booked } more weeks are booked, until { $until }</b>
    }: { $title } with { $expert }.{ $left ->
        [0] {""}
        [one] {" "}One session could not be booked; it is in your package until { $valid }, for any free time.
       *[other] {" "}{ $left } sessions could not be booked; they are in your package until { $valid }, for any free time.
    }
notice-package-ends-soon = 📦 Your package of { $title } with { $expert } ends on <b>{ $until }</b>, and { $left ->
        [one] one session is
       *[other] { $left } sessions are
    } left in it. What is left then becomes your credit.
notice-package-ended = 📦 Your package is over. What was left in it is your credit now: <b>{ $amount }</b>.
why-by-minute =
    You paid { $total } for { $booked } minutes in advance. The session took { $taken } minutes, each begun one counted whole, which is { $came_to }.

    So { $back } came back.
reason-by-minute = The session was shorter than what was paid for in advance.
payment-on-hold = 🔒 Held on your card, not taken yet.
notice-hold-released = 🔓 { $amount } that was only held on your card is free again: it was never taken.
notice-refund-unclaimed = ⚠️ { $amount } (payment <code>{ $payment }</code>) cannot go back: whoever paid has erased their data. It stays in the books as unclaimed, and is not tried again.
notice-refund-refused = ⚠️ { $amount } (payment <code>{ $payment }</code>) could not go back the way it was paid: “{ $problem }”. Whoever paid has it as credit and was told. If they want the money itself, ask the processor's support about the charge <code>{ $charge }</code>.
notice-refund-waits = ⏳ { $amount } (payment <code>{ $payment }</code>) has been on its way back for over an hour: “{ $problem }”. It is tried again every hour. Please see that the bot's token and keys are right, and that there is enough with the processor to give back (for Stars, in the bot's balance).
notice-payout-refused = 🏦 The transfer of { $amount } to { $expert } is refused: “{ $problem }”. It is tried again by itself. Please see that there is enough money with the processor and that the expert's account can receive.
notice-hold-lost = ⚠️ The hold on a card over { $amount } (payment <code>{ $payment }</code>) ended before it was captured. The expert keeps what they earned, and it is our loss.
reason-given-back = You left, so what was left of your package goes back.
reason-let-go = The expert could not go on, so what was left goes back.
notice-package-let-go = 📦 { $expert } cannot go on with your package at the moment, so it is over. What was left in it goes back to you: <b>{ $amount }</b>.
admin-money-no-payment = There is no payment with this number. Please check it, or write the client's Telegram id.
admin-money-take-amount = How much is taken back? There is { $credit }. { $one ->
    [yes] Write only the number.
   *[no] Write it with its currency, such as <b>25 USD</b>.
}
notice-credit-taken = ↩ { $amount } of your credit was taken back by our team. Reason: { $reason }
error-no-second-admin = Over the limit a second admin must agree, and no other one has started this bot. Add one to HOURWISE_ADMIN_IDS, or raise HOURWISE_TWO_ADMINS_OVER.
admin-money-frozen = 🧊 Held back: { $reason }
