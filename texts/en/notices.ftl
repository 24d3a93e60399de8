notice-confirmed =
    ✅ <b>{ $paid ->
        [yes] Booked and paid.
       *[no] Booked.
    }</b>

    { $title } with <b>{ $expert }</b>
    <b>{ $when }</b> · { $minutes } min{ $paid ->
        [yes] {" "}· { $price }
       *[no] {""}
    }

    The file puts it into your calendar. I will remind you before it starts.
notice-requested =
    ❔ Your request for <b>{ $when }</b> with <b>{ $expert }</b> is on its way. You are told as soon as it is confirmed; if it is declined, { $paid ->
        [yes] you get all your money back
       *[no] you are told as well
    }.
notice-expert-booked =
    📅 <b>New session: { $when }</b>

    { $title } with { $client } · { $minutes } min · { $paid ->
        [yes] { $price }
       *[no] { price-free }
    }
    { $need ->
        [yes] <i>{ $topic } · { $kind } · priority: { $priority }</i>
       *[no] {""}
    }
notice-expert-request =
    ❔ <b>Request: { $when }</b>

    { $title } for { $client } · { $minutes } min · { $paid ->
        [yes] { $price }, paid
       *[no] { price-free }
    }.
    { $need ->
        [yes] <i>{ $topic } · { $kind } · priority: { $priority }</i>
       *[no] {""}
    }
    Do you take it?
notice-moved =
    🔁 Your session with <b>{ $expert }</b> moved from { $before } to <b>{ $when }</b>. The file updates your calendar.
notice-expert-moved =
    🔁 { $client } moved the session from { $before } to <b>{ $when }</b>.
notice-move-requested =
    🔁 You asked to move your session with <b>{ $expert }</b> from { $before } to <b>{ $when }</b>. You are told as soon as it is confirmed; if it is declined, { $paid ->
        [yes] you get all your money back
       *[no] you are told as well
    }.
notice-expert-move-request =
    🔁 { $client } asks to move the session from { $before } to <b>{ $when }</b>.
    Do you take it?
minutes-left = { $minutes_left ->
        [15] In 15 minutes
        [60] In one hour
        [1440] Tomorrow
       *[other] In { $minutes_left } minutes
    }
notice-reminder-client =
    ⏰ { minutes-left }: { $title } with <b>{ $expert }</b>, <b>{ $when }</b>.
notice-reminder-expert =
    ⏰ { minutes-left }: { $title } with <b>{ $client }</b>, <b>{ $when }</b>.
notice-reminder-group =
    ⏰ { minutes-left }: { $title } with your group, <b>{ $when }</b>.
notice-start-video = 🎥 It begins now: { $title }, { $expert } and { $client }. Tap to join.
notice-start-relay = 💬 It begins now: { $title }, { $expert } and { $client }. Until the end of the session, what you write here is handed to the other side.
notice-start-group = 🎥 It begins now: { $title }, with your group. Tap to join.
notice-relayed = 💬 <b>{ $from }:</b> { $text }
notice-survey = ⭐ How was your session with <b>{ $expert }</b>? Four short questions help others to choose.
notice-survey-nudge = ⭐ You have not rated your session with <b>{ $expert }</b> yet. It takes half a minute.
notice-expert-note = 📝 The session with <b>{ $client }</b> is over. Would you note what was done?
notice-cancelled-by-expert = ✖ { $expert } had to cancel { $title } on <b>{ $when }</b>. { $way ->
        [rail] You get all your money back, the way you paid: <b>{ $refund }</b>.
        [package] Your package has this session again.
        [credit] All that you paid is your credit now: <b>{ $refund }</b>.
        [both] You get <b>{ $refund }</b> back: what you paid with credit is your credit again, the rest goes back the way you paid it.
       *[none] You owe nothing.
    } We are sorry.
notice-cancelled-by-admin = ✖ { $title } with { $expert } on <b>{ $when }</b> was cancelled by us. { $way ->
        [rail] You get <b>{ $refund }</b> back, the way you paid.
        [package] Your package has this session again.
        [credit] <b>{ $refund }</b> are your credit now.
        [both] You get <b>{ $refund }</b> back: what you paid with credit is your credit again, the rest goes back the way you paid it.
       *[none] You owe nothing.
    } We are sorry.
notice-cancelled-by-time = ✖ { $expert } did not answer your request for <b>{ $when }</b> in time. { $way ->
        [rail] You get all your money back, the way you paid: <b>{ $refund }</b>.
        [package] Your package has this session again.
        [credit] All that you paid is your credit now: <b>{ $refund }</b>.
        [both] You get <b>{ $refund }</b> back: what you paid with credit is your credit again, the rest goes back the way you paid it.
       *[none] You owe nothing.
    }
