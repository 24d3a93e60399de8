button-hours = 🗓 我的时间
hours-yours = 🗓 <b>您的可约时间</b>
hours-zone = 时间按 { $zone } 显示
hours-how =
    写下要改的内容，每行一条：
    <i>周一到周五 9点到12点，14点到18点</i>
    <i>下周五休息</i> · <i>12月24日 10点到12点</i> · <i>12月24日照常</i>
    <i>12月1日到10日在东京</i>
    <i>每天最多4次</i> · <i>间隔15分钟</i> · <i>至少提前2小时</i> · <i>最多提前30天</i> · <i>每30分钟一档</i>
hours-check = 🗓 <b>这样对吗？</b>您写的是：<i>{ $said }</i>
hours-save = ✅ 对，就这样
hours-only-once = 只是这一次，不是每周
hours-discard = ✖ 保持原样
hours-saved = 已保存。
hours-day = <b>{ $days }</b>  { $hours }
hours-date = 📌 <b>{ $days }</b>  { $hours }
hours-trip = ✈️ <b>{ $days }</b>  按 { $zone } 时间
hours-closed = 休息
hours-per-day = 每天最多 { $most } 次
hours-per-week = 每周最多 { $most } 次
hours-rule-buffer_before = 每次之前空 { $amount } 分钟
hours-rule-buffer_after = 每次之后空 { $amount } 分钟
hours-rule-notice_minutes = 至少提前 { $hours } 小时
hours-rule-window_days = 可提前 { $amount } 天预约
hours-rule-step_minutes = 每 { $amount } 分钟一档
hours-outside = ⚠️ 有 { $count } 次已预约的咨询不在这些时间内。它们保持不变；如果您不能参加，请自行取消。
error-hours-not-understood = 没看懂“{ $words }”。可以这样写：“周一到周五 9点到12点，14点到18点”、“下周五休息”或“12月1日到10日在东京”。
error-bad-hours = 开始和结束时间必须是 { $minutes } 分钟的倍数，例如 9:00 或 9:05。
error-bad-limit = 上限至少为一次。
