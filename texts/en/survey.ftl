survey-expected = ⭐ Before the session with <b>{ $expert }</b>: <b>what quality did you expect?</b> (1 = low, 10 = very high)
survey-received = And <b>what quality did you get?</b> (1 = low, 10 = very high)
survey-return = Would you come back to <b>{ $expert }</b>?
survey-comment = Do you want to say anything else? It shows on the expert's page without your name. Write a message, or skip.
survey-thanks = 🙏 Thank you! Your rating helps { $expert } and other clients.
survey-book-again = 📅 Book { $expert } again
survey-nothing-to-rate = There is no session to rate at the moment.
note-text = 📝 Your note about the session with <b>{ $client }</b> ({ $when }). You find it under “My clients”; the client gets to read it only if they ask for all their data. Write a message, or skip.
note-rating = How was it to work with <b>{ $client }</b>? (1 = hard, 10 = very good)
note-thanks = 🙏 Thank you, noted.
review-words = 💬 What was good about the session with <b>{ $expert }</b>? Write it in a message.
