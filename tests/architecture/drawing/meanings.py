"""What the settings mean, for the table of the operator's guide."""

ELSEWHERE = {"SESSION_COOKIE_SECURE": False, "AUDIT_SEAL_EVERY": 50, "FREE_SPACE_RESERVE_MB": 500}
MEANINGS = {
    "DATA_DIR": "Folder for all that the application writes. A relative path starts beside `wsgi.py`.",
    "MAX_CONTENT_LENGTH": "Largest request in bytes (32 MB); change `client_max_body_size` of the proxy with it.",
    "MAX_FORM_MEMORY_SIZE": "Largest text field of a form in bytes.",
    "SESSION_COOKIE_HTTPONLY": "Scripts cannot read the session cookie. Leave it.",
    "SESSION_COOKIE_SECURE": "The session cookie travels over HTTPS only; set it to `true` wherever there is HTTPS.",
    "SESSION_COOKIE_SAMESITE": "Other sites cannot make a browser send the session cookie with their forms. Leave it.",
    "PERMANENT_SESSION_LIFETIME": "Seconds after which everybody must sign in again (12 hours).",
    "IDLE_MINUTES": "Minutes without a request after which a session ends.",
    "LOCKOUT_FAILURES": "Wrong passwords in a row that lock an account.",
    "LOCKOUT_MINUTES": "Minutes for which it stays locked; `flask user unlock` ends it sooner.",
    "PASSWORD_MIN_LENGTH": "Shortest password.",
    "PASSWORD_MAX_AGE_DAYS": "Days after which a password must be changed.",
    "PROXY_COUNT": "Reverse proxies in front whose `X-Forwarded-*` headers are believed; 0 believes nobody.",
    "LOG_LEVEL": "`DEBUG`, `INFO`, `WARNING` or `ERROR`; request lines are written at `INFO`.",
    "WTF_CSRF_TIME_LIMIT": "Seconds for which an open form may be sent; `null`: as long as the session lives.",
    "BABEL_DEFAULT_LOCALE": "Language of those who have not chosen one.",
    "BABEL_DEFAULT_TIMEZONE": "Time zone in which instants are shown.",
    "BOOTSTRAP_SERVE_LOCAL": "Style sheets come from this server, never from the internet. Leave it.",
    "COMPRESS_ALGORITHM": "How answers are packed, best first.",
    "COMPRESS_ALGORITHM_STREAMING": "The same for answers sent piece by piece.",
    "PREFERRED_URL_SCHEME": "Scheme of addresses made outside a request.",
    "AUDIT_SEAL_EVERY": "Audit entries that a process writes before it seals a block.",
    "FREE_SPACE_RESERVE_MB": "Uploads are refused when less than this would stay free for the database.",
}
