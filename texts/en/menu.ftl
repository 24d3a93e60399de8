menu-main =
    👋 <b>{ $name }</b>, what can I do for you?

    Write your question or what you are looking for in your own words, or choose below.
menu-find = 🔎 Find an expert
menu-sessions = 📅 My sessions
menu-settings = ⚙️ Settings
menu-expert = 🧑‍🏫 My calendar as an expert
menu-admin = 🛠 Admin

command-menu = Main menu
command-find = Find an expert
command-sessions = My sessions
command-settings = Settings
command-language = Change the language
command-timezone = Change the time zone
command-human = Talk to a human
command-mydata = My data as a file
command-privacy = Privacy notice
command-terms = Terms of use
command-paysupport = Help with a payment
command-help = What I can do
command-cancel = Leave what is open
bot-description = Paid one-to-one consultations in this chat: ask a question, find an expert, book a time, pay and meet.
left-dialog = Left. Nothing was booked or changed.
unknown-command = I don't know this command. /help shows what I can do.
