error-unknown-payment = 没有这笔付款，请重新打开预约。
error-payment-mismatch = 这笔付款与预约不符，请重新打开预约后支付。
error-already-paid = 已经付过款了。
error-refund-too-large = 金额超过了可退的余额。
error-amount-not-possible = 这个价格无法用此方式支付：至少 { $least }，星星只能用星星支付。
