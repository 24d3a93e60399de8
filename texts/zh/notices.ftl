notice-confirmed =
    ✅ <b>{ $paid ->
        [yes] 预约成功，已付款。
       *[no] 预约成功。
    }</b>

    <b>{ $expert }</b> · { $title }
    <b>{ $when }</b> · { $minutes } 分钟{ $paid ->
        [yes] {" "}· { $price }
       *[no] {""}
    }

    附件可以添加到您的日历。开始前我会提醒您。
notice-requested =
    ❔ 您预约 <b>{ $expert }</b> <b>{ $when }</b> 的申请已发送。确认后会马上通知您；如果被拒绝，{ $paid ->
        [yes] 将全额退款
       *[no] 也会通知您
    }。
notice-expert-booked =
    📅 <b>新的咨询：{ $when }</b>

    { $client } · { $title } · { $minutes } 分钟 · { $paid ->
        [yes] { $price }
       *[no] { price-free }
    }
    { $need ->
        [yes] <i>{ $topic } · { $kind } · 紧急程度：{ $priority }</i>
       *[no] {""}
    }
notice-expert-request =
    ❔ <b>预约申请：{ $when }</b>

    { $client } · { $title } · { $minutes } 分钟 · { $paid ->
        [yes] { $price }，已付款
       *[no] { price-free }
    }。
    { $need ->
        [yes] <i>{ $topic } · { $kind } · 紧急程度：{ $priority }</i>
       *[no] {""}
    }
    您接受吗？
notice-moved =
    🔁 您与 <b>{ $expert }</b> 的咨询已从 { $before } 改到 <b>{ $when }</b>。附件可更新您的日历。
notice-expert-moved =
    🔁 { $client } 把咨询从 { $before } 改到了 <b>{ $when }</b>。
notice-move-requested =
    🔁 您申请把与 <b>{ $expert }</b> 的咨询从 { $before } 改到 <b>{ $when }</b>。确认后会马上通知您；如果被拒绝，{ $paid ->
        [yes] 将全额退款
       *[no] 也会通知您
    }。
notice-expert-move-request =
    🔁 { $client } 想把咨询从 { $before } 改到 <b>{ $when }</b>。
    您接受吗？
minutes-left = { $minutes_left ->
        [15] 15 分钟后
        [60] 一小时后
        [1440] 明天
       *[other] { $minutes_left } 分钟后
    }
notice-reminder-client =
    ⏰ { minutes-left }：与 <b>{ $expert }</b> 的 { $title }，<b>{ $when }</b>。
notice-reminder-expert =
    ⏰ { minutes-left }：与 <b>{ $client }</b> 的 { $title }，<b>{ $when }</b>。
notice-reminder-group =
    ⏰ { minutes-left }：{ $title }（多人），<b>{ $when }</b>。
notice-start-video = 🎥 现在开始：{ $title }，{ $expert } 与 { $client }。点按钮进入。
notice-start-relay = 💬 现在开始：{ $title }，{ $expert } 与 { $client }。咨询结束前，您在这里写的内容会转给对方。
notice-start-group = 🎥 现在开始：{ $title }（多人）。点按钮进入。
notice-relayed = 💬 <b>{ $from }：</b>{ $text }
notice-survey = ⭐ 与 <b>{ $expert }</b> 的咨询怎么样？四个小问题，能帮助其他人做选择。
notice-survey-nudge = ⭐ 您还没有评价与 <b>{ $expert }</b> 的咨询，只需半分钟。
notice-expert-note = 📝 与 <b>{ $client }</b> 的咨询已结束。要记录一下吗？
notice-cancelled-by-expert = ✖ { $expert } 不得不取消 <b>{ $when }</b> 的 { $title }。{ $way ->
        [rail] 将按原付款方式全额退回：<b>{ $refund }</b>。
        [package] 这次咨询已退回您的套餐。
        [credit] 您支付的全部金额已转为余额：<b>{ $refund }</b>。
        [both] 将退回 <b>{ $refund }</b>：用余额支付的部分退回余额，其余按原付款方式退回。
       *[none] 您无需付款。
    }非常抱歉。
notice-cancelled-by-admin = ✖ 我们取消了 <b>{ $when }</b> 与 { $expert } 的 { $title }。{ $way ->
        [rail] 将按原付款方式退回 <b>{ $refund }</b>。
        [package] 这次咨询已退回您的套餐。
        [credit] <b>{ $refund }</b> 已转为您的余额。
        [both] 将退回 <b>{ $refund }</b>：用余额支付的部分退回余额，其余按原付款方式退回。
       *[none] 您无需付款。
    }非常抱歉。
notice-cancelled-by-time = ✖ { $expert } 没有及时答复您 <b>{ $when }</b> 的申请。{ $way ->
        [rail] 将按原付款方式全额退回：<b>{ $refund }</b>。
        [package] 这次咨询已退回您的套餐。
        [credit] 您支付的全部金额已转为余额：<b>{ $refund }</b>。
        [both] 将退回 <b>{ $refund }</b>：用余额支付的部分退回余额，其余按原付款方式退回。
       *[none] 您无需付款。
    }
