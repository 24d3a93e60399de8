menu-library = 📚 Library
command-library = Articles, courses and answers to read
library-home =
    📚 <b>Library</b>

    Articles, courses, recorded answers and files by our experts. Choose a field:
library-empty =
    📚 <b>Library</b>

    Nothing is listed yet. Meanwhile you can ask me in your own words, or an expert in writing.
library-found = 📚 This is in the library:
library-for-you = ✨ <b>For you</b>
library-for-you-line = • <b>{ $title }</b>: { $reason }
library-mine = 📚 What I have ({ $count })
library-mine-head =
    📚 { $count ->
        [0] You have nothing from the library yet.
        [one] <b>You have one thing from the library.</b> It stays yours.
       *[other] <b>You have { $count } things from the library.</b> They stay yours.
    }
library-topic =
    📚 <b>{ $topic }</b>

    The newest first:
item-free = free
item-kind-article = article
item-kind-course = course
item-kind-answer = recorded answer
item-kind-file = file
item-by-operator = our team
item-head =
    <b>{ $title }</b>
    { $kind } · { $topic } · by { $author }
item-rights-own = © The author's own work.
item-rights-licensed = © Licensed: { $source }
item-rights-public_domain = © In the public domain.
item-rights-none = © No rights declared yet.
item-preview = <blockquote>{ $text }</blockquote>
item-language = 🌐 It is in { $language } only.
item-withdrawn-but-yours = It is no longer listed. It stays yours.
item-costs-nothing = It is free, comes here at once and stays yours.
item-price = <b>{ $price }</b>. It comes here at once after paying and stays yours. Because you have all of it at once, it cannot be given back; if something is wrong with it, write to us under /paysupport. If it cannot be delivered, all your money goes back by itself.
item-disclaimer = <i>{ $text }</i>
item-take = 📥 Get it for free
item-pay = 💳 Pay { $price }
item-read = 📖 Open the lessons
item-send-again = 📩 Send it to me again
item-on-its-way = On its way.
item-text = { $text }
item-payment-title = From the library
item-payment-text = { $title }
lesson-text =
    🎓 Lesson { $number } of { $count }
    <b>{ $title }</b>

    { $text }
lesson-over = 🏁 This is the last lesson.
lesson-earlier = ‹ Before
lesson-later = Next ›
button-open-item = 📖 Open
button-change-item = ✏️ Open my item
button-review-item = 🔍 Look at it
button-agree-public = ✅ I agree
button-refuse-public = ✖ I do not agree
notice-item-yours = 📚 <b>{ $title }</b> is yours. You find it in the /library at any time.
notice-item-course = 🎓 <b>{ $title }</b>: { $count ->
        [one] one lesson
       *[other] { $count } lessons
    }. You go at your own pace, and I remember where you are.
notice-item-sold = 💫 “{ $title }” was bought for { $price }. Your part is under “My earnings”.
notice-item-not-sold = ↩ “{ $title }” could not be delivered: it was withdrawn, or you have it already. All your money goes back.
notice-item-approved = ✅ “{ $title }” is listed in the library.
notice-item-given-back =
    ✏️ “{ $title }” needs a change before it is listed:

    <blockquote>{ $note }</blockquote>
notice-item-review = 🔍 { $expert } wants to list “{ $title }” in the library.
notice-item-consent =
    💬 <b>{ $expert }</b> would like to make your question and the answer public in the library, without names. This is what others would read:

    <b>{ $title }</b>
    <blockquote>{ $text }</blockquote>

    It stays private unless you agree.
notice-item-agreed = ✅ Your client agrees: “{ $title }” may be made public. You can submit it now.
notice-item-refused = ✖ Your client does not want “{ $title }” to be made public. The draft is deleted.
item-agreed = ✅ Thank you. It may be made public without names.
item-refused = It stays private.
item-state-draft = draft
item-state-review = in review
item-state-listed = listed
item-state-withdrawn = withdrawn
expert-home-items = 📚 My items in the library
write-items =
    📚 { $count ->
        [0] You have no items in the library yet.
       *[other] <b>Your items</b>, each with its state and how many people have it:
    }

    Readers find them under /library, and you earn as with your other work.