notice-expert-cancelled = ✖ The session with { $client } on <b>{ $when }</b> was cancelled. The time is free again.
notice-expert-cancelled-late = ✖ The session with { $client } on <b>{ $when }</b> was cancelled. The time is free again. It was so late that a part of the price is kept: you find your share under “My earnings”.
notice-expert-no-answer = ⌛ You did not answer { $client }’s request for <b>{ $when }</b> before that time, so it is over, and they owe nothing.
notice-taken-back = ✖ { $title } with { $expert } on <b>{ $when }</b> is cancelled: your bank took back what was paid for it. Credit that you used for it is yours again. If this is a mistake, talk to us.
notice-expert-taken-back = ✖ The session with { $client } on <b>{ $when }</b> is cancelled: the client's bank took the payment back. The time is free again.
notice-hold-expired = ⌛ The time <b>{ $when }</b> with { $expert } is no longer held for you. Nothing was charged. Shall I show you the nearest times?
notice-paid-too-late = 😔 Your payment came when <b>{ $when }</b> with { $expert } was already taken. You get all your money back: { $price }.
notice-refunded = 💶 { $amount } is on its way back to you. Depending on your bank it takes a few days.
notice-unhappy = ⚠️ { $client } was unhappy with { $expert }: { $received } of 10. “{ $comment }”
notice-danger = 🆘 { $client } wrote something that may be an emergency: “{ $text }”. The emergency card was shown.
notice-human-wanted =
    🙋 { $client } (Telegram id <code>{ $telegram_id }</code>) wants to talk to a human: “{ $text }”
    { $need ->
        [yes] <i>{ $topic } · { $kind } · priority: { $priority }</i>
       *[no] {""}
    }
notice-broadcast-done = 📣 <b>The broadcast is out.</b> Sent: { $sent } of { $recipients }, blocked: { $blocked }, failed: { $failed }, not wanted any more: { $void } (over the weekly limit: { $over_cap }), not known if sent: { $unknown }.
notice-not-sent = ⚠️ A message could not be sent, and I do not try again. It is about <code>{ $about }</code>: { $error }
button-no-news = 🔕 No more news
notice-expert-absent = 🚪 You told us that { $expert } did not come on <b>{ $when }</b>. You get all your money back: <b>{ $refund }</b>. We are sorry, and we look into it.
notice-expert-absent-expert = 🚪 { $client } told us that you did not come to the session of <b>{ $when }</b>. The money goes back. If that is wrong, please tell us.
notice-expert-absent-admin = 🚪 { $client } says that { $expert } did not come to the session of <b>{ $when }</b>. The money goes back in full.
notice-client-absent = 🚪 { $expert } waited for you on <b>{ $when }</b> and told us that you did not come, so the session ended. If that is wrong, please tell us.
notice-client-absent-expert = 🚪 The session of <b>{ $when }</b> with { $client } ended because they did not come. Your share is booked as for any session.
notice-coming-client = 👍 { $client } is coming: { $title }, <b>{ $when }</b>.
notice-coming-expert = 👍 { $expert } is looking forward to seeing you: <b>{ $when }</b>.
notice-rebook = 📅 It has been a while since your session with <b>{ $expert }</b>. Would you like another one?
notice-question-asked = ✍️ Your question is with <b>{ $expert }</b>. The answer comes here by <b>{ $due }</b>; otherwise you get all your money back.
notice-question-for-you =
    ✍️ <b>{ $client }</b> asks you in writing:

    <blockquote>{ $text }</blockquote>

    Please answer by <b>{ $due }</b>.
notice-question-waits =
    ⏰ <b>{ $client }</b> still waits for your answer, by <b>{ $due }</b>:

    <blockquote>{ $text }</blockquote>
notice-question-answered =
    ✍️ <b>{ $expert }</b> answered your question.

    <blockquote>{ $asked }</blockquote>

    { $text }
notice-question-expired = ✍️ { $expert } did not answer your question in time. You get all your money back: <b>{ $refund }</b>. We are sorry.
notice-question-missed = ✍️ A written question was not answered in time. The client has their money back.
notice-question-taken-back = ✖ Your written question to <b>{ $expert }</b> is closed: your bank took back what was paid for it. Credit that you used for it is yours again. If this is a mistake, talk to us.
notice-question-withdrawn =
    ✖ You need not answer this written question any more: what was paid for it went back to the client.

    <blockquote>{ $asked }</blockquote>
notice-waiting-client = 🚪 <b>{ $expert } is waiting for you</b>: { $title }, it began at <b>{ $when }</b>.
notice-waiting-expert = 🚪 <b>{ $client } is waiting for you</b>: { $title }, it began at <b>{ $when }</b>.
notice-review-wanted = 💬 You were satisfied with <b>{ $expert }</b>. Would you write a few words for others? They show on the expert's page without your name.
notice-by-minute = ⏱ Your session with <b>{ $expert }</b> took { $taken } of { $booked } minutes, which is <b>{ $paid }</b>. { $back } come back to you.
notice-by-minute-expert = ⏱ Your session with <b>{ $client }</b> took { $taken } of { $booked } minutes, which is <b>{ $paid }</b>. Your share of it is booked.
