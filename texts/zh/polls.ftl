polls-list =
    { $count ->
        [0] 📊 还没有问卷。
       *[other] 📊 <b>问卷</b>，最新的在前
    }
polls-new = ➕ 写一份问卷
polls-write =
    📊 请写问题，每行一个，最多十个：先写<code>打分</code>（1 到 10）、<code>选择</code>或<code>文字</code>，再写竖线和问题；选择题后面接着写选项。如果也有英语用户，英文写在前面，斜杠后面写中文。

    <code>打分 | How satisfied are you? / 您有多满意？</code>
    <code>选择 | When suits you best? / 您什么时候方便？ | Morning / 上午 | Evening / 晚上</code>
    <code>文字 | What should we improve? / 我们该改进什么？</code>
polls-audience = 📊 <b>问谁？</b>不想收推广消息的人不计入。
polls-often =
    📊 { $questions }

    将发给 { $count } 人。多久一次？第一次现在就发。
poll-once = 一次
poll-invitation = 📊 <b>可以问您几个问题吗？</b>共 { $count } 个小问题。
button-answer-poll = 📊 回答
poll-head =
    📊 <b>问卷</b> · { $often } · 已问 { $rounds } 次
    { $over ->
        [yes] ⏹ 已停止
       *[other] 下一次：{ $next }
    }
poll-question = <b>{ $question }</b> – { $answers } 个回答
poll-mean = 平均 { $mean } 分（满分 10），各次：{ $means }
poll-choice = • { $choice }：{ $count }
poll-words = “{ $words }”
polls-stop = ⏹ 停止
answer-poll-choose = { $number }/{ $count } <b>{ $question }</b>
answer-poll-words = { $number }/{ $count } <b>{ $question }</b> 请写一条消息。
answer-poll-thanks = 🙏 谢谢您的回答！
error-wrong-question = “{ $line }”不是问题。请先写“打分”、“选择”或“文字”，再写竖线和问题；选择题至少两个选项，各在一条竖线后面；最多 { $most } 个问题。
error-unknown-poll = 没有这份问卷。
error-poll-over = 这份问卷已经结束，谢谢！
polls-stop-ask = ⏹ <b>停止这份问卷吗？</b>不会再问任何人，也不能再回答，停止后不能再启动。已有的回答会保留。
