"""Lists of languages, each named in itself, that lead to other versions of a page."""

from __future__ import annotations

import re

from clausetrail.parser.remembered import remembered

_NAMES = (
    "Bahasa Indonesia|Bahasa Melayu|Melayu|Indonesia|Čeština|Česky|Dansk|Deutsch|Eesti|English|Español|Castellano"
    "|Euskara|Filipino|Français|Gaeilge|Galego|Català|Hrvatski|Íslenska|Italiano|Kiswahili|Latviešu|Lietuvių|Magyar"
    "|Malti|Nederlands|Norsk Bokmål|Norsk bokmål|Norsk|Bokmål|O[ʻ‘']?zbek(?:cha)?|Polski|Português|Română|Shqip"
    "|Slovenčina|Slovenščina|Srpski|Suomi|Svenska|Tagalog|Tiếng Việt|Türkçe|Azərbaycan(?:ca)?|Afrikaans|Bosanski"
    "|Cymraeg|Ελληνικά|Български|Русский|Українська|Српски|Македонски|Беларуская|Қазақ(?: тілі|ша)?|Монгол|עברית"
    "|العربية|فارسی|اردو|हिन्दी|हिंदी|मराठी|বাংলা|ગુજરાતી|ਪੰਜਾਬੀ|தமிழ்|తెలుగు|ಕನ್ನಡ|മലയാളം|සිංහල|ไทย|ລາວ|ខ្មែរ|မြန်မာ"
    "|ქართული|Հայերեն|አማርኛ|한국어|简体中文|繁體中文|繁体中文|中文|日本語"
)
_REGION = r"(?:\s*[(（][^()（）]{2,30}[)）]|\s+[-–—]\s+\w[\w .]{1,25})?"
_ONE = re.compile(rf"(?:{_NAMES.lower()}){_REGION}")
_LONGEST = 60
_LOOK = 4000
_MANY = 5
_SHARE = 0.8


@remembered(longest=_LONGEST)
def is_language(text: str) -> bool:
    """Nothing but the name of one language in itself."""
    return len(text) < _LONGEST and bool(_ONE.fullmatch(text.strip().lower()))


@remembered(longest=_LONGEST)
def are_languages(text: str) -> bool:
    """Nothing but the names of several languages, one after the other."""
    if not _ONE.match(text[:_LONGEST].strip().lower()):
        return False
    text = text[:_LOOK].strip().lower()
    found = _ONE.findall(text)
    return len(found) >= _MANY and sum(map(len, found)) >= _SHARE * len("".join(text.split()))
