menu-money = 💳 我的付款
command-payments = 我的付款、余额和礼品
money-list =
    💳 <b>您的付款</b>
    您的余额：<b>{ $credit }</b>

    { $any ->
        [yes] 点一笔付款，可查看每项金额。
       *[no] 您还没有付过款。
    }
money-redeem = 🎁 兑换礼品码
money-give = 🎁 赠送礼品券
money-tip = 💛 给小费
money-pay = 💳 <b>{ $amount }</b>。请在银行卡页面支付，其余消息会发到这里。
button-why-this-amount = ❓ 为什么是这个金额？
button-approve-money = ✅ 同意
button-decline-money = ✖ 拒绝
paid-for-session = 咨询
paid-for-tip = 小费
paid-for-package = 咨询套餐
paid-for-voucher = 礼品券
paid-for-question = 书面提问
paid-for-subscription = 订阅
paid-for-stray = 多付款项
rail-card = 银行卡
rail-invoice = 聊天内账单
rail-package = 套餐
rail-stars = Telegram 星星
rail-free = 无需付款
payment-head =
    💳 <b>{ $what }</b> · { $expert }
    付款时间：{ $when }
payment-price = 价格：<b>{ $amount }</b>
payment-discount = 优惠码 { $code }：−{ $amount }
payment-credit = 使用余额：{ $amount }
payment-amount = 通过{ $rail }支付：{ $amount }
payment-refund-sent = ↩ { $when } 已退回 { $amount }
payment-refund-asked = ↩ 正在退回 { $amount }（{ $when } 起）
payment-refund-package = ↩ { $amount } 已于 { $when } 退回套餐
payment-refund-unclaimed = ↩ { $amount } 无法退回：已不知道属于谁（{ $when } 起）
payment-refund-credit = ↩ { $when } 已转为余额 { $amount }
payment-disputed = ⚖️ 持卡人的银行正在核查这笔付款。
payment-id = 编号：<code>{ $id }</code>
why-nothing-back = 您支付了 { $total }，没有退款。
why-head = 您支付了 <b>{ $total }</b>，退回 <b>{ $back }</b>。原因如下：
why-client =
    您在开始前 { $hours } 小时取消。预约时的取消规则：
    { $policy }

    因此退回 { $total } 的 { $percent }%：{ $back }。
why-expert = 取消的不是您，所以全额退回。
why-reason = • { $reason }
why-part = { $amount } → { $way }
refund-way-package = 退回您的套餐
refund-way-rail = 原路退回
refund-way-unclaimed = 无人：付款人已删除数据
refund-way-credit = 您的余额，立即到账
reason-too-late = 付款到账时，该时间已被约走。
reason-declined = 专家婉拒了请求。
reason-no-answer = 专家在开始前没有答复。
reason-not-owed = 这笔钱不是应付款：重复支付，或金额不符。
reason-client = 您取消了预约。
reason-expert = 专家取消了预约。
reason-taken-back = 银行收回了这笔付款，余下的部分也一并退回。
reason-admin = 我们的工作人员取消了预约。
reason-package-over = 套餐已到期。
reason-not-answered = 问题未在期限内得到回答。
pay-by-credit = 💰 使用余额
pay-by-code = 🏷 我有优惠码
pay-code-ask = 🏷 请输入优惠码，大小写、空格和横线都没关系。
pay-discount = 🏷 优惠：−{ $amount }
pay-credit = 💰 使用余额：−{ $amount }
pay-due = 应付：<b>{ $amount }</b>
voucher-title = 礼品券
voucher-ask = 🎁 请输入礼品码，金额会转为您的余额。
voucher-redeemed = 🎁 <b>{ $amount }</b> 已转为您的余额，付款时可以使用。
voucher-give-ask = 🎁 您想赠送多少？付款后会收到一个可以转赠的礼品码。
tip-title = 给 { $expert } 的小费
tip-ask = 💛 给 <b>{ $expert }</b> 的小费，全部归对方所有。
earnings-head = 💶 <b>{ $name } 的收入</b>
earnings-empty = 还没有收入。
earnings-sums =
    待结算（咨询结束 48 小时后）：{ $pending }
    可提取：<b>{ $payable }</b>
    暂时冻结：{ $frozen }
    已支付：{ $paid }
