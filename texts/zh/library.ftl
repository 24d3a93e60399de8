menu-library = 📚 资料库
command-library = 可阅读的文章、课程与问答
library-home =
    📚 <b>资料库</b>

    专家的文章、课程、问答实录和文件。请选择领域：
library-empty =
    📚 <b>资料库</b>

    暂时还没有上架内容。您可以直接向我提问，或向专家书面提问。
library-found = 📚 资料库里有这些：
library-for-you = ✨ <b>为您推荐</b>
library-for-you-line = • <b>{ $title }</b>：{ $reason }
library-mine = 📚 我拥有的内容（{ $count }）
library-mine-head =
    📚 { $count ->
        [0] 您还没有资料库的内容。
       *[other] <b>您拥有 { $count } 项内容。</b>它们一直归您阅读。
    }
library-topic =
    📚 <b>{ $topic }</b>

    最新的排在前面：
item-free = 免费
item-kind-article = 文章
item-kind-course = 课程
item-kind-answer = 问答实录
item-kind-file = 文件
item-by-operator = 本站团队
item-head =
    <b>{ $title }</b>
    { $kind } · { $topic } · 作者：{ $author }
item-rights-own = © 作者原创。
item-rights-licensed = © 已获授权：{ $source }
item-rights-public_domain = © 公有领域作品。
item-rights-none = © 尚未声明版权。
item-preview = <blockquote>{ $text }</blockquote>
item-language = 🌐 只有{ $language }版本。
item-withdrawn-but-yours = 已下架，但您仍可阅读。
item-costs-nothing = 免费，立即发到这里，一直归您阅读。
item-price = <b>{ $price }</b>。付款后立即发到这里，一直归您阅读。因为全部内容即时交付，所以不能退货；如果内容有问题，请在 /paysupport 告诉我们。若无法交付，款项会自动全额退回。
item-disclaimer = <i>{ $text }</i>
item-take = 📥 免费获取
item-pay = 💳 支付 { $price }
item-read = 📖 打开课程
item-send-again = 📩 再发给我一次
item-on-its-way = 已在发送。
item-text = { $text }
item-payment-title = 资料库内容
item-payment-text = { $title }
lesson-text =
    🎓 第 { $number } 课，共 { $count } 课
    <b>{ $title }</b>

    { $text }
lesson-over = 🏁 这是最后一课。
lesson-earlier = ‹ 上一课
lesson-later = 下一课 ›
button-open-item = 📖 打开
button-change-item = ✏️ 打开我的内容
button-review-item = 🔍 查看
button-agree-public = ✅ 同意
button-refuse-public = ✖ 不同意
notice-item-yours = 📚 <b>{ $title }</b>已归您所有，随时可在 /library 中找到。
notice-item-course = 🎓 <b>{ $title }</b>：共 { $count } 课。请按自己的节奏学习，我会记住您的进度。
notice-item-sold = 💫 有人以 { $price } 购买了“{ $title }”。您的份额见“我的收入”。
notice-item-not-sold = ↩ “{ $title }”无法交付：它已下架，或您已经拥有。款项将全额退回。
notice-item-approved = ✅ “{ $title }”已在资料库上架。
notice-item-given-back =
    ✏️ “{ $title }”上架前需要修改：

    <blockquote>{ $note }</blockquote>
notice-item-review = 🔍 { $expert } 希望在资料库上架“{ $title }”。
notice-item-consent =
    💬 <b>{ $expert }</b>希望把您的提问和答复隐去姓名后公开到资料库。其他人会看到：

    <b>{ $title }</b>
    <blockquote>{ $text }</blockquote>

    您不同意，就不会公开。
notice-item-agreed = ✅ 您的客户已同意公开“{ $title }”，现在可以提交了。
notice-item-refused = ✖ 您的客户不希望公开“{ $title }”，草稿已删除。
item-agreed = ✅ 谢谢，将隐去姓名后公开。
item-refused = 不会公开。
item-state-draft = 草稿
item-state-review = 审核中
item-state-listed = 已上架
item-state-withdrawn = 已下架
expert-home-items = 📚 我在资料库的内容
write-items =
    📚 { $count ->
        [0] 您在资料库还没有内容。
       *[other] <b>您的内容</b>，附状态和拥有人数：
    }

    读者在 /library 中可以找到，收入分成与您的其他工作相同。
