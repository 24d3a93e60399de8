subscription-offer = ⭐ 订阅：30 天 { $questions } 次答复 · { $monthly }
subscription-title = 订阅 { $expert }
subscription-description = 30 天内 { $questions } 次书面答复，自动续订，可随时停止
subscription-page =
    ⭐ <b>订阅 { $expert }</b>

    30 天内可书面提问 { $questions } 次，每次 { $hours } 小时内答复：<b>{ $price }</b>，即每次 { $each }，单次提问为 { $single }。

    Telegram 每 30 天自动扣除一次星星，您可以在 /payments 或 Telegram 设置中随时停止。30 天内未用完的次数不会结转；只要一次都没用过，就可以全额退款。
subscription-begin = ⭐ 以 { $price } 订阅
subscription-pay = ⭐ 在 Telegram 中支付
subscription-line = ⭐ { $expert } · 剩 { $left } 次
subscription-one =
    ⭐ <b>订阅 { $expert }</b>

    <b>{ $until }</b> 前还剩 { $left }/{ $questions } 次答复。
    { $stopped ->
        [yes] 不再续订，也不会再扣费。
       *[no] 届时 Telegram 会为接下来的 30 天扣除 { $price }。
    }
subscription-stop = ⏹ 停止订阅
subscription-stop-ask = ⏹ 停止订阅 { $expert } 吗？订阅有效至 <b>{ $until }</b>，剩余的 { $left } 次在此之前仍可使用，不会再扣费。
subscription-stop-yes = ⏹ 是的，停止
subscription-give-back = ↩ 立即停止并退回 { $price }
subscription-given-back = ↩ 订阅已结束。<b>{ $refund }</b> 会马上退回，不会再扣费。
question-by-subscription = ⭐ 使用我的订阅（剩 { $left } 次）
question-sent = ✍️ 您的问题已发出。
button-ask-in-writing = ✍️ 书面提问
button-my-subscription = ⭐ 我的订阅
notice-subscription-begun = ⭐ 您对 <b>{ $expert }</b> 的订阅已开始：<b>{ $until }</b> 前可获得 { $questions } 次书面答复。
notice-subscriber = ⭐ { $client } 订阅了您的答复：30 天内最多 { $questions } 个问题。每次答复都计入您的收入，30 天结束时未使用的部分也归您。
notice-subscription-renewed = ⭐ 您对 <b>{ $expert }</b> 的订阅已续订（{ $price }）：<b>{ $until }</b> 前有 { $questions } 次答复。
notice-subscription-renews-soon = ⭐ <b>{ $until }</b> Telegram 会为您对 { $expert } 的订阅扣除 { $price }，续订 30 天。{ $left ->
        [0] 本期次数已用完。
       *[other] 在此之前还剩 { $left } 次。
    }
notice-subscription-ends-soon = ⭐ 您对 <b>{ $expert }</b> 的订阅将于 <b>{ $until }</b> 结束。{ $left ->
        [0] 本期次数已用完。
       *[other] 在此之前还剩 { $left } 次。
    }
notice-subscription-ended = ⭐ 您对 <b>{ $expert }</b> 的订阅已结束。您仍可以单次书面提问，或重新订阅。
notice-subscription-called-off = ⭐ <b>{ $expert }</b> 不再提供书面答复，您的订阅已结束，不会再扣费，剩余部分已退回：<b>{ $amount }</b>。
notice-question-asked-by-subscription = ✍️ 您的问题已交给 <b>{ $expert }</b>，由订阅支付。<b>{ $due }</b> 前会在这里收到答复，否则次数退回您的订阅。
notice-question-expired-subscription = ✍️ { $expert } 未在规定时间内答复您的问题，次数已退回您的订阅。非常抱歉。
payment-refund-subscription = ↩ { $amount } 已于 { $when } 退回订阅
rail-subscription = 订阅
refund-way-subscription = 退回您的订阅
reason-subscription-back = 订阅在用完之前结束。
error-no-subscription = 没有这个订阅，或者其中已有部分被使用。
error-already-subscribed = 您已经订阅了这位专家，请在 /payments 查看。
error-subscription-runs = 您还有会自动续订的订阅。请先在 /payments 停止。
web-plan = 订阅
web-plans = 在售订阅
web-subscription = 订阅者
web-subscriptions = 订阅者
web-plan-wrong = 订阅包含 2 到 100 次答复，最多 10,000 星星。
web-column-questions = 答复次数
web-column-until = 有效至
web-column-stopped-at = 停止于
web-column-period = 月数
notice-subscription-let-go = ⭐ { $expert } 目前无法继续您的订阅，订阅已结束。不再扣款，剩余部分退还给您：<b>{ $amount }</b>。