earnings-owed = 退款后待抵扣：{ $amount }
earnings-account-none = 您还没有收款账户，目前由人工付款。
earnings-account-unfinished = 您的收款账户还没有办好。
earnings-account-ready = 🏦 款项会自动转到您的账户。
earnings-account = 🏦 收款账户
earnings-account-link = 🏦 请在这里开通或修改收款账户：{ $link }
earning-pending = 待结算
earning-payable = 可提取
earning-frozen = 已冻结
earning-paid = 已支付
earning-head =
    <b>{ $what }</b> · { $client }
    { $when }
earning-whole = 客户支付：{ $amount }
earning-tax = 税：{ $amount }
earning-commission = 平台：{ $amount }
earning-yours = <b>您的部分：{ $amount }</b>
earning-returned = 之后退给客户：{ $amount }
earning-payable-from = { $when } 起可提取
earning-state = 状态：{ $state }
expert-home-money = 💶 我的收入
admin-money = 💶 资金
admin-money-find =
    💶 <b>资金</b>

    请输入客户的 Telegram 编号，或付款编号。
admin-money-nobody = 没有使用这个 Telegram 编号的用户。
admin-money-person =
    👤 <b>{ $name }</b>
    余额：{ $credit }
admin-money-credit = 💰 赠送余额
admin-money-take = ↩ 收回余额
admin-money-refund = ↩ 退款
admin-money-freeze = 🧊 冻结
admin-money-unfreeze = 🔓 解除冻结
admin-money-credit-amount = 赠送多少余额？例如 <b>25 USD</b>。
admin-money-refund-amount = 退多少？最多 { $most }，只写数字。
admin-money-no-amount = 这不是金额，请写数字，例如 25 或 25.50。
admin-money-no-credit = 这不是金额。请连同币种一起写，例如 <b>25 USD</b>。
admin-money-reason = 原因是什么？会记入审计日志；如是退款或收回余额，客户也会看到。
admin-money-reference = 凭什么能查到这笔转账？请写转账附言或编号。
admin-money-payable = 🏦 应付专家款
admin-money-payable-list =
    🏦 <b>应付专家款</b>（{ $count }）

    { $count ->
        [0] 目前没有应付的款项。咨询结束 48 小时后，收入才可支付。
       *[other] 带 🏦 的会自动转账。点一位可登记人工付款。
    }
admin-money-kind-refund = 退款
admin-money-kind-credit = 赠送余额
admin-money-kind-take = 收回余额
admin-money-kind-payout = 人工付款
admin-money-confirm =
    <b>{ $kind }：{ $amount }</b>
    对象：<code>{ $about }</code>
    原因：{ $reason }
admin-money-yes = ✅ 是，执行
admin-money-done = { $done ->
        [yes] ✅ 已完成，并记入审计日志。
       *[no] ⏳ 超过限额：已请另一位管理员确认。
    }
