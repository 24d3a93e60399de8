reason-topic = 专长正是这个话题
reason-profile = 经历与您的需求相符
reason-rated = { $count } 位客户评分 { $stars }（满分 5）
reason-free = { $when } 有空
reason-budget = 在您的预算内：{ $price }
reason-language = 会说您的语言
