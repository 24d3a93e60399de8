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
audience-active = Active in the last 30 days
audience-quiet = Quiet for 30 days
audience-booked = Have booked before
audience-never-booked = Never booked
audience-new = New
audience-frequent = Frequent
audience-potential = May book
audience-standing-quiet = Gone quiet
broadcast-latest = 🗂 Latest broadcasts
broadcast-latest-head =
    { $count ->
        [0] 🗂 No broadcast has gone out yet.
       *[other] 🗂 <b>The latest broadcasts</b>
    }
broadcast-their-time = 🕙 At everyone's 10:00
broadcast-at = 📅 At a time
broadcast-when = When? Write it like <code>2026-11-25 18:30</code>, in your own time zone.
broadcast-when-wrong = I cannot read this time. Write it like <code>2026-11-25 18:30</code>.
broadcast-test = 👁 Show it to me
broadcast-test-sent = It comes to you in a moment, as its readers will see it.
broadcast-buttons = 🔘 Buttons
broadcast-buttons-ask =
    Up to three buttons, one a line: a label and a link, or a label and a campaign code that opens this bot.

    <code>Book now / 立即预约 | spring</code>
    <code>Read more / 了解更多 | https://example.com</code>
error-wrong-button = “{ $line }” is no button. Write a label, a bar and a link, such as “Book now | https://example.com”; { $most } at most.
error-time-has-passed = This time has passed. Please write one that is still ahead.
error-broadcast-over = This broadcast is over.
broadcast-english = Write the <b>English</b> text, or skip: then everyone gets the Chinese one. Bold, links and the like are kept; a photo or file with a caption works as well.
broadcast-chinese = Write the <b>Chinese</b> text, or skip: then everyone gets the English one.
broadcast-other-english = Write the <b>second English</b> text. A photo or file of the first one comes with it as well.
broadcast-other-chinese = Write the <b>second Chinese</b> text. A photo or file of the first one comes with it as well.
broadcast-other = 🅱️ A second text
broadcast-one-text = 🅰️ Only the first text
broadcast-share = How many get the second text? Who gets which is drawn by lot.
broadcast-share-of = { $other } % (the first: { $first } %)
broadcast-preview =
    📣 <b>Preview</b> – goes to { $count } { $count ->
        [one] person
       *[other] people
    }

    <b>English</b>
    { $english }

    <b>Chinese</b>
    { $chinese }

    { $two ->
        [yes] 🅱️ <b>Second text</b>, for { $percent } %

            <b>English</b>
            { $other_english }

            <b>Chinese</b>
            { $other_chinese }
       *[other] {""}
    }
    { $buttons }
broadcast-send = 📣 Send now
broadcast-progress =
    📣 <b>{ $state }</b>{ $planned ->
        [at] {" "}for { $at }
        [local] {" "}for everyone's { $local }
       *[no] {""}
    }

    Recipients: { $recipients }
    Sent: { $sent }
    Waiting: { $waiting }
    Blocked: { $blocked }
    Failed: { $failed }
    Not wanted any more: { $void } (over the weekly limit: { $over_cap })
    Not known if sent: { $unknown }

    Per second: { $speed } · time left: { $left }
    Followed the link: { $clicks } · booked after it: { $bookings }
    { $two ->
        [yes] 🅰️ sent: { $sent_a } · followed: { $clicks_a } · booked: { $bookings_a }
            🅱️ sent: { $sent_b } · followed: { $clicks_b } · booked: { $bookings_b }
       *[other] {""}
    }
broadcast-pause = ⏸ Pause
broadcast-resume = ▶️ Go on
broadcast-stop = ⏹ Stop
broadcast-state-sending = Sending …
broadcast-state-done = Done
broadcast-state-paused = Paused
broadcast-state-scheduled = Planned
broadcast-state-cancelled = Stopped
error-broken-markup = This text has broken markup. Please write it again.
error-nobody-to-send-to = There is nobody in this audience.
error-nothing-to-send = There is no text to send. Please write it in at least one language.
error-unknown-broadcast = There is no such broadcast.
faq-list =
    { $is_sought ->
        [yes] { $count ->
            [0] 🔎 No entry in your language has these words: { $sought }
           *[other] 🔎 Entries in your language with these words: { $sought }
        }
       *[no] { $count ->
            [0] 📚 There is no FAQ entry in your language yet. Add the first one.
           *[other] 📚 <b>FAQ</b> in your language ({ $count }):
        }
    }
faq-search = 🔎 Search
faq-search-words = 🔎 Write one or more words. I show the entries that have all of them, in the question or the answer.
faq-all = 📚 Show all
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
error-already-settled = Another admin was faster: this question is settled already.
unanswered-saved = ✅ Saved. From now on this is answered.
admin-polls = 📊 Surveys
broadcast-repeat = 🔁 Repeat
broadcast-repeat-ask = 🔁 How often? The first one goes out now. Each time it goes to whoever is in the audience then.
broadcast-repeats = 🔁 Repeating
broadcast-repeats-head =
    { $count ->
        [0] 🔁 Nothing is repeated. Write a broadcast and tap “Repeat” under its preview.
       *[other] 🔁 <b>What is repeated</b>
    }
broadcast-repeat-one =
    { $going ->
        [yes] 🔁 “{ $title }” went out { $rounds ->
            [one] once
           *[other] { $rounds } times
        } so far. The next time: <b>{ $next }</b>.
       *[other] ⏹ It is not repeated any more.
    }
broadcast-repeat-stop = ⏹ Repeat it no more
every-days =
    { $days ->
        [7] Every week
        [28] Every four weeks
        [91] Every quarter
       *[other] Every { $days } days
    }
broadcast-stop-ask = ⏹ <b>Stop this broadcast?</b> “{ $title }” does not go to { $waiting ->
    [one] the one person who still waits for it
   *[other] the { $waiting } people who still wait for it
}, and it cannot be started again. “Pause” leaves that open.
broadcast-repeat-stop-ask = ⏹ <b>Repeat “{ $title }” no more?</b> It cannot be started again.