money-approved = ✅ 已同意并完成。
money-declined = ✖ 已拒绝，没有动用资金。
notice-refunded-as-credit = 💰 { $amount } 已转为您的余额：原付款方式无法办理这笔退款。下次预约时可以使用。
notice-credit-given = 🎁 我们赠送您 <b>{ $amount }</b> 余额，下次付款时点“使用余额”即可。
notice-paid-on-top = 💶 您多付了 { $amount }，将全额退回。
notice-dispute-open = ⚖️ 持卡人对 { $amount } 提出争议（付款 <code>{ $payment }</code>）。银行裁定之前，相关收入已冻结。
notice-dispute-won = ⚖️ 关于 { $amount } 的争议（付款 <code>{ $payment }</code>）我方胜诉，款项已回到我方。
notice-dispute-lost = ⚖️ 关于 { $amount } 的争议（付款 <code>{ $payment }</code>）我方败诉，款项已退给持卡人。
notice-paid-out = 🏦 { $amount } 正在转给您。附言：{ $reference }
notice-tipped = 💛 有客户给了您小费：{ $amount }，全部归您。
notice-gift-ready = 🎁 您的 { $amount } 礼品券已备好，礼品码：<code>{ $code }</code>。对方在“我的付款 → 兑换礼品码”中输入后，金额会转为对方的余额。
notice-approval-wanted =
    🔐 另一位管理员请您确认：<b>{ $kind } { $amount }</b>
    对象：<code>{ $subject }</code>
    原因：{ $reason }
notice-approval-decided =
    { $agreed ->
        [yes] ✅ 另一位管理员已同意，并已完成：
       *[no] ✖ 另一位管理员已拒绝，没有动用资金：
    }<b>{ $kind } { $amount }</b>
    对象：<code>{ $subject }</code>
    原因：{ $reason }
error-price-changed = 账单发出后价格已变，请重新打开预约后支付。
error-no-package = 没有可用于此项的套餐，或套餐次数已用完。请用其他方式支付。
error-overdrawn = 余额不足。
error-nothing-to-pay-out = 目前没有可付给这位专家的款项。
error-amount-changed = 现在可付的金额变为 { $amount }，请重新查看。
error-no-payout-account = 这位专家还没有可以收款的账户。
error-code-unknown = 没有这个码，请核对后重新输入。
error-code-used-up = 这个码已经用完了。
error-code-not-for-you = 您已经用过这个码，或它是给别人的。
error-code-not-now = 这个码现在无效，或不适用于这个价格。
error-second-admin-needed = 不能确认自己的决定，需要另一位管理员。
error-already-decided = 这件事已经有决定了。
web-payment-account-title = 谢谢！
web-payment-account-text = 可以关闭此页。账户能够收款后，您的收入会自动转入。
web-promo-code = 优惠码
web-promo-codes = 优惠码
web-partner = 合作方
web-partners = 合作方
web-earning = 收入
web-earnings = 收入
web-payout = 付款给专家
web-payouts = 付款给专家
web-dispute = 争议
web-disputes = 争议
web-column-code = 代码
web-column-per-mille = 折扣（‰）
web-column-currency = 币种
web-column-units = 总次数
web-column-used = 已用
web-column-per-person = 每人次数
web-column-only-person = 仅限此人
web-column-opened-at = 提出时间
web-column-closed-at = 裁定时间
web-column-share = 佣金分成（‰）
web-column-released-at = 入账时间
web-column-expert-minor = 专家部分
web-column-commission-minor = 佣金
web-column-tax-minor = 税
web-column-payable-at = 可付时间
web-column-frozen = 冻结原因
web-column-method = 方式
web-column-reference = 附言
web-column-purpose = 用途
web-column-subject = 对象
money-invite = 👋 邀请朋友
money-invite-link = 👋 把这个链接发给朋友。对方完成第一次咨询后，费用的一部分会成为您的余额：{ $link }
notice-friend-came = 👋 您邀请的朋友完成了第一次咨询，{ $amount } 已成为您的余额。谢谢！
paper-receipt = 收据
paper-invoice = 账单
paper-credit_note = 退款凭证
paper-number = 编号 { $number }
paper-date = 日期：{ $when }
paper-tax-id = 税号：{ $id }
paper-buyer = 客户：{ $name }
paper-discount = 优惠
paper-credit = 使用余额支付
paper-by = 通过{ $rail }支付
paper-total = 合计
paper-given-back = 退回金额
paper-tax = 合计含 { $rate }% 增值税：{ $amount }
paper-no-tax = 不含增值税。
paper-payment = 付款编号 { $id }
paper-statement = { $year } 年度收入明细
paper-earned = { $when }：客户支付 { $whole }（{ $id }）
paper-statement-note = 已扣除佣金、税和退款。年份按 UTC 计算。
earnings-statement = 📄 年度收入明细
error-nothing-to-state = { $year } 年没有收入。
notice-package-ready = 📦 您的套餐已生效：{ $expert } 的<b>{ $title } × { $sessions } 次</b>，请在 { $until } 前使用。选好时间后用套餐支付即可。
notice-series-booked = 🔁 { $booked ->
        [0] <b>您想要的时间都已被约走</b>
       *[other] <b>又为您预约了 { $booked } 周，至 { $until }</b>
    }：{ $expert } 的“{ $title }”。{ $left ->
        [0] {""}
       *[other] 有 { $left } 次未能约上，已放入您的套餐，{ $valid } 前可用于任意空闲时间。
    }
