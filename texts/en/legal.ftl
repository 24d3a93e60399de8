privacy-notice =
    🔒 <b>Privacy notice of { $operator }</b>

    <b>What we store:</b> your Telegram id, first name, language and time zone; your answers in the questionnaire; your bookings, payments and ratings; what you asked. What you write about yourself is encrypted.
    <b>What for:</b> to answer you, to find an expert, to hold and pay for sessions, to remind you.
    <b>Who sees it:</b> the expert you book sees your first name, your session, and the topic, kind and urgency of your latest questionnaire, not its words; the admins see what they need to help you. Card data goes to the payment processor only, never to us.
    <b>How long:</b> until you erase it. Receipts are kept as the law asks, without your name.
    <b>Your rights:</b> /mydata gives you everything as a file, /settings → My data erases it, /stop ends all news.
    { $contact }
terms-text =
    📜 <b>Terms of { $operator }</b>

    Experts are independent; they are responsible for their advice. A booking is binding once it is paid (and confirmed by the expert where the offer asks for it). Cancellation follows the policy that is shown before you pay. If the expert cancels, declines or does not come, you get all your money back. Advice on health and investment is information, and replaces neither a doctor nor a licensed adviser. In an emergency call your local emergency number.
    { $contact }
help-text =
    ℹ️ <b>What I can do</b>

    • Write a question: I answer it, or I say that I don't know.
    • Write what you need, such as “a career coach next Tuesday evening under 80 dollars”.
    • /find – a short questionnaire, then the experts that fit
    • /sessions – your sessions: join, reschedule, cancel
    • /settings – language, time zone, news, your data
    • /human – talk to a human
pay-support =
    💳 <b>Help with payments and refunds</b>

    A payment that fails takes no money: try again, or with another card, while your time is held. Cancel in /sessions: what you get back is shown before you confirm. If an expert declines or cancels, you get everything back without asking. A refund goes the way you paid and takes a few days, depending on your bank. If you paid and see no booking, wait a minute: it is either booked or refunded. Anything else: /human. { $contact }
become-expert = 🧑‍🏫 You want to advise others here? We check credentials first. { $contact }
