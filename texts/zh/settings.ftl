settings-main =
    ⚙️ <b>设置</b>

    语言：{ $language }
    时区：{ $zone }（现在 { $now }）
    推广消息：{ $marketing }
settings-language = 🌐 语言
settings-zone = 🕒 时区
settings-marketing = 🔔 推广消息：{ $marketing }
settings-privacy = 🔒 我的数据
settings-language-ask = 🌐 您希望我用哪种语言？
settings-privacy-text =
    🔒 <b>您的数据</b>

    用于改进推荐的画像分析：{ $profiling }

    您可以导出我们保存的全部数据，也可以删除。
settings-profiling = 画像分析：{ $profiling }
settings-export = 📦 导出我的数据
settings-erase = 🗑 删除我的数据
settings-erase-ask =
    🗑 <b>要删除全部数据吗？</b>

    您的名字、回答、对话和评价将被永久删除。依法需要保留的付款凭证会保留，但不含您的名字。
settings-erase-confirm = 是，全部删除
settings-erased = 🗑 您的数据已删除。想回来时发送 /start 即可。
error-sessions-ahead = 您还有待进行的预约。请先取消，以免专家空等。
error-earnings-not-paid = 您还有收入尚未支付给您。请等我们付款，或联系我们：删除之后就无法知道这笔钱是您的了。
error-money-under-way = 您有一笔退款，或他人为您的时间支付的款项，正在处理。请过几分钟再试。
error-page-still-open = 您还有一个付款页面没有关闭。请在该页面完成付款，或等它关闭后再试，最迟一天。
error-question-waits = 还有一个书面提问在等待答复。请在得到答复或期限过后再试。
error-dispute-open = 银行仍在要求退回您的一笔付款。请等有结果后再试，这可能需要几周。
settings-reminders = ⏰ 提醒
settings-reminders-text =
    ⏰ <b>咨询前什么时候提醒您？</b>

    下面选择：什么时候不打扰您？落在这段时间的提醒会在之后发出，来不及的会提前；咨询前最后三小时除外。
settings-remind-before =
    { $minutes ->
        [2880] 提前两天
        [1440] 提前一天
        [180] 提前三小时
        [60] 提前一小时
       *[other] 提前 { $minutes } 分钟
    }
settings-never-quiet = 随时可以提醒我
settings-erase-package = 📦 套餐的剩余部分会原路退回。
settings-erase-credit = 💰 您将放弃余额：<b>{ $credit }</b>。
settings-hidden = 🚫 我不想看到的专家
settings-hidden-text =
    🚫 { $count ->
        [0] 目前所有专家都会显示。在专家页面可以选择不再显示某位专家。
       *[other] <b>您不想看到的专家。</b>点一下即可重新显示。
    }
settings-show-again = 👁 { $expert }
