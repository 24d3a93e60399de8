sessions-list = 📅 <b>Your sessions</b> ({ $ahead } ahead)
sessions-empty = 📅 You have no sessions yet.
sessions-none-ahead = You have no session ahead.
session-page =
    <b>{ $when }</b>
    { $title } with <b>{ $expert }</b> · { $minutes } min

    State: { $state }
    Price: { $price }

    { $policy }
session-state-held = held, not paid yet
session-state-requested = waiting for the expert
session-state-asked-you = waiting for your answer
session-state-confirmed = confirmed
session-state-under_way = under way
session-state-ended = over
session-state-closed = over
session-state-cancelled = cancelled
session-state-declined = declined
session-state-expired = the hold ran out
session-state-no_show = did not take place
cancel-ask = Cancel your session with <b>{ $expert }</b> on <b>{ $when }</b>? You get <b>{ $refund }</b> back.
cancel-confirm = Yes, cancel it
cancel-keep = No, keep it
cancel-done =
    ✖ The session is cancelled. { $way ->
        [rail] { $refund } is on its way back to you; depending on your bank it takes a few days.
        [package] Your package has this session again.
        [credit] { $refund } are your credit now.
       *[none] There is nothing to pay back.
    }
expert-cancel-ask = Cancel this session? The client gets all their money back and is told at once.
expert-cancel-kept = 👍 The session stays.
expert-cancel-done = ✖ Cancelled. The client was told and gets all their money back.
request-approved = ✅ Confirmed. The client was told.
request-declined = ✖ Declined. The client was told and gets all their money back.
coming-noted = 👍 See you then!
calendar-title = { $title } – { $expert }
calendar-description = { $where }
calendar-in-chat = In the chat with the bot
expert-home-head =
    🧑‍🏫 <b>{ $name }</b>
    Earned, not paid out yet: <b>{ $earned }</b>

    <b>Your next two weeks</b>
expert-home-empty = No sessions.
expert-home-line = • { $when } – { $client }, { $title } ({ $state })
expert-session =
    <b>{ $when }</b>
    { $title } with <b>{ $client }</b> · { $minutes } min

    State: { $state }
    Price: { $price }
expert-decline-ask = Decline this request? { $client } { $paid ->
    [yes] gets all their money back and is told at once
   *[no] is told at once
}.
expert-decline-yes = Yes, decline it
expert-home-not-expert = You are not registered as an expert.
button-expert-absent = 🚪 The expert did not come
absent-ask-client = 🚪 Did <b>{ $expert }</b> not come? Then the session ends here, you get <b>{ $price }</b> back, and we look into it.
absent-ask-expert = 🚪 Did <b>{ $client }</b> not come? Then the session of <b>{ $when }</b> ends here. You are paid for your time, and { $client } is told.
absent-yes = Yes, nobody came
absent-wait = No, I will wait
absent-noted = Noted. Both sides are told.
expert-home-absent = 🚪 { $client } did not come
button-end-session = ⏹ End the session
session-end-ask = ⏹ End the session now? It is settled to the minutes that it took, at once.
session-end-yes = ⏹ Yes, it is over
session-end-no = It goes on
session-goes-on = 👍 The session goes on.
session-end-done = ⏹ The session is over.
clients-home = 👥 My clients
clients-about = 👥 About this client
clients-list =
    👥 { $count ->
        [0] You have had no clients yet.
       *[other] <b>Your clients</b>, the latest first; 🚫 takes no part any more.
    }
clients-one =
    👤 <b>{ $client }</b>

    { $away ->
        [yes] You take no bookings or questions from them. They are told only that you are not available to them at the moment.
       *[no] If you turn them away, they can’t find, book or ask you any more, and are told only that you take no bookings from them at the moment. What is booked stays; what they paid ahead for more goes back to them.
    }
clients-note = 📝 <i>{ $date }</i>{ $rating ->
        [0] {""}
       *[other] {" "}· { $rating }/10
    }: { $note }
clients-turn-away = 🚫 Take no more bookings from them
clients-take-back = ✅ Take bookings from them again
