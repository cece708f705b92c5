"""How policies call themselves and how they speak, in many languages."""

from __future__ import annotations

import re

from clausetrail.parser.remembered import remembered

GENERIC = "policy"
"""The kind of a policy that does not say which."""

KINDS: dict[str, re.Pattern[str]] = {
    name: re.compile(words)
    for name, words in {
        GENERIC: r"\bpolic(?:y|ies)\b|\bpolitique|\bpolítica|\bpolitica|\bpolityka|\bbeleid|\brichtlinie|政策|"
        r"정책|ポリシー|方針",
        "terms": r"\bterms\b|\bconditions\b|\btos\b|\beula\b|user agreement|service agreement|subscriber agreement|"
        r"bedingungen|nutzungsvereinbarung|\bagb\b|conditions (?:générales|"
        r"d'utilisation)|\bcgu\b|"
        r"\bcgv\b|términos|condiciones|\btermos\b|condições|termini|condizioni|voorwaarden|regulamin|warunki|"
        r"zasady korzystania|"
        r"条款|條款|用户协议|服务协议|使用协议|用戶協議|利用規約|規約|이용\s?약관|약관|villkor|vilkår|käyttöehdot|"
        r"koşul|условия|соглашение",
        "privacy": r"privacy|data protection|personal data|datenschutz|confidentialité|vie privée|données personnelles|"
        r"privacidad|protección de datos|privacidade|proteção de dados|riservatezza|gegevensbescherming|prywatności|"
        r"隐私|隱私|個人情報|プライバシー|개인정보|integritet|personvern|privatliv|tietosuoja|gizlilik|"
        r"конфиденциальност",
        "cookies": r"cookie|tracker|tracking technolog|クッキー|쿠키",
        "conduct": r"acceptable use|usage (?:policy|policies|guidelines)|community|guidelines|standards|"
        r"code of conduct|"
        r"content (?:policy|policies|moderation|rules)|\brules\b|prohibited|safety (?:policy|policies)|"
        r"hate (?:speech|policy)|nutzungsrichtlinie|"
        r"richtlinien|gemeinschaft|règles|charte|communauté|normas|comunidad|comunidade|regole|comunità|"
        r"huisregels|richtlijnen|"
        r"wytyczne|社区|社區|准则|规范|ガイドライン|커뮤니티|가이드라인|정책",
        "imprint": r"imprint|legal notice|impressum|mentions légales|aviso legal|note legali|colofon|nota prawna|"
        r"特定商取引|法律声明",
        "copyright": r"copyright|dmca|intellectual property|takedown|urheberrecht|droits? d'auteur|derechos de autor|"
        r"direitos autorais|diritto d'autore|auteursrecht|prawa autorskie|版权|著作権|저작권",
        "processing": r"data processing|processor|\bdpa\b|sub-?processors?|auftragsverarbeit|sous-traitan|"
        r"encargado|verwerker",
        "accessibility": r"accessibility|barrierefreiheit|accessibilité|accesibilidad|acessibilidade|accessibilità|"
        r"toegankelijkheid|dostępności|アクセシビリティ|접근성|无障碍",
        "commerce": r"refund|billing|payments?|purchase|subscription|credits?|returns?|cancellation|warranty|"
        r"shipping|monetisation|"
        r"monetization|commerce|seller|advertis|widerruf|rembours|reembolso|rimbors",
        "developer": r"developer|\bapi\b|platform (?:terms|policy)|licen[cs]e|brand|trademark|security|"
        r"vulnerabilit|disclosure|"
        r"transparency report",
    }.items()
}
"""Kind of policy -> how titles and headings name it."""

NAMED = re.compile(
    r"polic(?:y|ies)\b|\bterms\b|agreement|statement|notice\b|conditions|guidelines|addendum|licen[cs]e|"
    r"code of conduct|imprint|charter|disclaimer|rules\b|"
    + "|".join(KINDS[kind].pattern for kind in ("terms", "privacy", "cookies", "imprint", "copyright", "accessibility"))
)
"""Names that only a policy, or a link to one, bears."""

_BINDING_WORDS = (
    "must shall agree agreed agrees consent privacy policy policies terms liable liability prohibited comply "
    "compliance right rights law laws legal personal breach forbidden permitted accessibility accessible müssen "
    "muss darf dürfen haften haftung haftet recht rechte rechts gesetz daten einwilligung untersagt verpflichtet "
    "datenschutz personenbezogene personenbezogenen barrierefreiheit verantwortlich doit doivent doivez droit "
    "droits loi lois données personnelles personnel consentement interdit interdite obligations debe deben "
    "derecho derechos ley leyes datos personales consentimiento prohibido prohibida política privacidad deve "
    "devem direito direitos lei dados pessoais proibido proibida consentimento privacidade diritto diritti legge "
    "dati personali consenso vietato vietata obbligo obblighi moet moeten mag mogen rechten wet gegevens "
    "aansprakelijk aansprakelijkheid verboden toestemming musi muszą prawa prawo danych dane osobowych osobowe "
    "zgody zgoda zabronione regulamin måste skall rättigheter uppgifter personuppgifter lag avtal rettigheder "
    "oplysninger"
)
_BINDING = frozenset(_BINDING_WORDS.split())
_DUTIES_WORDS = (
    "must shall agree agreed agrees consent liable liability prohibited forbidden comply prevail prevails binding "
    "müssen muss darf dürfen haften haftet untersagt zustimmen doit doivent doivez acceptez interdit consentez "
    "debe deben acepta aceptas prohibido deve devem aceita concorda proibido accetti vietato devi moet moeten "
    "gaat verboden musi muszą zgadzasz akceptujesz"
)
_DUTIES = frozenset(_DUTIES_WORDS.split())
_STEMS_WORDS = "violat termin respon indemn warran prohib verant verpfl interd respet proibi viola obliga odpowi zabron"
_STEMS = frozenset(_STEMS_WORDS.split())
_STEM = 6
_NO_POINTS = str.maketrans(dict.fromkeys(",;:()\"'", " "))
_WIDE_DUTIES = re.compile("必须|应当|不得|同意|しなければ|禁止|동의|금지|해야")
_WIDE = re.compile(
    "必须|应当|不得|同意|责任|法律|个人信息|权利|しなければ|責任|禁止|個人情報|権利|法令|동의|책임|금지|개인정보|"
    r"법률|권리|해야"
)


@remembered(longest=300)
def binding_in(text: str) -> int:
    """Occurrences of words that bind, permit or inform, in a text in lower case: what a policy cannot do without."""
    words = _words(text)
    count = sum(map(_BINDING.__contains__, words)) + sum(map(_STEMS.__contains__, [word[:_STEM] for word in words]))
    return count if text.isascii() else count + len(_WIDE.findall(text))


def _words(text: str) -> list[str]:
    """Words without their punctuation; the points in addresses stay."""
    return text.replace(". ", " ").rstrip(".").translate(_NO_POINTS).split()


def duties_in(text: str) -> int:
    """Occurrences of words of duty, in a text in lower case."""
    count = sum(map(_DUTIES.__contains__, _words(text)))
    return count if text.isascii() else count + len(_WIDE_DUTIES.findall(text))


def kinds_of(text: str) -> frozenset[str]:
    """Kinds of policy that a title or heading, in lower case, names."""
    return frozenset(kind for kind, words in KINDS.items() if words.search(text))
