settings-main =
    ⚙️ <b>Settings</b>

    Language: { $language }
    Time zone: { $zone } (now { $now })
    News from us: { $marketing }
settings-language = 🌐 Language
settings-zone = 🕒 Time zone
settings-marketing = 🔔 News: { $marketing }
settings-privacy = 🔒 My data
settings-language-ask = 🌐 In which language shall I write?
settings-privacy-text =
    🔒 <b>Your data</b>

    Profiling for better suggestions: { $profiling }

    You can take along everything that is stored about you, or erase it.
settings-profiling = Profiling: { $profiling }
settings-export = 📦 Send me my data
settings-erase = 🗑 Erase my data
settings-erase-ask =
    🗑 <b>Erase everything?</b>

    Your name, your answers, your conversations and reviews are erased for good. Receipts of payments stay, as the law asks, without your name.
settings-erase-confirm = Yes, erase everything
settings-erased = 🗑 Your data is erased. Write /start if you want to come back.
error-sessions-ahead = You have sessions ahead. Please cancel them first, so that nobody waits for you.
error-earnings-not-paid = You have earned money that was not paid out to you yet. Please wait until we have paid it, or write to us: afterwards nobody knows that it is yours.
error-money-under-way = A refund of yours, or somebody's payment for your time, is still under way. Please try again in a few minutes.
error-page-still-open = A payment page of yours is still open. Please pay there, or try again when it has closed, in a day at the latest.
error-question-waits = A written question still waits for its answer. Please try again when it is answered, or its time has run out.
error-dispute-open = A bank still asks for a payment of yours back. Please try again when that is decided, which can take weeks.
settings-reminders = ⏰ Reminders
settings-reminders-text =
    ⏰ <b>When shall I remind you of a session?</b>

    And below: when am I not to wake you? What falls into these hours comes after them, or before where that were too late; the last three hours before a session do not count.
settings-remind-before =
    { $minutes ->
        [2880] Two days before
        [1440] One day before
        [180] Three hours before
        [60] One hour before
       *[other] { $minutes } minutes before
    }
settings-never-quiet = You may always wake me
settings-erase-package = 📦 What is left of your packages goes back the way you paid.
settings-erase-credit = 💰 You give up your credit: <b>{ $credit }</b>.
settings-hidden = 🚫 Experts I don’t want to see
settings-hidden-text =
    🚫 { $count ->
        [0] You see every expert. On an expert’s page you can choose not to see them again.
       *[other] <b>Experts you don’t want to see.</b> Tap one to see them again.
    }
settings-show-again = 👁 { $expert }
