error-unknown-offer = 没有这个服务项目。
error-unknown-session = 在您的预约里找不到这次咨询。
error-offer-gone = 专家已不再提供这个服务，请选择其他项目。
error-time-not-offered = 这个时间不能预约，请从列表中选择。
error-time-taken = 有人抢先一步，这个时间刚被预约。请换一个时间。
error-client-busy = 您在这个时间已有另一次咨询，请换一个时间。
error-hold-gone = 15 分钟的保留时间已过，这个时间不再为您保留。请重新选择时间。
error-session-moved-on = { $state ->
        [held] 这个时间目前只是保留，请先付款。
        [requested] 专家还没有确认这次咨询。
        [confirmed] 这次咨询已经确认。
        [under_way] 这次咨询已经开始。
        [ended] 这次咨询已经结束。
        [closed] 这次咨询已经结束。
        [cancelled] 这次咨询已经取消。
        [declined] 专家拒绝了这次咨询。
        [expired] 这个时间不再为您保留，请重新选择。
        [no_show] 这次咨询没有进行。
       *[other] 无法完成：这次咨询的状态已经改变。
    }
error-too-early-to-report = 请在开始 { $minutes } 分钟之后再说对方没有来。
error-bad-policy = 取消规则须按提前小时数从多到少排列，每档退款比例为 0 到 100。
error-too-late-to-cancel = 咨询已经开始，不能取消了。
error-too-late-to-move = 最晚可在开始前 { $hours } 小时改期。
error-moved-too-often = 这次咨询已改期 { $times } 次，不能再改了。
error-bad-offer = 时长、间隔和开放时间须为 5 分钟的整数倍且不超过一天，价格须与支付方式相符。
error-only-once = 每位专家的这项服务只能预约一次，您已经用过了，请选择其他项目。
