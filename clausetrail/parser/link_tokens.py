"""What a URL carries that says nothing of where it leads: names of parameters, and shapes of values and paths."""

from __future__ import annotations

import re


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_TRACKING = re.compile(
    # Analytics and campaigns
    r"utm_\w+|_?(?:ga|gl|gac|gid)|ga_\w+|gclid|gclsrc|gbraid|wbraid|dclid|gad_\w+|srsltid|fbclid|fb_\w+|msclkid|ttclid"
    r"|twclid|li_fat_id|igshid?|igsh|yclid|ysclid|_openstat|wickedid|rdt_cid|epik|irclickid|irgwc|zanpid|sscid"
    # Mailings and customer platforms
    r"|mc_[ce]id|_hsenc|_hsmi|hsctatracking|__hs\w+|hsa_\w+|mkt_tok|_ke|_kx|vero_\w+|oly_(?:anon|enc)_id|__s|ml_sub\w+"
    r"|_branch_(?:match_id|referrer)|trk_\w+|trkinfo|s_cid|s_kwcid|ef_id|at_(?:medium|campaign|custom\w+)|pk_\w+"
    r"|mtm_\w+|piwik_\w+|matomo_\w+|ref_(?:src|url)|cvid|spm|scm|wt_?mc|elqtrack\w*|elq|cmpid|campaign_?id"
    # Sessions and visits
    r"|(?:php|j|asp\.?net_?)sess(?:ion)?_?id|aspsessionid\w*|sess(?:ion)?(?:_?(?:id|key|token))?|sid|cfid|cftoken"
    r"|visitor_?id|visit_?id|client_?id_hash|request_?id|req_?id|trace_?id|correlation_?id|nonce|csrf\w*|xsrf\w*"
    r"|_token|cache_?bust(?:er)?|cb|rand|rnd|_|timestamp|__cf_chl\w+|cf_chl\w+"
    # Signed URLs: Amazon S3 and CloudFront, Google Cloud Storage, Azure, and their likes
    r"|x-(?:amz|goog|oss|cos)-\w+(?:-\w+)*|awsaccesskeyid|googleaccessid|key-pair-id|signature|sig|expires|expiry"
    r"|e(?:xp)?|policy|hmac|ske|skt|skoid|sktid|sks|skv|se|sv|sr|st|sp|spr|token|auth_?token|access_?token|hdnts|hdnea",
    re.IGNORECASE,
)
# Short names of a signature's parts say something else where nothing is signed.
_ONLY_WHEN_SIGNED = _names("e exp policy se sv sr st sp spr token")
_SIGNATURES = _names("signature sig hmac x-amz-signature x-goog-signature key-pair-id hdnts hdnea")
_UUID = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)
MASK = "*"
"""Stands for a value that is another one at each visit."""

BUILDS = _names("v ver version rev t ts h hash _v build cachebust")
"""Parameters that make a browser fetch a file anew."""
_ASSETS = "css|m?js|map|png|jpe?g|gif|svg|webp|avif|ico|woff2?|ttf|otf|eot"
_HASH = r"[.\-_~](?=[0-9a-zA-Z]*\d)(?=[0-9a-zA-Z]*[a-fA-F])[0-9a-fA-F]{8,64}"
ASSET = re.compile(rf"(?:{_HASH}){{1,4}}(\.(?:min\.)?(?:{_ASSETS}))$")
"""The hashes in the name of a built file, and its suffix.  A document's (`.pdf`) stays: another hash is another
text."""
_SUFFIX = re.compile(rf"\.(?:{_ASSETS})$", re.IGNORECASE)
SESSION_IN_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;?#]*|/\([A-Z]\([0-9a-z]{16,}\)\)", re.IGNORECASE)
"""Matrix parameters of Java servlets, and the cookieless sessions of ASP.NET."""

REDIRECTING = re.compile(
    r"/(?:redirect(?:or|ion)?|redir|url|l\.php|link|links|out(?:bound|bounds|going)?|away|leave|leaving|exit|goto|go"
    r"|click"
    r"|track(?:ing)?|external|jump|safelink|linkfilter)/?(?:\.(?:php|aspx?|html))?$",
    re.IGNORECASE,
)
"""Paths of pages that lead on to an address in their query."""
REDIRECTING_HOST = re.compile(
    r"(?:[a-z0-9-]+\.)?safelinks\.|urldefense\.|lm?\.(?:facebook|instagram)\.|(?:click|links?|away|out)\."
)
INNER_TARGETS = _names(
    "url u q to target dest destination redirect redirect_url redirecturl redirect_to link goto out href r"
)


def kept(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The parameters that say where a link leads, values that change from visit to visit masked."""
    signed = any(name.lower() in _SIGNATURES for name, _ in pairs)
    return [
        (name, MASK if _UUID.fullmatch(value) else value)
        for name, value in pairs
        if not _says_nothing(name, signed=signed)
    ]


def _says_nothing(name: str, *, signed: bool) -> bool:
    if not signed and name.lower() in _ONLY_WHEN_SIGNED:
        return False
    return bool(_TRACKING.fullmatch(name))


def is_asset(path: str) -> bool:
    """Whether the path is that of a style sheet, script, picture or font."""
    return bool(_SUFFIX.search(path))
