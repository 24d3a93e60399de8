consent-ask =
    👋 欢迎来到 <b>{ $operator }</b>：与认证专家进行一对一咨询。

    开始之前请了解：我们会保存您的名字、Telegram 编号和您在这里写的内容，用来回答问题、匹配专家、管理预约。您写的个人情况会加密保存。您可以随时查看、导出或删除（/mydata、/settings）。

    您同意吗？
consent-agree = ✅ 同意，开始
consent-read = 📄 阅读隐私说明
consent-thanks = ✅ 谢谢，{ $name }。您可以随时在 /settings 中更改。

zone-ask =
    🕒 <b>您在哪里？</b>所有时间都会按您的时区显示（当前：{ $zone }，{ $now }）。

    请选择一个，或者写下您所在的城市，也可以写您现在的钟点，例如 <code>14:30</code>。
zone-choose = 有几个时区符合，请选择您的时区：
error-place-unknown = 我不认识这个地方。请写附近的大城市，或者写您现在的钟点，例如 14:30。

questionnaire-field =
    { $bar }  <i>第 { $step } 步，共 { $steps } 步</i>

    <b>您想咨询哪方面的问题？</b>
questionnaire-topic =
    { $bar }  <i>第 { $step } 步，共 { $steps } 步</i>

    <b>具体是哪一方面？</b>
questionnaire-about =
    { $bar }  <i>第 { $step } 步，共 { $steps } 步</i>

    <b>请用您自己的话说说</b>想解决什么问题。写几句话就能帮我找到更合适的专家。
questionnaire-urgency =
    { $bar }  <i>第 { $step } 步，共 { $steps } 步</i>

    <b>有多着急？</b>
questionnaire-tried =
    { $bar }  <i>第 { $step } 步，共 { $steps } 步</i>

    <b>您已经尝试过什么？</b>写一条消息，或者跳过。
questionnaire-budget =
    { $bar }  <i>第 { $step } 步，共 { $steps } 步</i>

    <b>一次咨询最多愿意花多少钱？</b>例如 <code>300元</code> 或 <code>80美元</code>。
questionnaire-budget-unclear = 我没有看懂金额。请写一个数字，例如 300元，或者跳过。
questionnaire-done =
    ✅ <b>谢谢，我明白了。</b>

    主题：<b>{ $topic }</b>
    类型：{ $kind }
    优先级：{ $priority }

    <i>{ $disclaimer }</i>
urgency-today = 今天
urgency-this-week = 本周
urgency-this-month = 本月
urgency-no-hurry = 不着急
need-informational = 信息与建议
need-personal = 个人指导
need-emotional = 情感支持
priority-low = 低
priority-normal = 普通
priority-high = 高
priority-urgent = 紧急
topic-open = 未限定
