error-unknown-person = 我还不认识您。请发送 /start 开始。
error-unknown-expert = 这位专家已不在平台上。
error-unknown-time-zone = 我不认识这个时区。请输入城市（例如“柏林”），或者您钟表上显示的时间。
error-unclear-local-time = 我没看懂这个时间。请按您钟表上的时间填写，例如 21:30。
error-unknown-segment = 没有这个人群。可用：all、experts、lang:zh 或 topic:tutoring。
error-already-reviewed = 您已经评价过这次咨询了，谢谢！
error-rating-out-of-range = 请填写 { $worst } 到 { $best } 之间的整数。
error-bad-tag = “{ $tag }”不能作为标签：最多 { $longest } 个字符，不含加号、冒号和逗号。