write-item-new-article = ➕ An article
write-item-new-course = ➕ A course of lessons
write-item-new-file = ➕ A file (document, audio, video)
write-item-of-answer = 💬 Make an answered question public
write-item-answers = 💬 <b>Which answered question?</b> Names are taken out, you may still change the text, and who asked must agree.
write-item-topic = Which topic is it about?
write-item-title = ✏️ Write the title in { $language }, in at most { $longest } characters.
write-item-text = ✏️ Write the text in { $language }. It may be several messages, each a paragraph or more. { $count ->
        [0] The first one begins anew.
        [one] One message so far.
       *[other] { $count } messages so far.
    }
write-item-lessons = 🎓 Send a message for each lesson in { $language }: its title in the first line, then its text. { $count ->
        [0] The first one begins anew.
        [one] One lesson so far.
       *[other] { $count } lessons so far.
    }
write-item-done = ✅ That is all of it
write-item-file = 📎 Send the file: a document, audio, video, voice message or photo.
write-item-price = 💰 What does it cost? Write an amount in Stars, such as “150”, or in a currency by card, such as “12 USD”.
write-item-free = It is free
write-item-rights =
    © <b>Which rights do you have in it?</b>

    Nothing is listed without this. You answer for it.
rights-choice-own = It is my own work
rights-choice-licensed = It is licensed to me
rights-choice-public_domain = It is in the public domain
write-item-source = © Write the source and the licence, for example “Photos: A. Author, CC BY 4.0”.
write-item-one =
    <b>{ $title }</b>
    { $state } · { $price } · { $languages } · { $owners ->
        [one] one person has it
       *[other] { $owners } people have it
    }

    <blockquote>{ $text }</blockquote>
write-item-note = ✏️ What is to be changed: <b>{ $note }</b>
write-item-needs-consent = 💬 Who asked the question has not agreed yet.
write-item-consent = 💬 Ask whether it may be made public
write-item-asked = They are asked now. You hear what they decide.
write-item-submit = 📤 Submit it
write-item-list = 📤 List it
write-item-retitle = ✏️ Title
write-item-rewrite = ✏️ Text
write-item-refile = 📎 Another file
write-item-reprice = 💰 Price
write-item-redeclare = © Rights
write-item-language = 🌐 Add it in { $language }
write-item-withdraw = ⏹ Withdraw it
write-item-remove = 🗑 Delete the draft
write-item-remove-ask = 🗑 Delete this draft? Its text is gone then.
admin-items = 📚 Library
review-items =
    📚 { $count ->
        [0] Nothing of the experts' is waiting for you.
       *[other] <b>Items that wait for your look</b>, the oldest first:
    }
review-own = ✏️ The operator's own items
review-state = It is: <b>{ $state }</b>
review-show-all = 📩 Send me all of it
review-approve = ✅ List it
review-give-back = ✏️ Give it back
review-withdraw = ⏹ Take it off the shelf
review-reason = ✏️ What is to be changed? The expert reads what you write.
reason-item-because-got = people who have “{ $item }”, as you do, turned to this as well
reason-item-because-viewed = people who looked at “{ $item }”, as you did, turned to this as well
reason-item-author = by { $expert }, with whom you had a session
reason-item-like-got = near “{ $item }”, which you have
reason-item-like-viewed = near “{ $item }”, at which you looked
reason-item-asked = you asked about { $topic }
reason-item-segment = { $count } people who use the bot as you do have it
reason-item-popular = { $count } people have it
reason-item-not-delivered = It was withdrawn or yours already.
paid-for-item = From the library
error-unknown-item = I can’t find this in the library.
error-item-moved = This is not possible any more. Please look at it again.
error-item-incomplete = A title and the whole content (as many lessons in each language), a price and the rights are needed first.
error-item-source = Please write the source and the licence first.
error-item-consent = Who asked the question must agree first.
error-item-owned = You have this already, in your /library.
error-item-withdrawn = It is no longer listed. Nothing was charged.
error-item-not-free = This one is paid for. Please open it again.
error-no-price = That is no price. Write for example “150” for Stars, or “12 USD”.
web-item = library item
web-items = Library
web-owned-item = had by
web-owned-items = Who has what of the library
web-column-titles = title
web-column-kind = kind
web-column-author = expert
web-column-rights = rights
web-column-source = source
web-column-listed-at = listed at
web-column-item-id = item
web-column-lesson = lesson
web-column-since = since
review-withdraw-ask = ⏹ Why is it taken off? Write it, and it is shown and sold no more; who has it keeps it. The expert reads what you write.
notice-item-withdrawn =
    ⏹ “{ $title }” was taken off the shelf by our team. Who has it keeps it.

    <blockquote>{ $note }</blockquote>