write-item-new-article = ➕ 文章
write-item-new-course = ➕ 课程
write-item-new-file = ➕ 文件（文档、音频、视频）
write-item-of-answer = 💬 公开一个已答复的提问
write-item-answers = 💬 <b>哪一个已答复的提问？</b>姓名会被隐去，您仍可修改文字，并须提问者同意。
write-item-topic = 内容属于哪个主题？
write-item-title = ✏️ 请用{ $language }写标题，最多 { $longest } 个字符。
write-item-text = ✏️ 请用{ $language }写正文，可以分几条消息发送。{ $count ->
        [0] 第一条会重新开始。
       *[other] 已收到 { $count } 条。
    }
write-item-lessons = 🎓 请用{ $language }逐课发送，每课一条消息：第一行是标题，其后是正文。{ $count ->
        [0] 第一条会重新开始。
       *[other] 已收到 { $count } 课。
    }
write-item-done = ✅ 全部写完了
write-item-file = 📎 请发送文件：文档、音频、视频、语音或图片。
write-item-price = 💰 定价多少？直接写星星数，如“150”；或写货币金额用银行卡支付，如“12 USD”。
write-item-free = 免费
write-item-rights =
    © <b>您对它拥有什么权利？</b>

    不声明就不能上架，责任由您承担。
rights-choice-own = 我的原创作品
rights-choice-licensed = 已获授权
rights-choice-public_domain = 属于公有领域
write-item-source = © 请写明来源和许可，例如“图片：某作者，CC BY 4.0”。
write-item-one =
    <b>{ $title }</b>
    { $state } · { $price } · { $languages } · { $owners } 人拥有

    <blockquote>{ $text }</blockquote>
write-item-note = ✏️ 需要修改：<b>{ $note }</b>
write-item-needs-consent = 💬 提问者尚未同意。
write-item-consent = 💬 征求提问者同意
write-item-asked = 已征求对方意见，结果会通知您。
write-item-submit = 📤 提交审核
write-item-list = 📤 上架
write-item-retitle = ✏️ 标题
write-item-rewrite = ✏️ 正文
write-item-refile = 📎 更换文件
write-item-reprice = 💰 价格
write-item-redeclare = © 版权
write-item-language = 🌐 添加{ $language }版本
write-item-withdraw = ⏹ 下架
write-item-remove = 🗑 删除草稿
write-item-remove-ask = 🗑 删除这份草稿？文字将无法找回。
admin-items = 📚 资料库
review-items =
    📚 { $count ->
        [0] 没有等待审核的专家内容。
       *[other] <b>等待审核的内容</b>，最早提交的排在前面：
    }
review-own = ✏️ 本站自己的内容
review-state = 状态：<b>{ $state }</b>
review-show-all = 📩 把全文发给我
review-approve = ✅ 上架
review-give-back = ✏️ 退回修改
review-withdraw = ⏹ 下架
review-reason = ✏️ 需要修改什么？专家会看到您写的内容。
reason-item-because-got = 和您一样拥有“{ $item }”的人也看了这个
reason-item-because-viewed = 和您一样看过“{ $item }”的人也看了这个
reason-item-author = 作者{ $expert }曾为您提供咨询
reason-item-like-got = 与您拥有的“{ $item }”相近
reason-item-like-viewed = 与您看过的“{ $item }”相近
reason-item-asked = 您询问过{ $topic }
reason-item-segment = 与您使用习惯相近的人中有 { $count } 位拥有它
reason-item-popular = 已有 { $count } 人拥有
reason-item-not-delivered = 内容已下架，或您已经拥有。
paid-for-item = 资料库内容
error-unknown-item = 资料库里找不到这项内容。
error-item-moved = 现在已无法这样操作，请重新查看。
error-item-incomplete = 请先补全标题、全部内容（各语言课数相同）、价格和版权。
error-item-source = 请先写明来源和许可。
error-item-consent = 须先得到提问者同意。
error-item-owned = 您已拥有这项内容，请看 /library。
error-item-withdrawn = 已下架，没有扣款。
error-item-not-free = 这项内容需要付款，请重新打开。
error-no-price = 这不是价格。例如写“150”表示星星，或“12 USD”。
web-item = 资料库内容
web-items = 资料库
web-owned-item = 拥有记录
web-owned-items = 资料库拥有记录
web-column-titles = 标题
web-column-kind = 类型
web-column-author = 专家
web-column-rights = 版权
web-column-source = 来源
web-column-listed-at = 上架时间
web-column-item-id = 内容
web-column-lesson = 课
web-column-since = 起始时间
review-withdraw-ask = ⏹ 为什么下架？写下原因后即不再展示和出售，已拥有的人仍可阅读。专家会看到您写的内容。
notice-item-withdrawn =
    ⏹ “{ $title }”已被我们的团队下架，已拥有的人仍可阅读。

    <blockquote>{ $note }</blockquote>
