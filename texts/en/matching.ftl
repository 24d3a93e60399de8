reason-topic = Works on exactly this topic
reason-profile = Their experience fits what you wrote
reason-rated = Rated { $stars } of 5 by { $count ->
    [one] { $count } client
   *[other] { $count } clients
}
reason-free = Free { $when }
reason-budget = Within your budget: { $price }
reason-language = Speaks your language
