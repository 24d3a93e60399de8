error-entry-missing = This entry no longer exists.
error-entry-invalid = An entry needs a question of at most { $question } characters and an answer of at most { $answer } characters.
error-rule-invalid = The rule { $rule } needs keywords or a valid pattern, and an answer or an intent.
