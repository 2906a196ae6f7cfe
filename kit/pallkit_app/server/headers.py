"""The response headers every answer carries."""

from __future__ import annotations

# No page of ours holds an inline script, so no nonce is needed and none can be forgotten.
_PAGE_POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
}
# Our widgets' modules and styles are files. One that the server does not know, as an author's
# own in the making, comes as text: its module is imported from a blob, its styles are an element.
_APP_POLICY = _PAGE_POLICY | {
    "script-src": "'self' blob:",
    "style-src": "'self' 'unsafe-inline'",
}


def _written(policy: dict[str, str]) -> str:
    return "; ".join(f"{directive} {sources}" for directive, sources in policy.items())


PAGE_POLICY = _written(_PAGE_POLICY)
APP_POLICY = _written(_APP_POLICY)

HEADERS = {
    "Content-Security-Policy": PAGE_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
