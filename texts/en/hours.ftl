button-hours = 🗓 My hours
hours-yours = 🗓 <b>Your hours</b>
hours-zone = Times in { $zone }
hours-how =
    Write what to change, a line for each:
    <i>Mon–Fri 9–12, 14–18</i>
    <i>off next Friday</i> · <i>24 Dec 10–12</i> · <i>24 Dec as usual</i>
    <i>in Tokyo from 1 Dec to 10 Dec</i>
    <i>at most 4 a day</i> · <i>15 min break</i> · <i>notice 2 hours</i> · <i>window 30 days</i> · <i>every 30 minutes</i>
hours-check = 🗓 <b>Is this right?</b> You wrote: <i>{ $said }</i>
hours-save = ✅ Yes, that is right
hours-only-once = Only once, not every week
hours-discard = ✖ Leave it as it was
hours-saved = Saved.
hours-day = <b>{ $days }</b>  { $hours }
hours-date = 📌 <b>{ $days }</b>  { $hours }
hours-trip = ✈️ <b>{ $days }</b>  times in { $zone }
hours-closed = closed
hours-per-day = At most { $most } a day
hours-per-week = At most { $most } a week
hours-rule-buffer_before = { $amount } min free before each
hours-rule-buffer_after = { $amount } min free after each
hours-rule-notice_minutes = { $hours } h notice
hours-rule-window_days = bookable { $amount } days ahead
hours-rule-step_minutes = a start every { $amount } min
hours-outside = ⚠️ { $count ->
        [one] One booked session lies
       *[other] { $count } booked sessions lie
    } outside these hours. They stay as they are; cancel them yourself if you cannot come.
error-hours-not-understood = I did not understand “{ $words }”. Write for example “Mon–Fri 9–12, 14–18”, “off next Friday” or “in Tokyo from 1 Dec to 10 Dec”.
error-bad-hours = Hours must begin and end at multiples of { $minutes } minutes, such as 9:00 or 9:05.
error-bad-limit = A limit must be at least one session.
