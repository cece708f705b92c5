"""Traces that the challenge pages of the common gate keepers carry, and pages that were served do not.

Many sites load a gate keeper's script on every page; what stands here is what only the challenge itself holds.
"""

from __future__ import annotations

CLOUDFLARE, DATADOME, HUMAN, IMPERVA = "Cloudflare", "DataDome", "HUMAN", "Imperva"
GOOGLE, AKAMAI, AWS, KASADA, VERCEL, SUCURI, QUEUE_IT = (
    "Google",
    "Akamai",
    "AWS WAF",
    "Kasada",
    "Vercel",
    "Sucuri",
    "Queue-it",
)

VENDOR_IDS: dict[str, str] = {
    "challenge-form": CLOUDFLARE,
    "challenge-running": CLOUDFLARE,
    "challenge-stage": CLOUDFLARE,
    "challenge-error-text": CLOUDFLARE,
    "cf-challenge-running": CLOUDFLARE,
    "cf-error-details": CLOUDFLARE,
    "cf-please-wait": CLOUDFLARE,
    "trk_jschal_js": CLOUDFLARE,
    "captcha-form": GOOGLE,
    "px-captcha": HUMAN,
    "px-captcha-wrapper": HUMAN,
    "ddv1-captcha-container": DATADOME,
    "datadome-captcha": DATADOME,
    "sec-if-cpt-container": AKAMAI,
    "sec-cpt-if": AKAMAI,
    "sec-bc-text-container": AKAMAI,
    "incident-container": IMPERVA,
    "main-iframe": IMPERVA,
    "captcha-container": AWS,
    "awswaf-captcha": AWS,
    "sucuri-firewall-block": SUCURI,
    "MainPart_divProgressbar": QUEUE_IT,
    "queue-it_log": QUEUE_IT,
    "hlLinkToQueueTicket2": QUEUE_IT,
}
"""Id of an element -> vendor."""

VENDOR_PARTS: dict[str, str] = {
    "/cdn-cgi/challenge-platform/h/": CLOUDFLARE,
    "/cdn-cgi/l/chk_": CLOUDFLARE,
    "__cf_chl_": CLOUDFLARE,
    "captcha-delivery.com": DATADOME,
    "captcha.px-cdn.net": HUMAN,
    "captcha.px-cloud.net": HUMAN,
    "captcha.perimeterx.net": HUMAN,
    "awswaf.com/": AWS,
    "/.well-known/vercel/security/": VERCEL,
    "queue-it.net/": QUEUE_IT,
}
"""Part of the address of a script, frame or form -> vendor."""

VENDOR_SCRIPTS: dict[str, str] = {
    "_cf_chl_opt": CLOUDFLARE,
    "cf_chl_prog": CLOUDFLARE,
    "gokuProps": AWS,
    "AwsWafIntegration.": AWS,
    "KPSDK.": KASADA,
    "window.KPSDK": KASADA,
    "sucuri_cloudproxy_js": SUCURI,
    "_pxCaptcha": HUMAN,
    "var dd={'rt'": DATADOME,
    'var dd={"rt"': DATADOME,
    "vercel-challenge": VERCEL,
    "x-vercel-challenge": VERCEL,
    "/_Incapsula_Resource?SWUDNSAI": IMPERVA,
    "bm-verify": AKAMAI,
    "sec_cpt": AKAMAI,
}
"""Part of the text of a script -> vendor."""
