error-unknown-payment = There is no such payment. Please open the booking again.
error-payment-mismatch = This payment does not match the booking. Please open the booking again and pay there.
error-already-paid = This is already paid.
error-refund-too-large = That is more than what is left of the payment.
error-amount-not-possible = That price cannot be paid this way: at least { $least }, and Stars only as Stars.
