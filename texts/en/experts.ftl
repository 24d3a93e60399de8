experts-found =
    🔎 <b>{ $count ->
        [one] One expert fits
       *[other] { $count } experts fit
    }</b>
    <i>{ $filters }</i>
experts-no-others = <i>I have nobody else for this. Here they are once more:</i>
experts-near =
    🔎 <b>Nobody who works on just this fits your limits. These work on something near it:</b>
    <i>{ $filters }</i>
experts-full =
    🕒 <b>Nobody who fits has a free time { $then ->
        [yes] then
       *[no] right now
    }.</b>
    <i>{ $filters }</i>
    I can tell you when one of them is free.
experts-other-currency =
    ⚠️ <i>{ $some ->
        [yes] Some prices are
       *[no] The prices here are
    } in another currency, which I can’t compare with { $budget }. Please look at them yourself.</i>
experts-by-gender = <i>I don’t choose experts by gender; their pages tell you about them.</i>
experts-wait = 🔔 Tell me when one of them is free
experts-wait-no-more = 🔕 Wait no more for them
experts-none =
    😕 <b>No expert fits this right now.</b>
    <i>{ $filters }</i>
    Loosen the limits, or tell me more.
experts-widen = Without limits on time and price
experts-refine = Answer a few questions
filter-budget = up to { $budget }
filter-minutes = { $minutes } min
filter-cheapest = low prices first
filter-none = all topics
card-head = <b>{ $place }. { $name }</b>  { $rating }
card-offer = { $title } · { $minutes } min · <b>{ $price }</b> · { $languages }
card-other-topics = ≈ Another topic: { $topics }
card-next = 🕒 Next free: { $when }
card-no-time =
    🕒 { $then ->
        [yes] Not free then
       *[no] No free time at the moment
    }
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
question-offer = ✍️ Ask in writing · { $price } · answer in { $hours } h
question-title = Question to { $expert }
question-description = An answer in writing within { $hours } hours
question-ask =
    ✍️ <b>Write your question to { $expert }.</b>

    The answer comes here in writing within { $hours } hours after paying <b>{ $price }</b>; otherwise you get all your money back. Tell what they need to know, in one message.
question-check =
    ✍️ Your question to <b>{ $expert }</b>:

    <blockquote>{ $text }</blockquote>

    An answer within { $hours } hours: <b>{ $price }</b>.
question-pay = 💳 Pay { $price } and send
question-rewrite = ✏️ Write it anew
answer-home = ✍️ Questions in writing ({ $count })
answer-list =
    ✍️ { $count ->
        [0] No question is waiting for your answer.
       *[other] <b>Questions that wait for your answer</b>, the most urgent first:
    }
answer-text =
    ✍️ <b>{ $client }</b> asks:

    <blockquote>{ $text }</blockquote>

    Write your answer in one message, by <b>{ $due }</b>.
answer-check =
    ✍️ Your answer to <b>{ $client }</b>:

    <blockquote>{ $answer }</blockquote>
answer-send = ✅ Send it
answer-sent = ✅ Your answer is on its way, and what it earned is under “My earnings”.
error-unknown-question = I can’t find this question.
error-question-moved = This question is answered already, or its time is over.
error-no-answers-now = This expert gives no answers in writing at the moment. Please book a session instead.
error-question-too-short = Please write your question in a sentence at least, so that it can be answered well.
expert-hide = 🚫 Don’t show me this expert again
expert-hide-ask =
    🚫 <b>Don’t show you { $expert } again?</b>

    You won’t find or book them any more. What is booked stays, and a subscription to them is not renewed. You can undo this under Settings.
expert-hide-yes = 🚫 Yes, don’t show them
expert-hidden-now = Done: this expert is not shown to you any more. You can undo it under Settings.
expert-is-hidden = 🚫 You chose not to see this expert.
expert-show-again = 👁 Show me this expert again
