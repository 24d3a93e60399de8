admin-home = 🛠 <b>管理</b>
admin-today = 📅 今天的咨询
admin-broadcast = 📣 群发消息
admin-faq = 📚 常见问题
admin-browser = 🌐 在浏览器中登录
admin-link = 🔑 这个链接可登录一次，十分钟内有效：{ $link }
admin-today-head = 📅 <b>今天共 { $count } 次咨询</b>
admin-today-empty = 📅 今天没有咨询。
admin-today-line = • { $when } – { $client } 与 { $expert }，{ $title }（{ $state }）
broadcast-audience = 📣 <b>发给谁？</b>不想收推广消息的人不计入。
audience-all = 所有人
audience-experts = 专家
audience-active = 近 30 天活跃
audience-quiet = 30 天没有动静
audience-booked = 预约过的人
audience-never-booked = 从未预约的人
audience-new = 新用户
audience-frequent = 常客
audience-potential = 可能预约
audience-standing-quiet = 已沉寂
broadcast-latest = 🗂 最近的群发
broadcast-latest-head =
    { $count ->
        [0] 🗂 还没有群发过消息。
       *[other] 🗂 <b>最近的群发消息</b>
    }
broadcast-their-time = 🕙 各自当地 10:00
broadcast-at = 📅 指定时间
broadcast-when = 什么时候发？请按您的时区写，例如 <code>2026-11-25 18:30</code>。
broadcast-when-wrong = 看不懂这个时间。请写成 <code>2026-11-25 18:30</code> 这样。
broadcast-test = 👁 先发给我看看
broadcast-test-sent = 马上发给您，和收件人看到的一样。
broadcast-buttons = 🔘 按钮
broadcast-buttons-ask =
    最多三个按钮，每行一个：文字加链接，或者文字加活动代码（点开就是本机器人）。

    <code>Book now / 立即预约 | spring</code>
    <code>Read more / 了解更多 | https://example.com</code>
error-wrong-button = “{ $line }”不是按钮。请写文字、竖线和链接，例如“立即预约 | https://example.com”，最多 { $most } 个。
error-time-has-passed = 这个时间已经过去了，请写一个将来的时间。
error-broadcast-over = 这条群发已经结束了。
broadcast-english = 请写<b>英文</b>内容，或者跳过：那样所有人都会收到中文内容。粗体、链接等格式会保留；也可以发带说明的图片或文件。
broadcast-chinese = 请写<b>中文</b>内容，或者跳过：那样所有人都会收到英文内容。
broadcast-other-english = 请写<b>第二份英文</b>内容。第一份的图片或文件也会一起发送。
broadcast-other-chinese = 请写<b>第二份中文</b>内容。第一份的图片或文件也会一起发送。
broadcast-other = 🅱️ 第二份内容
broadcast-one-text = 🅰️ 只发第一份
broadcast-share = 第二份内容发给多少人？谁收到哪一份由抽签决定。
broadcast-share-of = { $other } %（第一份：{ $first } %）
broadcast-preview =
    📣 <b>预览</b> – 将发给 { $count } 人

    <b>英文</b>
    { $english }

    <b>中文</b>
    { $chinese }

    { $two ->
        [yes] 🅱️ <b>第二份内容</b>，发给 { $percent } % 的人

            <b>英文</b>
            { $other_english }

            <b>中文</b>
            { $other_chinese }
       *[other] {""}
    }
    { $buttons }
broadcast-send = 📣 立即发送
broadcast-progress =
    📣 <b>{ $state }</b>{ $planned ->
        [at] ：{ $at }
        [local] ：各自当地 { $local }
       *[no] {""}
    }

    收件人：{ $recipients }
    已发送：{ $sent }
    等待中：{ $waiting }
    被屏蔽：{ $blocked }
    失败：{ $failed }
    不再需要：{ $void }（超过每周上限：{ $over_cap }）
    是否送达不明：{ $unknown }

    每秒：{ $speed } · 剩余时间：{ $left }
    点开链接：{ $clicks } · 随后预约：{ $bookings }
    { $two ->
        [yes] 🅰️ 已发送：{ $sent_a } · 点开：{ $clicks_a } · 预约：{ $bookings_a }
            🅱️ 已发送：{ $sent_b } · 点开：{ $clicks_b } · 预约：{ $bookings_b }
       *[other] {""}
    }
