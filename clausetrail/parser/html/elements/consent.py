"""The dialogs of the common consent platforms, by the names that their scripts give to what they insert.

These are names of products, the same on every site: a designer's class name is never asked.  The dialogs hold pages of
sentences about cookies, which differ from visit to visit, and which nothing else tells from a cookie policy.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from clausetrail.parser.html.paths import Element


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_IDS = _names(
    "onetrust-consent-sdk onetrust-banner-sdk onetrust-pc-sdk ot-sdk-btn-floating CybotCookiebotDialog"
    " CookiebotWidget CybotCookiebotDialogBodyUnderlay didomi-host usercentrics-root usercentrics-cmp-ui uc-"
    "banner-modal BorlabsCookieBox BorlabsDialog iubenda-cs-banner iubenda-pp-overlay qc-cmp2-container qc-"
    "cmp2-main truste-consent-track consent_blackbar trustarc-banner-overlay termly-code-snippet-support cookie-"
    "law-info-bar cookie-law-info-again cliSettingsPopup klaro axeptio_overlay tarteaucitronRoot"
    " tarteaucitronAlertBig hs-eu-cookie-confirmation hs-banner-parent shopify-pc__banner shopify-pc__prefs"
    " cookiescript_injected cookiescript_injected_wrapper ccc _evidon_banner _evidon-banner-wrapper"
    " moove_gdpr_cookie_info_bar moove_gdpr_cookie_modal cmplz-cookiebanner-container cmplz-manage-consent cc--"
    "main cc-main s-all-bn sp_message_container gdpr-consent-tool-wrapper cmpbox cmpwrapper cookieConsentDialog"
    " cookiefirst-root coi-banner-wrapper coiOverlay appconsent fc-consent-root ppms_cm_popup_overlay orejime"
    " ketch-consent-banner lanyard_root transcend-consent-manager consent-manager-dialog"
)
_CLASSES = _names(
    "cky-consent-container cky-modal cky-overlay cky-btn-revisit-wrapper fc-consent-root osano-cm-window osano-"
    "cm-dialog cc-window cc-banner cmplz-cookiebanner qc-cmp2-container wpl_cookie_bar cookie-law-info-bar cli-"
    "modal klaro ch2 termly-styles-root didomi-popup-container"
)
_DEEP = 4
_LOOK = 600


def consent_dialogs(root: Element) -> Iterator[Element]:
    """Such dialogs among the first levels of the page, where their scripts insert them."""
    level = list(root.iterchildren("body"))
    for _ in range(_DEEP):
        below: list[Element] = []
        for element in islice(level, _LOOK):
            if element.get("id") in _IDS or not _CLASSES.isdisjoint((element.get("class") or "").split()):
                yield element
            else:
                below.extend(child for child in element if isinstance(child.tag, str))
        level = below
