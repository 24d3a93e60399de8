consent-ask =
    👋 Welcome to <b>{ $operator }</b>: one-to-one consultations with verified experts.

    Before we start: we store your name, your Telegram id and what you write here, so that we can answer you, find an expert and keep your bookings. What you write about yourself is encrypted. You can see, take along or erase it at any time (/mydata, /settings).

    Do you agree?
consent-agree = ✅ I agree, let's start
consent-read = 📄 Read the privacy notice
consent-thanks = ✅ Thank you, { $name }. You can change your mind at any time in /settings.

zone-ask =
    🕒 <b>Where are you?</b> Your times will be shown in your own time zone (now: { $zone }, { $now }).

    Choose one, or write your city – or what your clock shows, such as <code>14:30</code>.
zone-choose = Several time zones fit. Which one is yours?
error-place-unknown = I don't know this place. Please write a bigger city nearby, or what your clock shows, such as 14:30.

questionnaire-field =
    { $bar }  <i>{ $step } of { $steps }</i>

    <b>What is it about?</b>
questionnaire-topic =
    { $bar }  <i>{ $step } of { $steps }</i>

    <b>What exactly?</b>
questionnaire-about =
    { $bar }  <i>{ $step } of { $steps }</i>

    <b>Tell me in your own words</b> what you would like to solve. Write a message; a few sentences help me find the right expert.
questionnaire-urgency =
    { $bar }  <i>{ $step } of { $steps }</i>

    <b>How urgent is it?</b>
questionnaire-tried =
    { $bar }  <i>{ $step } of { $steps }</i>

    <b>What have you tried so far?</b> Write a message, or skip.
questionnaire-budget =
    { $bar }  <i>{ $step } of { $steps }</i>

    <b>How much may one session cost at most?</b> For example <code>80 USD</code> or <code>300 yuan</code>.
questionnaire-budget-unclear = I could not read an amount. Please write a number such as 80 USD, or skip.
questionnaire-done =
    ✅ <b>Thank you, I understand.</b>

    Topic: <b>{ $topic }</b>
    Kind: { $kind }
    Priority: { $priority }

    <i>{ $disclaimer }</i>
urgency-today = Today
urgency-this-week = This week
urgency-this-month = This month
urgency-no-hurry = No hurry
need-informational = information and advice
need-personal = personal guidance
need-emotional = emotional support
priority-low = low
priority-normal = normal
priority-high = high
priority-urgent = urgent
topic-open = open
