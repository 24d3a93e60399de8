reason-topic = Works on exactly this topic
reason-profile = Their experience fits what you wrote
reason-rated = Rated { $stars } of 5 by { $count ->
    [one] { $count } client
   *[other] { $count } clients
}
reason-kept = Kept every one of { $count } booked sessions
reason-replies = Answered all { $count } requests in time
reason-free = Free { $when }
reason-budget = Within your budget: { $price }
reason-because-booked = Because you booked { $expert }: others who did also turn here
reason-because-viewed = Because you looked at { $expert }: others who did also turn here
reason-again = You had booked them on { $when }
reason-new = New here, and verified
reason-language = Speaks your language
