sequences-open = 💧 Sequences
sequences-list =
    { $count ->
        [0] 💧 There is no sequence. It says something so many days after people join, leave a booking or let a held time go unpaid.
       *[other] 💧 <b>Sequences</b>
    }
sequences-new = ➕ New sequence
sequence-joined = After joining
sequence-abandoned = After a booking was left
sequence-unpaid = After a held time went unpaid
sequence-after-what = 💧 <b>After what?</b> Who goes on meanwhile, holds a time or pays, gets nothing more of it. It counts from now on.
sequence-when = 💧 <b>How long after it?</b>
sequence-days =
    { $days ->
        [one] One day
       *[other] { $days } days
    }
sequence-english = Write the <b>English</b> text. Bold, links and the like are kept.
sequence-check = 💧 <b>{ $trigger }</b>
sequence-draft = { $when }: “{ $title }”
sequence-add-step = ➕ Another message
sequence-start = ▶️ Start
sequence-head = 💧 <b>{ $trigger }</b>
sequence-step =
    { $days ->
        [one] After one day
       *[other] After { $days } days
    }: “{ $title }”
    Sent: { $sent } · waiting: { $waiting } · not wanted any more: { $void }
sequence-over = ⏹ This sequence is stopped.
sequence-stop-ask = ⏹ <b>Stop this sequence?</b> “{ $title }” and what follows it goes to nobody any more, also not to those who are in the middle of it, and it cannot be started again.
