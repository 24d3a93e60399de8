experts-found =
    🔎 <b>为您找到 { $count } 位专家</b>
    <i>{ $filters }</i>
experts-none =
    😕 <b>目前没有符合条件的专家。</b>
    <i>{ $filters }</i>
    可以放宽条件，或者多告诉我一些情况。
experts-widen = 不限时间和价格
experts-refine = 回答几个问题
filter-budget = 不超过 { $budget }
filter-none = 所有主题
card-head = <b>{ $place }. { $name }</b>  { $rating }
card-offer = { $title } · { $minutes } 分钟 · <b>{ $price }</b> · { $languages }
card-next = 🕒 最近空闲：{ $when }
card-no-time = 🕒 暂时没有空闲时间
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
