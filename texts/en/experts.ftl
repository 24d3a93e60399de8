experts-found =
    🔎 <b>{ $count ->
        [one] One expert fits
       *[other] { $count } experts fit
    }</b>
    <i>{ $filters }</i>
experts-none =
    😕 <b>No expert fits this right now.</b>
    <i>{ $filters }</i>
    Loosen the limits, or tell me more.
experts-widen = Without limits on time and price
experts-refine = Answer a few questions
filter-budget = up to { $budget }
filter-none = all topics
card-head = <b>{ $place }. { $name }</b>  { $rating }
card-offer = { $title } · { $minutes } min · <b>{ $price }</b> · { $languages }
card-next = 🕒 Next free: { $when }
card-no-time = 🕒 No free time at the moment
card-reason = ✓ { $reason }
price-free = free
rating-none = new
rating-mean = ★ { $mean } ({ $count })
expert-head = 🧑‍🏫 <b>{ $name }</b> { $verified }  { $rating }
expert-bio = { $bio }
expert-facts =
    <b>Topics:</b> { $topics }
    <b>Languages:</b> { $languages }
    <b>Credentials:</b> { $credentials }
    <b>How:</b> { $delivery }
expert-offer = • { $title } · { $minutes } min · <b>{ $price }</b>
expert-reviews = <b>What clients say</b>
expert-review = { $stars } <i>{ $date }</i> – { $comment }
review-without-words = no words
delivery-video = video call
delivery-relay = messages in this chat
wish-topic = 👍 Noted. <b>What should it be about?</b> Choose, or write it in your own words.
wish-any-topic = Show everybody
wish-day = 👍 Noted. <b>On which day?</b> Choose, or write a day such as <i>Friday</i>.
wish-today = Today
wish-tomorrow = Tomorrow
wish-any-day = Any day
wish-unclear = I could not read that. Please choose one of the buttons, or say it in other words.
