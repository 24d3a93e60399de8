polls-list =
    { $count ->
        [0] 📊 There is no survey yet.
       *[other] 📊 <b>Surveys</b>, the newest first
    }
polls-new = ➕ Write a survey
polls-write =
    📊 Write the questions, one a line, ten at most: <code>scale</code> (1 to 10), <code>choice</code> or <code>text</code>, a bar, the question, for a choice its answers; the Chinese after a slash.

    <code>scale | How satisfied are you? / 您有多满意？</code>
    <code>choice | When suits you best? / 您什么时候方便？ | Morning / 上午 | Evening / 晚上</code>
    <code>text | What should we improve? / 我们该改进什么？</code>
polls-audience = 📊 <b>Who is asked?</b> People who want no news are not counted.
polls-often =
    📊 { $questions }

    Goes to { $count } { $count ->
        [one] person
       *[other] people
    }. How often? The first time is now.
poll-once = Once
poll-invitation =
    📊 <b>May we ask you something?</b> { $count ->
        [one] One short question.
       *[other] { $count } short questions.
    }
button-answer-poll = 📊 Answer
poll-head =
    📊 <b>Survey</b> · { $often } · asked { $rounds } { $rounds ->
        [one] time
       *[other] times
    }
    { $over ->
        [yes] ⏹ Stopped
       *[other] The next time: { $next }
    }
poll-question = <b>{ $question }</b> – { $answers } { $answers ->
        [one] answer
       *[other] answers
    }
poll-mean = Mean { $mean } of 10, round by round: { $means }
poll-choice = • { $choice }: { $count }
poll-words = “{ $words }”
polls-stop = ⏹ Stop it
answer-poll-choose = { $number }/{ $count } <b>{ $question }</b>
answer-poll-words = { $number }/{ $count } <b>{ $question }</b> Write it in a message.
answer-poll-thanks = 🙏 Thank you for your answers!
error-wrong-question = “{ $line }” is no question. Write “scale”, “choice” or “text”, a bar and the question, and for a choice at least two answers, each after a bar; { $most } questions at most.
error-unknown-poll = There is no such survey.
error-poll-over = This survey is over. Thank you!
polls-stop-ask = ⏹ <b>Stop this survey?</b> Nobody is asked or can answer any more, and it cannot be started again. The answers that are there stay.
