admin-home = 🛠 <b>Admin</b>
admin-today = 📅 Today's sessions
admin-broadcast = 📣 Broadcast
admin-faq = 📚 FAQ
admin-browser = 🌐 Sign in to the browser
admin-link = 🔑 This link signs you in once, within ten minutes: { $link }
admin-today-head = 📅 <b>Today: { $count } { $count ->
        [one] session
       *[other] sessions
    }</b>
admin-today-empty = 📅 No sessions today.
admin-today-line = • { $when } – { $client } with { $expert }, { $title } ({ $state })
broadcast-audience = 📣 <b>To whom?</b> People who want no news are not counted.
audience-all = Everyone
audience-experts = Experts
broadcast-english = Write the <b>English</b> text. Bold, links and the like are kept.
broadcast-chinese = Write the <b>Chinese</b> text, or skip: then everyone gets the English one.
broadcast-preview =
    📣 <b>Preview</b> – goes to { $count } { $count ->
        [one] person
       *[other] people
    }

    <b>English</b>
    { $english }

    <b>Chinese</b>
    { $chinese }
broadcast-send = 📣 Send now
broadcast-progress =
    📣 <b>{ $state }</b>

    Recipients: { $recipients }
    Sent: { $sent }
    Waiting: { $waiting }
    Blocked: { $blocked }
    Failed: { $failed }
    Not wanted any more: { $void }
broadcast-stop = ⏹ Stop
broadcast-state-sending = Sending …
broadcast-state-done = Done
broadcast-state-cancelled = Stopped
broadcast-broken-markup = This text has broken markup. Please write it again.
error-nobody-to-send-to = There is nobody in this audience.
error-nothing-to-send = There is no text to send. Please write it in at least one language.
error-unknown-broadcast = There is no such broadcast.
faq-list = 📚 <b>FAQ</b> in your language:
faq-add = ➕ Add an entry
faq-entry =
    <b>{ $question }</b>

    { $answer }
faq-edit = ✏️ Edit
faq-remove = 🗑 Remove
faq-remove-ask = Remove this entry? It will answer no more.

    <b>{ $question }</b>
faq-remove-confirm = 🗑 Yes, remove it
faq-question = Write the question as people ask it.
faq-keep = Keep the question
faq-write-answer = Now write the answer.

faq-unanswered = ❓ What I could not answer
unanswered-list =
    { $count ->
        [0] ❓ Nothing is open: every question so far was answered or settled.
        [one] ❓ <b>One question</b> that I could not answer. Choose it to write the answer.
       *[other] ❓ <b>{ $count } questions</b> that I could not answer, the most frequent first. Choose one to write its answer.
    }
unanswered-one =
    ❓ Asked { $count ->
        [one] once
       *[other] { $count } times
    }:

    { $wordings }
unanswered-write = ✍️ Write the answer
unanswered-dismiss = 🗑 Not worth an answer
unanswered-answer =
    Write the answer. It will be given to all these wordings:

    { $wordings }
unanswered-saved = ✅ Saved. From now on this is answered.
