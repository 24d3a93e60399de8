book-offer = <b>What would you like to book with { $expert }?</b>
offer-line = { $title } · { $minutes } min · { $price }
book-day =
    📅 <b>{ $expert }</b> · { $title } · { $minutes } min

    Times are in your time zone: <b>{ $zone }</b>. Take one of the next free times or choose a day.
book-no-day =
    📅 <b>{ $expert }</b> · { $title } · { $minutes } min

    There is no free time ({ $zone }). Try another part of the day, another date, or wait for a time.
book-not-then = 😕 <b>{ $then }</b> isn’t free. What is free:
book-noted = 🕒 You said: <b>{ $then }</b>
book-kept = ⏳ <b>{ $kept }</b> stays held for you for { $left } min, unless you take another time.
book-back-to-kept = ‹ Back to { $kept }
book-zone-note = <i>It is { $time } where the expert is.</i>
book-earlier = ‹ Earlier
book-later = Later ›
book-zone = 🌍 Change time zone
book-time = 🕒 <b>{ $day }</b>, times in { $zone }:
book-no-time = There is no free time on <b>{ $day }</b> ({ $zone }). Choose another day, or wait for one.
part-any = Any
part-morning = Morning
part-afternoon = Afternoon
part-evening = Evening
pay-held =
    ⏳ <b>{ $when }</b> is held for you for { $left } { $left ->
        [one] minute
       *[other] minutes
    }.

    { $title } with { $expert } · { $minutes } min
    Price: <b>{ $price }</b>

    { $policy }
pay-confirmed =
    ✅ <b>Booked: { $when }</b>

    { $title } with { $expert } · { $minutes } min · { $price }
pay-requested =
    ❔ <b>Requested: { $when }</b>

    { $title } with { $expert } · { $minutes } min · { $price }
    The expert confirms it; if not, you get all your money back.
pay-expired =
    ⌛ The hold on { $when } ran out, so the time is free again. Nothing was charged.
pay-under_way = 🔵 Your session with { $expert } is under way.
pay-ended = Your session with { $expert } is over.
pay-closed = Your session with { $expert } is over.
pay-cancelled = This booking with { $expert } was cancelled.
pay-declined = { $expert } could not take this time. You get all your money back.
pay-no_show = This session with { $expert } did not take place.
policy-tier = Cancel { $hours } h or more before: { $percent } % back.
pay-by-card = 💳 Pay by card
pay-in-chat = 💳 Pay here in the chat
pay-try-again = 🔄 Open the payment page
pay-give-up = ✖ Give up this time
pay-other-times = 📅 Nearest free times
payment-title = { $title }
payment-description = { $expert }, { $when }
book-moved =
    🔁 <b>Moved to { $when }.</b>

    { $title } with { $expert }. Your payment stays as it is, and the reminders follow.
error-payment-page = The payment page cannot be opened at the moment. Your time stays held; please try again.
book-insist = ⚠️ At <b>{ $when }</b> you already have a session: { $others }. Do you want both?
book-insist-yes = Yes, I want both
policy-moves = Move it up to { $moves } times, until { $hours } h before.
book-clock-change = <i>⏰ Your clock changes on { $day }; the times are already right.</i>
book-their-times = <i>For the expert: { $first } to { $last }.</i>
book-jump = 🗓 Another date
book-jump-ask = 🗓 Which date? Write for example <i>24 Dec</i>, <i>next Friday</i> or <i>tomorrow</i>.
error-no-date = I did not find a date in this. Write for example “24 Dec” or “next Friday”.
error-date-out-of-window = This can be booked from today up to { $days } days ahead. Please choose a date in between.
offer-line-group = 👥 { $title } · { $minutes } min · { $price } · up to { $seats } people
package-title = { $sessions } × { $title }
package-line = 📦 { $sessions } × { $title } · { $price }
package-page =
    📦 <b>{ $sessions } × { $title }</b> · { $minutes } min each

    Price: <b>{ $price }</b>, that is { $each } a session{ $saves ->
        [yes] {" "}– you save { $saved }
       *[no] {""}
    }.

    Use it within { $days } days after paying, at any free times. A session that you cancel in time goes back into the package; what is left at the end becomes your credit.
package-buy = 📦 Buy for { $price }
package-owned = 📦 { $left } of { $sessions } left: { $title } with { $expert }, until { $until }
pay-by-package = 📦 Use my package ({ $left } left)
price-by-package = out of your package
book-weekly = 🔁 The same time each week ({ $left } left)
weekly-done =
    🔁 { $booked ->
        [0] None of the weeks could be booked:
        [one] One week is booked:
       *[other] { $booked } weeks are booked:
    }

weekly-booked = ✅ { $when }
weekly-missed = ✖ { $when } – { $why }
book-series = 🔁 The same time each week
series-ask =
    🔁 <b>{ $title }</b> with { $expert }, each week at the time of { $when }.

    Free at this time: { $days }.

    { $chosen ->
        [yes] Once you have paid, the weeks are booked one after another.
       *[no] How many more weeks do you want? You pay them together, and they are booked once they are paid.
    } Each can be moved or cancelled by itself. What cannot be booked any more, or is cancelled in time, stays yours as a package for any free time; what is left at its end becomes your credit.
series-clock = ⏰ <i>The time stays the same on the expert’s clock. On yours it is { $changes }.</i>
series-clock-from = { $time } from { $day } on
series-none = There is no free time at this hour in the weeks ahead.
series-line = { $sessions } more, until { $until } · { $price }
seats-left = { $left } left
price-a-minute = { $price } a minute
pay-by-minute = ⏱ You pay for { $minutes } minutes now, { $price } each. What the session does not take comes back to you when it is over.
pay-on-hold = 🔒 The amount is only held on your card. It is taken when the session is over; what comes back is never taken at all.
