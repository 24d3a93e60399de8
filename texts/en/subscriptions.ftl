subscription-offer = ⭐ Subscribe: { $questions } answers in 30 days · { $monthly }
subscription-title = Subscription: { $expert }
subscription-description = { $questions } written answers in 30 days, renewed until you stop it
subscription-page =
    ⭐ <b>Subscription to { $expert }</b>

    { $questions } of your questions are answered in writing in 30 days, each within { $hours } hours: <b>{ $price }</b>, which is { $each } an answer instead of { $single }.

    Telegram takes the Stars again every 30 days until you stop it, here under /payments or in Telegram's settings. What you do not use in its 30 days does not carry over. As long as you have not used any of it, you get all of it back.
subscription-begin = ⭐ Subscribe for { $price }
subscription-pay = ⭐ Pay in Telegram
subscription-line = ⭐ { $expert } · { $left } left
subscription-one =
    ⭐ <b>Subscription to { $expert }</b>

    { $left } of { $questions } answers are left until <b>{ $until }</b>.
    { $stopped ->
        [yes] It is not renewed: nothing more is taken.
       *[no] On that day Telegram takes { $price } for the next 30 days.
    }
subscription-stop = ⏹ Stop it
subscription-stop-ask = ⏹ Stop your subscription to { $expert }? It lasts until <b>{ $until }</b>, and { $left } answers stay yours until then. Nothing more is taken.
subscription-stop-yes = ⏹ Yes, stop it
subscription-give-back = ↩ Stop now, { $price } back
subscription-given-back = ↩ Your subscription is over. <b>{ $refund }</b> go back to you at once, and nothing more is taken.
question-by-subscription = ⭐ Use my subscription ({ $left } left)
question-sent = ✍️ Your question is on its way.
button-ask-in-writing = ✍️ Ask in writing
button-my-subscription = ⭐ My subscription
notice-subscription-begun = ⭐ Your subscription to <b>{ $expert }</b> has begun: { $questions } answers in writing until <b>{ $until }</b>.
notice-subscriber = ⭐ { $client } subscribed to your answers: up to { $questions } questions in 30 days. You earn with each answer, and with what is not used at the end of the 30 days.
notice-subscription-renewed = ⭐ Your subscription to <b>{ $expert }</b> was renewed for { $price }: { $questions } answers until <b>{ $until }</b>.
notice-subscription-renews-soon = ⭐ On <b>{ $until }</b> Telegram takes { $price } for the next 30 days of your subscription to { $expert }. { $left ->
        [0] You have used all of your answers.
        [one] One answer is left until then.
       *[other] { $left } answers are left until then.
    }
notice-subscription-ends-soon = ⭐ Your subscription to <b>{ $expert }</b> ends on <b>{ $until }</b>. { $left ->
        [0] You have used all of your answers.
        [one] One answer is left until then.
       *[other] { $left } answers are left until then.
    }
notice-subscription-ended = ⭐ Your subscription to <b>{ $expert }</b> is over. You can ask them in writing as before, or subscribe again.
notice-subscription-called-off = ⭐ <b>{ $expert }</b> gives no more answers in writing, so your subscription is over. Nothing more is taken, and what was left of it comes back: <b>{ $amount }</b>.
notice-question-asked-by-subscription = ✍️ Your question is with <b>{ $expert }</b>, paid by your subscription. The answer comes here until <b>{ $due }</b>; otherwise you have it back in your subscription.
notice-question-expired-subscription = ✍️ { $expert } did not answer your question in time. Your subscription has this answer again. We are sorry.
payment-refund-subscription = ↩ { $amount } put back into your subscription on { $when }
rail-subscription = a subscription
refund-way-subscription = back into your subscription
reason-subscription-back = The subscription ended before it was used up.
error-no-subscription = There is no such subscription, or something of it has been used meanwhile.
error-already-subscribed = You have a subscription to this expert already. It is under /payments.
error-subscription-runs = You have a subscription that would be paid again. Please stop it first, under /payments.
web-plan = subscription
web-plans = Subscriptions for sale
web-subscription = subscriber
web-subscriptions = Subscribers
web-plan-wrong = A subscription has 2 to 100 answers and costs at most 10,000 Stars.
web-column-questions = answers
web-column-until = until
web-column-stopped-at = stopped
web-column-period = months
notice-subscription-let-go = ⭐ { $expert } cannot go on with your subscription at the moment, so it is over. Nothing more is taken, and what was left of it comes back: <b>{ $amount }</b>.
