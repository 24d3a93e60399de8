faq-answer = 💡 { $answer }
faq-other-language = <i>I only have this answer in another language.</i>
faq-disclaimer = <i>{ $disclaimer }</i>
faq-right = 👍 This was right
faq-wrong = 👎 This was wrong
faq-judged-right = Thank you!
faq-judged-wrong = Thank you, we will look at it.
faq-suggest = I am not sure. Did you mean one of these?
faq-none-of-these = None of these
not-understood =
    🤔 I did not understand that, and I don't want to guess.

    Try other words, or choose:
choice-find = 🔎 Find an expert
choice-sessions = 📅 My sessions
choice-human = 🙋 Talk to a human
choice-menu = ☰ Menu
human-told = 🙋 A human has your message and will write to you here.
human-nobody = 🙋 Nobody is on duty in this chat right now.
human-contact = You can also reach us here: { $contact }
you-are-welcome = You are welcome! 🙂
small-talk = 🙂 I am better at finding you the right expert. Write what you need, or ask me how something works here.
tap-a-button = Please tap the button that you mean.
nothing-to-book = 🔎 Choose an expert first: write what it is about, such as “a career coach on Friday”, or tap here.
code-when-paying = 🏷 You write your code when you pay: choose a time, then tap “I have a code”.
receipt-when-paid = 🧾 Once you have paid, you find the receipt and an invoice under Menu → My payments → the payment.
see-you = See you! Write whenever you need something.
marketing-off = 🔕 You get no news from us any more. Messages about your own sessions still come.
marketing-on = 🔔 You get our news again. /stop ends it.
my-data-caption = 📦 Everything that is stored about you.
danger-self-harm =
    ❤️ <b>I am worried about you.</b> You don't have to go through this alone. Please call one of these numbers now; they are free and there is somebody at any time:

    { $numbers }

    I have also told a human of our team.
danger-violence =
    ❗ <b>Your safety comes first.</b> If you are in danger, please call now:

    { $numbers }

    I have also told a human of our team.
danger-medical =
    🚑 <b>This may be an emergency.</b> Please call now, don't wait for an answer here:

    { $numbers }

    I have also told a human of our team.
error-too-long = That is longer than I can read. Please write it in at most { $longest } characters.
error-only-text = I can only read text. Please write it in words.
error-ours = 😔 Something went wrong on our side; nothing you did was lost. If it happens again, tell us this number: <code>{ $id }</code>
button-gone = This button is not there any more.
old-button = That button was from an earlier screen. Here is the menu.
error-not-an-expert = Only the expert can do this.
emergency-crisis = crisis line
emergency-emergency = emergency
emergency-medical = ambulance
emergency-police = police
to-person-ask = ✍️ Write to <b>{ $client }</b>. It comes to them here, as from the team, and they can answer.
to-person-sent = ✅ It is on its way.
to-team-ask = ✍️ Write to our team in one message.
notice-from-team = 🙋 <b>Our team writes to you:</b> { $text }
button-answer-person = ✍️ Write to them
button-answer-team = ✍️ Answer

# between the items of a list
list-mark = {", "}
