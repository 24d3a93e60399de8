experts-found =
    🔎 <b>为您找到 { $count } 位专家</b>
    <i>{ $filters }</i>
experts-no-others = <i>没有其他合适的专家了，再给您看看这几位：</i>
experts-near =
    🔎 <b>没有正好做这个话题的专家符合条件，以下几位的话题相近：</b>
    <i>{ $filters }</i>
experts-full =
    🕒 <b>{ $then ->
        [yes] 这个时间
       *[no] 目前
    }合适的专家都约满了。</b>
    <i>{ $filters }</i>
    有人空出来时我可以通知您。
experts-other-currency =
    ⚠️ <i>{ $some ->
        [yes] 部分价格
       *[no] 以下价格
    }是其他币种，我无法与 { $budget } 比较，请您自己留意。</i>
experts-by-gender = <i>我不按性别挑选专家，可以打开专家的主页了解他们。</i>
experts-wait = 🔔 有一位空出来时通知我
experts-wait-no-more = 🔕 不再等候他们
experts-none =
    😕 <b>目前没有符合条件的专家。</b>
    <i>{ $filters }</i>
    可以放宽条件，或者多告诉我一些情况。
experts-widen = 不限时间和价格
experts-refine = 回答几个问题
filter-budget = 不超过 { $budget }
filter-minutes = { $minutes } 分钟
filter-cheapest = 价格从低到高
filter-none = 所有主题
card-head = <b>{ $place }. { $name }</b>  { $rating }
card-offer = { $title } · { $minutes } 分钟 · <b>{ $price }</b> · { $languages }
card-other-topics = ≈ 相近话题：{ $topics }
card-next = 🕒 最近空闲：{ $when }
card-no-time =
    🕒 { $then ->
        [yes] 这个时间没有空
       *[no] 暂时没有空闲时间
    }
card-reason = ✓ { $reason }
price-free = 免费
rating-none = 新专家
rating-mean = ★ { $mean }（{ $count }）
expert-head = 🧑‍🏫 <b>{ $name }</b> { $verified }  { $rating }
expert-bio = { $bio }
expert-facts =
    <b>主题：</b>{ $topics }
    <b>语言：</b>{ $languages }
    <b>资质：</b>{ $credentials }
    <b>方式：</b>{ $delivery }
expert-offer = • { $title } · { $minutes } 分钟 · <b>{ $price }</b>
expert-reviews = <b>客户评价</b>
expert-review = { $stars } <i>{ $date }</i> – { $comment }
review-without-words = 没有文字评价
delivery-video = 视频通话
delivery-relay = 在本聊天中文字交流
wish-topic = 👍 记下了。<b>您想咨询哪方面？</b>请选择，或用自己的话说。
wish-any-topic = 看看所有专家
wish-day = 👍 记下了。<b>哪一天方便？</b>请选择，或写下日子，例如<i>周五</i>。
wish-today = 今天
wish-tomorrow = 明天
wish-any-day = 哪天都行
wish-unclear = 这句我没看懂。请点一个按钮，或换个说法。
question-offer = ✍️ 书面提问 · { $price } · { $hours } 小时内答复
question-title = 向 { $expert } 提问
question-description = { $hours } 小时内书面答复
question-ask =
    ✍️ <b>请写下您想问 { $expert } 的问题。</b>

    支付 <b>{ $price }</b> 后 { $hours } 小时内会在这里收到书面答复，否则全额退款。请在一条消息里说清楚对方需要了解的情况。
question-check =
    ✍️ 您想问 <b>{ $expert }</b> 的问题：

    <blockquote>{ $text }</blockquote>

    { $hours } 小时内答复：<b>{ $price }</b>。
question-pay = 💳 支付 { $price } 并发送
question-rewrite = ✏️ 重新写
answer-home = ✍️ 书面提问（{ $count }）
answer-list =
    ✍️ { $count ->
        [0] 没有等待您答复的问题。
       *[other] <b>等待您答复的问题</b>，最紧急的在前：
    }
answer-text =
    ✍️ <b>{ $client }</b> 的提问：

    <blockquote>{ $text }</blockquote>

    请在 <b>{ $due }</b> 之前用一条消息写下答复。
answer-check =
    ✍️ 您给 <b>{ $client }</b> 的答复：

    <blockquote>{ $answer }</blockquote>
answer-send = ✅ 发送
answer-sent = ✅ 答复已发出，收入见“我的收入”。
error-unknown-question = 找不到这个问题。
error-question-moved = 这个问题已经答复，或已过期。
error-no-answers-now = 这位专家目前不提供书面答复，请改为预约咨询。
error-question-too-short = 请至少用一句话写清楚问题，这样才能得到好的答复。
expert-hide = 🚫 不再显示这位专家
expert-hide-ask =
    🚫 <b>不再显示 { $expert } 吗？</b>

    您将不再找到或预约这位专家。已约好的保留，订阅不再续费。可以在“设置”里撤销。
expert-hide-yes = 🚫 是，不再显示
expert-hidden-now = 好的，不再向您显示这位专家。可以在“设置”里撤销。
expert-is-hidden = 🚫 您选择了不显示这位专家。
expert-show-again = 👁 重新显示这位专家
