"""Official documents (文书): numbers reserved, used or voided; templates; what was issued stays frozen."""