notice-expert-cancelled = ✖ 与 { $client } 在 <b>{ $when }</b> 的咨询已取消，时间重新开放。
notice-expert-cancelled-late = ✖ 与 { $client } 在 <b>{ $when }</b> 的咨询已取消，时间重新开放。由于取消较晚，部分费用不退，您的份额见“我的收入”。
notice-expert-no-answer = ⌛ 您没有在 <b>{ $when }</b> 之前答复 { $client } 的预约请求，请求已失效，对方无需付款。
notice-taken-back = ✖ <b>{ $when }</b> 与 { $expert } 的 { $title } 已取消：您的银行收回了这笔付款。如曾使用余额支付，余额已退还给您。如有误会，请联系我们。
notice-expert-taken-back = ✖ 与 { $client } 在 <b>{ $when }</b> 的咨询已取消：客户的银行收回了付款，时间重新开放。
notice-hold-expired = ⌛ 与 { $expert } 的 <b>{ $when }</b> 不再为您保留，没有扣款。要看看最近的空闲时间吗？
notice-paid-too-late = 😔 您的付款到账时，与 { $expert } 的 <b>{ $when }</b> 已被别人约走。将全额退款：{ $price }。
notice-refunded = 💶 { $amount } 正在退回给您，视银行情况需要几天到账。
notice-unhappy = ⚠️ { $client } 对 { $expert } 不满意：{ $received } 分（满分 10 分）。“{ $comment }”
notice-danger = 🆘 { $client } 写的内容可能是紧急情况：“{ $text }”。已显示紧急求助卡片。
notice-human-wanted =
    🙋 { $client }（Telegram 编号 <code>{ $telegram_id }</code>）想联系人工：“{ $text }”
    { $need ->
        [yes] <i>{ $topic } · { $kind } · 紧急程度：{ $priority }</i>
       *[no] {""}
    }
notice-broadcast-done = 📣 <b>群发已完成。</b>已发送 { $sent } / { $recipients }，被屏蔽 { $blocked }，失败 { $failed }，不再需要 { $void }（超过每周上限 { $over_cap }），是否送达不明 { $unknown }。
notice-not-sent = ⚠️ 有一条消息发不出去，不会再试。它关于 <code>{ $about }</code>：{ $error }
button-no-news = 🔕 不再接收推广
notice-expert-absent = 🚪 您告诉我们 { $expert } 没有参加 <b>{ $when }</b> 的咨询。将全额退款：<b>{ $refund }</b>。非常抱歉，我们会跟进处理。
notice-expert-absent-expert = 🚪 { $client } 告诉我们您没有参加 <b>{ $when }</b> 的咨询，款项将退回。如果不属实，请告诉我们。
notice-expert-absent-admin = 🚪 { $client } 说 { $expert } 没有参加 <b>{ $when }</b> 的咨询，款项将全额退回。
notice-client-absent = 🚪 { $expert } 在 <b>{ $when }</b> 等了您，并告诉我们您没有来，咨询因此结束。 如果不属实，请告诉我们。
notice-client-absent-expert = 🚪 由于 { $client } 没有来，<b>{ $when }</b> 的咨询已结束。您的报酬照常计入。
notice-coming-client = 👍 { $client } 会准时来：{ $title }，<b>{ $when }</b>。
notice-coming-expert = 👍 { $expert } 期待与您见面：<b>{ $when }</b>。
notice-rebook = 📅 距离您上次与 <b>{ $expert }</b> 咨询已经有一段时间了，要再约一次吗？
notice-question-asked = ✍️ 您的问题已交给 <b>{ $expert }</b>。<b>{ $due }</b> 前会在这里收到答复，否则全额退款。
notice-question-for-you =
    ✍️ <b>{ $client }</b> 向您书面提问：

    <blockquote>{ $text }</blockquote>

    请在 <b>{ $due }</b> 之前答复。
notice-question-waits =
    ⏰ <b>{ $client }</b> 还在等您的答复，截止 <b>{ $due }</b>：

    <blockquote>{ $text }</blockquote>
notice-question-answered =
    ✍️ <b>{ $expert }</b> 答复了您的问题。

    <blockquote>{ $asked }</blockquote>

    { $text }
notice-question-expired = ✍️ { $expert } 未在规定时间内答复您的问题，款项将全额退回：<b>{ $refund }</b>。非常抱歉。
notice-question-missed = ✍️ 有一个书面提问未按时答复，已向客户退款。
notice-question-taken-back = ✖ 您向 <b>{ $expert }</b> 提出的书面问题已关闭：您的银行收回了这笔付款。如曾使用余额支付，余额已退还给您。如有误会，请联系我们。
notice-question-withdrawn =
    ✖ 您无需再答复这个书面提问：客户的付款已退回。

    <blockquote>{ $asked }</blockquote>
notice-waiting-client = 🚪 <b>{ $expert } 正在等您</b>：{ $title }，已于 <b>{ $when }</b> 开始。
notice-waiting-expert = 🚪 <b>{ $client } 正在等您</b>：{ $title }，已于 <b>{ $when }</b> 开始。
notice-review-wanted = 💬 您对 <b>{ $expert }</b> 的咨询很满意。愿意为其他人写几句话吗？会显示在专家页面上，不含您的名字。
notice-by-minute = ⏱ 您与 <b>{ $expert }</b> 的咨询用了 { $taken }/{ $booked } 分钟，费用 <b>{ $paid }</b>，退还 { $back }。
notice-by-minute-expert = ⏱ 您与 <b>{ $client }</b> 的咨询用了 { $taken }/{ $booked } 分钟，费用 <b>{ $paid }</b>，您的报酬已计入。
