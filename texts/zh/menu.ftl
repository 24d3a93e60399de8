menu-main =
    👋 <b>{ $name }</b>，您好！我能帮您做什么？

    您可以直接用自己的话提问或说出需求，也可以点下面的按钮。
menu-find = 🔎 找专家
menu-sessions = 📅 我的预约
menu-settings = ⚙️ 设置
menu-expert = 🧑‍🏫 我的专家日程
menu-admin = 🛠 管理

command-menu = 主菜单
command-find = 找专家
command-sessions = 我的预约
command-settings = 设置
command-language = 切换语言
command-timezone = 更改时区
command-human = 联系人工
command-mydata = 导出我的数据
command-privacy = 隐私说明
command-terms = 使用条款
command-paysupport = 付款帮助
command-help = 我能做什么
command-cancel = 退出当前操作
bot-description = 在聊天中完成一对一付费咨询：提问、找专家、预约时间、付款、开始会话。
left-dialog = 已退出，没有预约或更改任何内容。
unknown-command = 我不认识这个命令。发送 /help 看看我能做什么。