broadcast-pause = ⏸ 暂停
broadcast-resume = ▶️ 继续
broadcast-stop = ⏹ 停止
broadcast-state-sending = 正在发送……
broadcast-state-done = 已完成
broadcast-state-paused = 已暂停
broadcast-state-scheduled = 已安排
broadcast-state-cancelled = 已停止
error-broken-markup = 这段内容的格式有误，请重新写。
error-nobody-to-send-to = 这个范围里没有人。
error-nothing-to-send = 没有可发送的内容。请至少写一种语言。
error-unknown-broadcast = 没有这条群发消息。
faq-list =
    { $is_sought ->
        [yes] { $count ->
            [0] 🔎 您的语言里没有包含这些词的条目：{ $sought }
           *[other] 🔎 您的语言里包含这些词的条目：{ $sought }
        }
       *[no] { $count ->
            [0] 📚 您的语言还没有常见问题，请添加第一条。
           *[other] 📚 <b>常见问题</b>（您的语言，共 { $count } 条）：
        }
    }
faq-search = 🔎 搜索
faq-search-words = 🔎 写一个或几个词，用空格分开。我会列出问题或答案里包含所有这些词的条目。
faq-all = 📚 显示全部
faq-add = ➕ 添加条目
faq-entry =
    <b>{ $question }</b>

    { $answer }
faq-edit = ✏️ 修改
faq-remove = 🗑 删除
faq-remove-ask = 删除这一条？之后不再用它回答。

    <b>{ $question }</b>
faq-remove-confirm = 🗑 确认删除
faq-question = 请写下问题，就像人们会问的那样。
faq-keep = 保留原问题
faq-write-answer = 现在请写答案。

faq-unanswered = ❓ 未能回答的问题
unanswered-list =
    { $count ->
        [0] ❓ 目前没有未回答的问题。
       *[other] ❓ 有 <b>{ $count } 个问题</b>没能回答，问得最多的排在前面。点选一个来写答案。
    }
unanswered-one =
    ❓ 被问过 { $count } 次：

    { $wordings }
unanswered-write = ✍️ 写答案
unanswered-dismiss = 🗑 不需要回答
unanswered-answer =
    请写答案。以下所有问法都会得到这个答案：

    { $wordings }
error-already-settled = 另一位管理员已先处理了这个问题。
unanswered-saved = ✅ 已保存，以后会这样回答。
admin-polls = 📊 问卷
broadcast-repeat = 🔁 定期发送
broadcast-repeat-ask = 🔁 多久一次？第一次现在就发。每次都发给届时符合条件的人。
broadcast-repeats = 🔁 定期群发
broadcast-repeats-head =
    { $count ->
        [0] 🔁 没有定期群发。写好一条群发消息，在预览下点“定期发送”。
       *[other] 🔁 <b>定期群发</b>
    }
broadcast-repeat-one =
    { $going ->
        [yes] 🔁 “{ $title }”已发送 { $rounds } 次。下一次：<b>{ $next }</b>。
       *[other] ⏹ 不再定期发送。
    }
broadcast-repeat-stop = ⏹ 不再定期发送
every-days =
    { $days ->
        [7] 每周
        [28] 每四周
        [91] 每季度
       *[other] 每 { $days } 天
    }
broadcast-stop-ask = ⏹ <b>停止这次群发吗？</b>还在等待的 { $waiting } 人不会再收到“{ $title }”，停止后不能再启动。如果只想先停一停，请用“暂停”。
broadcast-repeat-stop-ask = ⏹ <b>不再定期发送“{ $title }”吗？</b>停止后不能再启动。
