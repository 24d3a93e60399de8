book-offer = <b>您想预约 { $expert } 的哪项服务？</b>
offer-line = { $title } · { $minutes } 分钟 · { $price }
book-day =
    📅 <b>{ $expert }</b> · { $title } · { $minutes } 分钟

    时间按您的时区显示：<b>{ $zone }</b>。可以直接选最近的空闲时间，或者选一天。
book-no-day =
    📅 <b>{ $expert }</b> · { $title } · { $minutes } 分钟

    没有空闲时间（{ $zone }）。请换一个时段、看看其他日期，或者等候空位。
book-not-then = 😕 <b>{ $then }</b> 没有空闲，以下是有空的时间。
book-noted = 🕒 您说的时间：<b>{ $then }</b>
book-kept = ⏳ <b>{ $kept }</b> 仍为您保留 { $left } 分钟，选定别的时间后才会放弃。
book-back-to-kept = ‹ 还是选 { $kept }
book-zone-note = <i>专家所在地现在是 { $time }。</i>
book-earlier = ‹ 前面
book-later = 后面 ›
book-zone = 🌍 更改时区
book-time = 🕒 <b>{ $day }</b>，时间为 { $zone }：
book-no-time = <b>{ $day }</b> 没有空闲时间（{ $zone }）。请换一天，或者等候空位。
part-any = 全部
part-morning = 上午
part-afternoon = 下午
part-evening = 晚上
pay-held =
    ⏳ 已为您保留 <b>{ $when }</b>，还剩 { $left } 分钟。

    { $expert } · { $title } · { $minutes } 分钟
    价格：<b>{ $price }</b>

    { $policy }
pay-confirmed =
    ✅ <b>预约成功：{ $when }</b>

    { $expert } · { $title } · { $minutes } 分钟 · { $price }
pay-requested =
    ❔ <b>已提交申请：{ $when }</b>

    { $expert } · { $title } · { $minutes } 分钟 · { $price }
    等待专家确认；如果专家拒绝，将全额退款。
pay-expired =
    ⌛ { $when } 的保留已过期，时间重新开放。没有扣款。
pay-under_way = 🔵 您与 { $expert } 的咨询正在进行。
pay-ended = 您与 { $expert } 的咨询已结束。
pay-closed = 您与 { $expert } 的咨询已结束。
pay-cancelled = 与 { $expert } 的这次预约已取消。
pay-declined = { $expert } 无法接受这个时间，将全额退款。
pay-no_show = 与 { $expert } 的这次咨询没有进行。
policy-tier = 提前 { $hours } 小时或更早取消：退款 { $percent }%。
pay-by-card = 💳 银行卡支付
pay-in-chat = 💳 在聊天中支付
pay-try-again = 🔄 打开支付页面
pay-give-up = ✖ 放弃这个时间
pay-other-times = 📅 最近的空闲时间
payment-title = { $title }
payment-description = { $expert }，{ $when }
book-moved =
    🔁 <b>已改到 { $when }。</b>

    { $expert } · { $title }。付款保持不变，提醒也会随之调整。
error-payment-page = 暂时无法打开支付页面。您的时间仍然保留，请稍后再试。
book-insist = ⚠️ <b>{ $when }</b> 您已经有一次咨询：{ $others }。两次都要吗？
book-insist-yes = 是，两次都要
policy-moves = 最多可改期 { $moves } 次，须在开始前 { $hours } 小时之前。
book-clock-change = <i>⏰ 您所在地将在 { $day } 调整时钟，以上时间已按调整后计算。</i>
book-their-times = <i>专家当地时间：{ $first } 到 { $last }。</i>
book-jump = 🗓 其他日期
book-jump-ask = 🗓 哪一天？例如 <i>12月24日</i>、<i>下周五</i> 或 <i>明天</i>。
error-no-date = 没有看到日期。可以写“12月24日”或“下周五”。
error-date-out-of-window = 可预约今天起 { $days } 天之内的时间，请选择其间的日期。
offer-line-group = 👥 { $title } · { $minutes } 分钟 · { $price } · 最多 { $seats } 人
package-title = { $title } × { $sessions } 次
package-line = 📦 { $title } × { $sessions } 次 · { $price }
package-page =
    📦 <b>{ $title } × { $sessions } 次</b> · 每次 { $minutes } 分钟

    价格：<b>{ $price }</b>，即每次 { $each }{ $saves ->
        [yes] ，节省 { $saved }
       *[no] {""}
    }。

    付款后 { $days } 天内有效，可选任意空闲时间。按时取消的咨询会退回套餐；到期后剩余部分转为您的余额。
package-buy = 📦 购买（{ $price }）
package-owned = 📦 剩 { $left }/{ $sessions } 次：{ $expert } 的{ $title }，{ $until } 前有效
pay-by-package = 📦 使用我的套餐（剩 { $left } 次）
price-by-package = 由套餐支付
book-weekly = 🔁 每周同一时间（剩 { $left } 次）
weekly-done =
    🔁 { $booked ->
        [0] 这几周都未能预约：
       *[other] 已预约 { $booked } 周：
    }

weekly-booked = ✅ { $when }
weekly-missed = ✖ { $when } – { $why }
book-series = 🔁 每周同一时间
series-ask =
    🔁 每周在 { $when } 的同一时间与 { $expert } 进行<b>{ $title }</b>。

    这个时间空闲的日期：{ $days }。

    { $chosen ->
        [yes] 付款后会逐周为您预约。
       *[no] 您还想预约几周？一次付清，付款后即逐周预约。
    }每次都可以单独改期或取消。未能约上的，或按时取消的，会作为套餐保留，可用于任意空闲时间；套餐到期后剩余部分转为您的余额。
series-clock = ⏰ <i>时间以专家当地的时钟为准，不会改变。在您的时钟上：{ $changes }。</i>
series-clock-from = { $day }起为 { $time }
series-none = 接下来几周的这个时间都没有空闲。
series-line = 再约 { $sessions } 次，至 { $until } · { $price }
seats-left = 剩 { $left } 位
price-a-minute = 每分钟 { $price }
pay-by-minute = ⏱ 您先支付 { $minutes } 分钟的费用，每分钟 { $price }。咨询结束后，未用的部分会退还给您。
pay-on-hold = 🔒 该金额仅在您的卡上预授权，咨询结束后才扣款；应退的部分不会被扣除。
