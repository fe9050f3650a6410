"""What becomes of a delivery. Whatever may have gone out is never sent again."""

from inspect_app.core.labels import mark

WAITING, SENDING, SENT, FAILED, UNCLEAR = "waiting", "sending", "sent", "failed", "unclear"

LABELS = {
    WAITING: mark("等待发送"),
    SENDING: mark("结果不明"),
    SENT: mark("已发送"),
    FAILED: mark("发送失败"),
    UNCLEAR: mark("结果不明"),
}
LOOKS = {
    WAITING: ("○", "none"),
    SENDING: ("◑", "wait"),
    SENT: ("●", "done"),
    FAILED: ("▲", "late"),
    UNCLEAR: ("◑", "wait"),
}
