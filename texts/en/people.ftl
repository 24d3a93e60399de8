error-unknown-person = I don’t know you yet. Send /start to begin.
error-unknown-expert = This expert is no longer here.
error-unknown-time-zone = I don’t know that time zone. Write a city such as Berlin, or the time that your clock shows.
error-unclear-local-time = I couldn’t read that time. Write what your clock shows, such as 21:30.
error-unknown-segment = There is no such group. Use all, experts, lang:en or topic:tutoring.
error-already-reviewed = You have already rated this session. Thank you!
error-rating-out-of-range = Please give a whole number from { $worst } to { $best }.
error-bad-tag = “{ $tag }” cannot be a tag: write up to { $longest } characters without plus, colon or comma.
