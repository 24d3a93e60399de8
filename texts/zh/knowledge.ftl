error-entry-missing = 该条目已不存在。
error-entry-invalid = 条目需要问题（最多 { $question } 字）和答案（最多 { $answer } 字）。
error-rule-invalid = 规则 { $rule } 需要关键词或有效的匹配式，并且要有答案或意图。
