button-calendars = 📥 导入我的其他日历
calendars-subscribe = 📆 加到我自己的日历
calendars-mine =
    📆 <b>在您自己的日历里查看预约</b>

    在 Google、Apple、Outlook 或其他日历中订阅这个地址，会自动更新。知道这个地址的人都能看到您的预约，请不要告诉别人：

    <code>{ $address }</code>
calendars-renew = 🔄 换一个地址
calendars-renewed = 已生成新地址，旧地址不再显示任何内容。
calendars-imported =
    📥 <b>您的其他日历</b>

    您在那里有安排的时间，这里就不会被预约。把日历的地址发给我：Google 叫“iCal 格式的私密地址”，Outlook 是“发布日历 → ICS”，Apple 是“公开日历”，Nextcloud 是“复制订阅链接”。
calendars-line = { $state ->
        [failing] ⚠️ { $host }：无法读取，暂时保留 { $when } 的忙碌时间
       *[fresh] ✅ { $host }：{ $when } 读取
    }
calendars-remove = ✖ 移除 { $host }
calendar-name = 我的咨询
notice-calendar-failing = ⚠️ 无法再读取您在 <b>{ $host }</b> 的日历。{ $reason } 暂时保留 { $since } 的忙碌时间，之后新增的安排这里没有。
notice-calendar-failing-admin = ⚠️ { $expert } 在 { $host } 的日历无法再读取，上次读取是 { $since }。{ $reason }
error-calendar-unreadable = 这个地址上没有能读懂的日历。
error-calendar-unreachable = 这个地址没有回应、太慢，或内容超过 5 MB。
error-calendar-address = 这不是可以读取的日历地址。地址必须以 https:// 或 webcal:// 开头，并且在公共互联网上。
error-unknown-calendar = 这个日历已经移除。
error-too-many-calendars = 最多只能导入 { $most } 个日历。
