survey-expected = ⭐ 与 <b>{ $expert }</b> 咨询之前，<b>您期望的质量是几分？</b>（1 = 低，10 = 很高）
survey-received = <b>您实际得到的质量是几分？</b>（1 = 低，10 = 很高）
survey-return = 您还会再找 <b>{ $expert }</b> 吗？
survey-comment = 还有什么想说的吗？会显示在专家页面上，不含您的名字。写一条消息，或者跳过。
survey-thanks = 🙏 谢谢！您的评价对 { $expert } 和其他客户都很有帮助。
survey-book-again = 📅 再次预约 { $expert }
survey-nothing-to-rate = 目前没有需要评价的咨询。
note-text = 📝 请记录与 <b>{ $client }</b> 的咨询（{ $when }）。您可以在“我的客户”里再看到它；只有当客户索取自己的全部数据时，对方才会看到。请写一条消息，或跳过。
note-rating = 与 <b>{ $client }</b> 的合作如何？（1 = 困难，10 = 很好）
note-thanks = 🙏 谢谢，已记下。
review-words = 💬 与 <b>{ $expert }</b> 的咨询好在哪里？请写一条消息。
