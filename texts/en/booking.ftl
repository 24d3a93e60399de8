error-unknown-offer = This offer does not exist.
error-unknown-session = I can’t find this session among yours.
error-offer-gone = The expert no longer offers this. Please choose something else.
error-time-not-offered = This time can’t be booked. Please choose one from the list.
error-time-taken = Somebody was faster: this time has just been taken. Please choose another one.
error-client-busy = You already have another session at that time. Please choose another time.
error-hold-gone = Your 15 minutes for this time ran out, and it is no longer held for you. Please choose a time again.
error-session-moved-on = { $state ->
        [held] This time is only held for you so far: please pay first.
        [requested] The expert has not confirmed this session yet.
        [confirmed] This session is confirmed already.
        [under_way] This session has begun.
        [ended] This session is over.
        [closed] This session is over.
        [cancelled] This session was cancelled.
        [declined] The expert declined this session.
        [expired] This time is no longer held: please choose a time again.
        [no_show] This session did not take place.
       *[other] This can’t be done any more: the session has changed in the meantime.
    }
error-too-early-to-report = Please wait { $minutes } minutes from the start before you say that nobody came.
error-bad-policy = A cancellation policy needs tiers from many hours to few, each with 0 to 100 percent.
error-too-late-to-cancel = The session has already begun, so it can’t be cancelled.
error-too-late-to-move = A session can be moved until { $hours } hours before its start.
error-moved-too-often = This session has already been moved { $times } times and can’t be moved again.
error-bad-offer = Lengths, breaks and hours must be multiples of 5 minutes and at most a day, and the price must fit the way of paying.
error-only-once = This can be booked once with each expert, and you have had it. Please choose another offer.
