sequences-open = 💧 系列消息
sequences-list =
    { $count ->
        [0] 💧 还没有系列消息。它会在用户加入、放弃预约或未付款之后若干天发出消息。
       *[other] 💧 <b>系列消息</b>
    }
sequences-new = ➕ 新的系列消息
sequence-joined = 加入之后
sequence-abandoned = 放弃预约之后
sequence-unpaid = 保留的时间未付款之后
sequence-after-what = 💧 <b>在什么之后？</b>期间继续预约或付款的人不再收到。从现在起计算。
sequence-when = 💧 <b>之后多久？</b>
sequence-days = { $days } 天
sequence-english = 请写<b>英文</b>内容。粗体、链接等格式会保留。
sequence-check = 💧 <b>{ $trigger }</b>
sequence-draft = { $when }后：“{ $title }”
sequence-add-step = ➕ 再加一条
sequence-start = ▶️ 开始
sequence-head = 💧 <b>{ $trigger }</b>
sequence-step =
    { $days } 天后：“{ $title }”
    已发送：{ $sent } · 等待中：{ $waiting } · 不再需要：{ $void }
sequence-over = ⏹ 这个系列已停止。
sequence-stop-ask = ⏹ <b>停止这个系列吗？</b>“{ $title }”及后面的消息不会再发给任何人，包括已经收到一部分的人。停止后不能再启动。
