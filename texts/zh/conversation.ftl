faq-answer = 💡 { $answer }
faq-other-language = <i>这个问题我只有另一种语言的答案。</i>
faq-disclaimer = <i>{ $disclaimer }</i>
faq-right = 👍 回答正确
faq-wrong = 👎 回答不对
faq-judged-right = 谢谢！
faq-judged-wrong = 谢谢，我们会改进。
faq-suggest = 我不太确定。您是想问下面的问题吗？
faq-none-of-these = 都不是
not-understood =
    🤔 我没有听懂，也不想乱猜。

    请换个说法，或者选择：
choice-find = 🔎 找专家
choice-sessions = 📅 我的预约
choice-human = 🙋 联系人工
choice-menu = ☰ 菜单
human-told = 🙋 已转给人工，会在这里回复您。
human-nobody = 🙋 目前没有人工值班。
human-contact = 您也可以这样联系我们：{ $contact }
you-are-welcome = 不客气！🙂
small-talk = 🙂 我更擅长帮您找合适的专家。请写下您的需求，或问我这里怎么用。
tap-a-button = 请点您想选的按钮。
nothing-to-book = 🔎 请先选一位专家：写下想咨询什么，例如“周五找职业咨询师”，或点下面的按钮。
code-when-paying = 🏷 优惠码在付款时输入：先选好时间，再点“我有优惠码”。
receipt-when-paid = 🧾 付款后，在“菜单 → 我的付款”里点这笔付款，就能拿到收据和账单（发票）。
see-you = 再见！需要的时候随时找我。
marketing-off = 🔕 您不会再收到我们的推广消息。与您预约有关的消息仍会发送。
marketing-on = 🔔 您会重新收到我们的消息。发送 /stop 可以关闭。
my-data-caption = 📦 这是我们保存的关于您的全部数据。
danger-self-harm =
    ❤️ <b>我很担心您。</b>您不必一个人扛着。请现在就拨打下面的电话，免费，随时有人接听：

    { $numbers }

    我也已经通知了我们的工作人员。
danger-violence =
    ❗ <b>您的安全最重要。</b>如果您有危险，请立即拨打：

    { $numbers }

    我也已经通知了我们的工作人员。
danger-medical =
    🚑 <b>这可能是紧急情况。</b>请立即拨打电话，不要在这里等回复：

    { $numbers }

    我也已经通知了我们的工作人员。
error-too-long = 内容太长了，我读不完。请控制在 { $longest } 个字以内。
error-only-text = 我只能读文字，请用文字写下来。
error-ours = 😔 我们这边出了点问题，您的操作没有丢失。如果再次发生，请把这个编号告诉我们：<code>{ $id }</code>
button-gone = 这个按钮已经不在了。
old-button = 这个按钮来自之前的页面，已为您打开菜单。
error-not-an-expert = 只有专家本人可以这样做。
emergency-crisis = 心理援助热线
emergency-emergency = 紧急求助
emergency-medical = 急救
emergency-police = 报警
to-person-ask = ✍️ 请写给 <b>{ $client }</b> 的话。对方会在这里收到，以团队的名义，并可以回复。
to-person-sent = ✅ 正在发送。
to-team-ask = ✍️ 请用一条消息写给我们的团队。
notice-from-team = 🙋 <b>我们的团队给您留言：</b>{ $text }
button-answer-person = ✍️ 写给对方
button-answer-team = ✍️ 回复

# between the items of a list
list-mark = 、