notice-package-ends-soon = 📦 您在 { $expert } 处的“{ $title }”套餐将于 <b>{ $until }</b> 到期，还剩 { $left } 次。到期后剩余部分会转为您的余额。
notice-package-ended = 📦 您的套餐已到期，剩余部分已转为余额：<b>{ $amount }</b>。
why-by-minute =
    您预付了 { $booked } 分钟的费用 { $total }。咨询用了 { $taken } 分钟（不足一分钟按一分钟计），费用为 { $came_to }。

    因此退还 { $back }。
reason-by-minute = 咨询时间比预付的短。
payment-on-hold = 🔒 已在您的卡上预授权，尚未扣款。
notice-hold-released = 🔓 您卡上预授权的 { $amount } 已解除，从未扣款。
notice-refund-unclaimed = ⚠️ { $amount }（付款 <code>{ $payment }</code>）无法退回：付款人已删除自己的数据。这笔钱在账上记为无人认领，不再尝试退款。
notice-refund-refused = ⚠️ { $amount }（付款 <code>{ $payment }</code>）无法原路退回：“{ $problem }”。付款人已获得同额余额，并已收到通知。如果对方想要退回原款，请就交易 <code>{ $charge }</code> 联系支付方的客服。
notice-refund-waits = ⏳ { $amount }（付款 <code>{ $payment }</code>）退款已超过一小时仍未完成：“{ $problem }”。系统每小时会再试一次。请检查机器人令牌和密钥是否正确，以及支付方账户里是否有足够的钱可退（Stars 则看机器人的余额）。
notice-payout-refused = 🏦 转给 { $expert } 的 { $amount } 被支付方拒绝：“{ $problem }”。系统会自动重试。请检查支付方账户余额是否充足，以及该专家的账户能否收款。
notice-hold-lost = ⚠️ 一笔 { $amount } 的卡预授权（付款 <code>{ $payment }</code>）在扣款前已失效。专家的收入不变，由平台承担损失。
reason-given-back = 您已离开，套餐的剩余部分退回。
reason-let-go = 专家无法继续，剩余部分会退回。
notice-package-let-go = 📦 { $expert } 目前无法继续您的套餐，套餐已结束。剩余部分退还给您：<b>{ $amount }</b>。
admin-money-no-payment = 没有这个编号的付款。请核对编号，或输入客户的 Telegram 编号。
admin-money-take-amount = 收回多少？现有余额 { $credit }。{ $one ->
    [yes] 只写数字。
   *[no] 请连同币种一起写，例如 <b>25 USD</b>。
}
notice-credit-taken = ↩ 我们的团队收回了您的 { $amount } 余额。原因：{ $reason }
error-no-second-admin = 超过限额，需要另一位管理员同意，但还没有其他管理员启动过本机器人。请在 HOURWISE_ADMIN_IDS 中添加一位，或调高 HOURWISE_TWO_ADMINS_OVER。
admin-money-frozen = 🧊 已冻结：{ $reason }
