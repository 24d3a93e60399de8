sessions-list = 📅 <b>我的预约</b>（待进行 { $ahead } 次）
sessions-empty = 📅 您还没有预约。
sessions-none-ahead = 您目前没有待进行的预约。
session-page =
    <b>{ $when }</b>
    <b>{ $expert }</b> · { $title } · { $minutes } 分钟

    状态：{ $state }
    价格：{ $price }

    { $policy }
session-state-held = 已保留，未付款
session-state-requested = 等待专家确认
session-state-asked-you = 等您答复
session-state-confirmed = 已确认
session-state-under_way = 进行中
session-state-ended = 已结束
session-state-closed = 已结束
session-state-cancelled = 已取消
session-state-declined = 专家已拒绝
session-state-expired = 保留已过期
session-state-no_show = 未进行
cancel-ask = 要取消 <b>{ $when }</b> 与 <b>{ $expert }</b> 的咨询吗？将退回 <b>{ $refund }</b>。
cancel-confirm = 是，取消
cancel-keep = 不，保留
cancel-done =
    ✖ 预约已取消。{ $way ->
        [rail] { $refund } 将原路退回，视银行情况需要几天到账。
        [package] 这次咨询已退回您的套餐。
        [credit] { $refund } 已转为您的余额。
       *[none] 没有需要退回的款项。
    }
expert-cancel-ask = 要取消这次咨询吗？客户会立即收到通知并获得全额退款。
expert-cancel-kept = 👍 咨询保留。
expert-cancel-done = ✖ 已取消。已通知客户并全额退款。
request-approved = ✅ 已接受，并通知了客户。
request-declined = ✖ 已拒绝。已通知客户并全额退款。
coming-noted = 👍 到时见！
calendar-title = { $title } – { $expert }
calendar-description = { $where }
calendar-in-chat = 在与机器人的聊天中
expert-home-head =
    🧑‍🏫 <b>{ $name }</b>
    已赚取、尚未提现：<b>{ $earned }</b>

    <b>未来两周</b>
expert-home-empty = 没有预约。
expert-home-line = • { $when } – { $client }，{ $title }（{ $state }）
expert-session =
    <b>{ $when }</b>
    <b>{ $client }</b> · { $title } · { $minutes } 分钟

    状态：{ $state }
    价格：{ $price }
expert-decline-ask = 要拒绝这个预约请求吗？{ $client } 会立即收到通知{ $paid ->
    [yes] 并获得全额退款
   *[no] {""}
}。
expert-decline-yes = 是，拒绝
expert-home-not-expert = 您还没有登记为专家。
button-expert-absent = 🚪 专家没有来
absent-ask-client = 🚪 <b>{ $expert }</b> 没有来吗？咨询将在此结束，退回您 <b>{ $price }</b>，我们会跟进处理。
absent-ask-expert = 🚪 <b>{ $client }</b> 没有来吗？<b>{ $when }</b> 的咨询将在此结束。您的时间照常计酬，并会通知 { $client }。
absent-yes = 是，没有人来
absent-wait = 不，我再等等
absent-noted = 已记录，双方都会收到通知。
expert-home-absent = 🚪 { $client } 没有来
button-end-session = ⏹ 结束咨询
session-end-ask = ⏹ 现在结束咨询吗？费用会立即按实际分钟数结算。
session-end-yes = ⏹ 是的，结束
session-end-no = 继续咨询
session-goes-on = 👍 咨询继续。
session-end-done = ⏹ 咨询已结束。
clients-home = 👥 我的客户
clients-about = 👥 关于这位客户
clients-list =
    👥 { $count ->
        [0] 您还没有客户。
       *[other] <b>您的客户</b>，最近的在前；🚫 表示您不再接待。
    }
clients-one =
    👤 <b>{ $client }</b>

    { $away ->
        [yes] 您不再接受对方的预约和提问。对方只会看到您目前不接受其预约。
       *[no] 不再接待后，对方无法再找到您、预约或提问，只会看到您目前不接受其预约。已约好的保留；对方预付的其余款项会退回。
    }
clients-note = 📝 <i>{ $date }</i>{ $rating ->
        [0] {""}
       *[other] {" "}· { $rating }/10
    }：{ $note }
clients-turn-away = 🚫 不再接受对方的预约
clients-take-back = ✅ 重新接受对方的预约
