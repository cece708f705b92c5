"""The set phrases of pages, in the languages that policies are written in.

Asked only where structure cannot tell, and always of a whole line or name: a sentence that merely holds such words is
never touched.
"""

from __future__ import annotations

import re


class _Whole:
    """Forms of a whole line in any case, written in lower case.

    (The text is put into lower case too: without IGNORECASE, `re` passes over alternatives by their first letter.)
    """

    def __init__(self, forms: str) -> None:
        self._pattern = re.compile(r"[\W_]*(?:" + forms + r")[\W_]*")

    def fullmatch(self, text: str) -> re.Match[str] | None:
        return self._pattern.fullmatch(text.lower())


_NEW_WINDOW = (
    r"(?:link\W+)?(?:this )?(?:link )?(?:will )?open(?:s|ing)?(?: link)? in (?:a |an )?(?:new|another"
    r"|external) (?:browser )?(?:window|tab|page)(?: or tab)?"
    r"|(?:öffnet|wird)(?: sich)? in (?:einem )?neue[nm] (?:fenster|tab|browserfenster)(?: geöffnet)?"
    r"|(?:s'ouvre|s’ouvre|ouvre|ouverture|s'ouvrira) dans (?:une? )?(?:nouvel(?:le)?|autre) (?:fenêtre|onglet)"
    r"|nouvelle fenêtre"
    r"|se (?:abre|abrirá) en (?:una )?(?:nueva|otra) (?:ventana|pestaña)|abre en una (?:nueva )?(?:ventana"
    r"|pestaña)(?: nueva)?"
    r"|(?:si )?apre in una (?:nuova )?(?:finestra|scheda)(?: nuova)?|abre (?:em|numa"
    r"|em uma) (?:uma )?(?:nova )?(?:janela|guia|aba)(?: nova)?"
    r"|opent in (?:een )?nieuw (?:venster|tabblad)|öppnas i (?:ett )?nytt? (?:fönster|flik)"
    r"|otwiera się w nowym oknie"
    r"|(?:新しい|別)(?:の)?(?:ウィンドウ|ウインドウ|タブ)で(?:開きます|開く)|在新(?:窗口|视窗|標籤頁|标签页"
    r"|分頁)(?:中)?(?:打开|開啟|开启)|새 (?:창|탭)에서 (?:열림|열기|열립니다)"
    r"|external(?: site| link|, opens.*)?|external link icon|lien externe|externer link|外部リンク|外部链接"
)
_PERMALINK = (
    r"(?:direct |copy |permanent |anchor )?link to (?:this )?(?:section|heading|anchor|paragraph)(?: .{0,60})?"
    r"|direct link to .{1,80}|permalink(?: (?:to|for) .{1,80})?|anchor(?: link)?(?: (?:to|for) .{1,80})?"
    r"|copy (?:link|url|section link|to clipboard)|copied!?|link copied!?|section titled .{1,80}"
    r"|direkter link zu .{1,80}|lien (?:direct|permanent)(?: vers .{1,80})?|enlace directo a .{1,80}"
    r"|リンクをコピー|复制链接|複製連結"
)
_NOTE = _Whole(f"{_NEW_WINDOW}|{_PERMALINK}")

_WIDGET = re.compile(
    r"bread ?crumbs?|brotkrumen|fil d.ariane|パンくず|面包屑|current location"
    r"|^(?:share|sharing|social)(?: (?:this|media|links|networks|buttons|options|icons|on|via))?\b.{0,20}$"
    r"|^(?:teilen|partager|compartir|compartilhar|condividi)$"
    r"|cookie (?:banner|consent|notice|bar|dialog|preferences|settings|control|message|popup)|^cookies?$"
    r"|consent (?:banner|manager|dialog|preferences|choices)|privacy preference|datenschutzeinstellungen"
    r"|table of contents|on this page|in this article|page contents|inhaltsverzeichnis|table des matières|目次"
    r"|目录"
    r"|related (?:articles?|content|links?|topics?|posts?)|recommended|you may also like|see also"
    r"|paginat|\bpager\b|next and previous|previous and next|doc(?:s|ument)? pages"
    r"|(?:language|locale|country|region) (?:selector|switcher|picker|menu|selection)|select (?:a "
    r"|your )?language"
    r"|site (?:search|navigation|menu|footer|header|map)|main (?:menu|navigation)|(?:footer|header|side"
    r"|top) (?:menu|navigation|nav|bar|links)|\bsidebar\b|skip (?:links?|to)"
    r"|^(?:give |send |page |article )?feedback$|was this .{0,20}helpful|^newsletter|^subscri(?:be|ption form)"
    r"|\bchat(?:bot)?$|\bassistant$|^ask ai|^advertisement",
    re.IGNORECASE,
)

_TOGGLE = _Whole(
    r"(?:learn|read|see|show|view|load) (?:more|less|all|details)|more|less|more (?:info(?:rmation)?|details)|details"
    r"|(?:expand|collapse|open|close|hide)(?: all| section| details)?|toggle(?: section| details)?"
    r"|(?:mehr|weniger) (?:erfahren|anzeigen|lesen|dazu)|weiterlesen|aufklappen|en savoir plus|(?:voir|lire|afficher)"
    r" (?:plus|moins|la suite)|más información|(?:leer|ver|mostrar) más|saiba mais|(?:ver|ler|mostrar) mais"
    r"|(?:scopri|leggi|mostra) (?:di )?più|meer (?:informatie|lezen|weergeven)|więcej"
    r"|続きを読む|もっと(?:見る|読む)|詳細"
    r"|(?:查看|了解|阅读)更多|展开|收起|더 ?보기|자세히(?: 보기)?"
)
_EDIT = re.compile(
    r"\s*\[?\s*(?:edit|modifier|bearbeiten|editar|modifica|bewerken|edytuj|править|編集|编辑|編輯|편집)"
    r"(?:\s?[|·]?\s?(?:edit source|edit|modifier le code|quelltext bearbeiten|source))?\s*\]?\s*",
    re.IGNORECASE,
)
_SOCIAL = _Whole(
    r"(?:(?:click to )?(?:share|post|tweet|save|print|e-?mail|follow(?: us)?)(?: (?:this|it))?"
    r"(?: (?:on|via|to|by|with))? ?)?"
    r"(?:facebook|twitter|x(?: \(?(?:formerly )?twitter\)?)?|tweet|linkedin|instagram|youtube|tiktok|reddit"
    r"|pinterest|whatsapp"
    r"|telegram|threads|bluesky|mastodon|tumblr|xing|vk(?:ontakte)?|weibo|微博|wechat|微信|line|hatena|pocket|messenger|snapchat"
    r"|hacker news|flipboard|e-?mail|print|rss)(?: page| profile| channel)?(?: \(opens in (?:a )?new (?:window|tab)\))?"
    r"|click to (?:share|e-?mail|print)\b.{0,60}"
)
_CONTENTS = _Whole(
    r"(?:table of )?contents?(?: of (?:this|the) (?:page|policy|article|document))?|(?:on|in) this (?:page"
    r"|article|document|policy|section|notice)|jump to(?: (?:a )?section)?"
    r"|(?:quick )?(?:links|navigation|index|outline|sections)|table of content|page (?:contents|navigation"
    r"|sections)|what's on this page|skip to section"
    r"|inhalt(?:sverzeichnis|sübersicht)?|auf dieser seite|in diesem artikel|übersicht|sommaire"
    r"|table des matières|sur cette page|dans cet article"
    r"|(?:tabla de )?contenidos?|índice|en esta página|en este artículo|índice de contenidos"
    r"|indice(?: dei contenuti)?|in questa pagina|conteúdo|nesta página|sumário"
    r"|inhoud(?:sopgave)?|op deze pagina|spis treści|innehåll|obsah|содержание|目次|目录|目錄|このページの内容"
    r"|本页内容|本頁內容|목차|内容"
)
_FEEDBACK = _Whole(
    r"(?:was|is|did you find|did) (?:this|the) (?:article|page|information|answer|content|post|section|doc(?:s"
    r"|umentation)?|help)(?: page)? ?(?:helpful|useful|help you|answer your question|clear)?(?: to you)?"
    r"|(?:was|is) this (?:helpful|useful)|did this (?:answer your question|help)|(?:how )?(?:helpful"
    r"|useful) was this.{0,30}|rate this (?:page|article)"
    r"|\d[\d.,]* (?:out )?of \d[\d.,]* (?:people )?found this (?:helpful|useful)|\d[\d.,]* (?:people"
    r"|users) found this (?:helpful|useful)"
    r"|submit a request|still need help|have more questions\??(?: submit a request)?"
    r"|thanks? (?:you )?for (?:your|the|sharing your) feedback"
    r"|war (?:dieser|dieses|diese) (?:artikel|beitrag|seite|information(?:en)?|thema) hilfreich|cet? (?:article"
    r"|page|contenu|information) (?:vous )?a(?:-t-il|-t-elle)? (?:été )?(?:utile|aidé)|(?:cet article"
    r"|cette page) vous a-t-(?:il|elle) été utile"
    r"|¿?(?:te |le )?(?:fue|ha sido|resultó|resulta) (?:útil|de ayuda)(?: (?:este|esta) (?:artículo|página"
    r"|información))?|¿?(?:este|esta) (?:artículo|página|información) (?:te |le )?(?:fue|ha sido"
    r"|ha resultado) útil|questo articolo (?:ti )?è stato utile|(?:este|esta) (?:artigo|página) foi útil"
    r"|esse artigo foi útil"
    r"|was dit (?:artikel|nuttig).{0,20}|この(?:記事|ページ|情報)は(?:役に立ちましたか|役立ちましたか"
    r"|お役に立ちましたか)|(?:本|这|此|該|这篇|這篇)(?:文|篇)?(?:文章|信息|页面"
    r"|頁面)?(?:对您)?(?:是否)?(?:有帮助|有幫助|有用)(?:吗|嗎)?"
)
_RELATED = _Whole(
    r"related(?: (?:articles?|content|links?|topics?|posts?|pages?|resources?|documents?|policies|information"
    r"|reading|help|stories))?"
    r"|(?:see|read|you may|you might) also(?: (?:like|be interested in|need))?|recommended(?: (?:articles"
    r"|for you|reading|content))?|more (?:articles|resources|policies|from .{1,40}|in this section|to explore"
    r"|help)|recently viewed(?: articles)?|keep reading|explore more|articles in this section|popular articles"
    r"|up next|what.s next|next steps|(?:recent|latest|more|other|popular|featured) (?:posts?|stories|news"
    r"|updates|articles)"
    r"|(?:(?:latest|news|more) )?(?:from|on) (?:our|the) blog|share(?: this| this article| this page)?:?|follow us"
    r"|previous versions?|past versions?"
    r"|comments?(?: \(\d+\))?|\d+ comments?|(?:leave|post|add|write) (?:a |your )?(?:reply|comment)"
    r"|join the (?:discussion|conversation)|(?:change|choose|select)(?: your| a)? (?:region|country|language|location)"
    r"|(?:verwandte|ähnliche|weitere) (?:artikel|beiträge|themen|inhalte|links)|(?:articles?|contenus?"
    r"|sujets?) (?:associés?|similaires|connexes|liés)|artículos? relacionados?|(?:articoli"
    r"|contenuti) correlati|artigos relacionados|gerelateerde artikelen"
    r"|関連(?:記事|リンク|ページ|情報|コンテンツ)|相关(?:文章|链接|内容)|相關(?:文章|連結|內容)|관련 (?:문서|글)"
)
_LINE = _Whole(
    r"skip (?:to|navigation|nav)(?: (?:the )?(?:main |primary |page )?(?:content|navigation|menu|footer"
    r"|search))?"
    r"|(?:back|return|scroll|go) to (?:the )?top(?: of (?:the )?page)?|top of page|zum seitenanfang"
    r"|haut de page|retour en haut|volver arriba|torna su|voltar ao topo|ページトップへ|返回顶部|回到頂部"
    r"|(?:print|share|save|email|copy|listen to|follow|bookmark) (?:this |the )?(?:page|article|link|url"
    r"|post)(?: as markdown| for llm| as pdf)?|copy as markdown|view as markdown|open in (?:chatgpt|claude"
    r"|new tab)|seite drucken|imprimer cette page"
    r"|(?:show|read|view|see|load) (?:more|less)|(?:expand|collapse)(?: all)?(?: sections)?|(?:expand|open"
    r"|close|show|hide|collapse) (?:all|menu|sidebar|table of contents|navigation)(?: sections)?"
    r"|toggle .{1,30}|alle (?:öffnen|schließen)|tout (?:ouvrir|fermer|déplier|replier)"
    r"|share (?:(?:this )?(?:article|page) )?(?:on|via) .{1,40}"
    r"|(?:showing |results? )?\d+\s*(?:-|–|—|to|bis|à|di|～|~)\s*\d+\s*(?:of|von|sur|de|di|van"
    r"|/)\s*\d+(?: (?:entries|results|items|rows))?|page \d+ (?:of|/) \d+|(?:rows|items|entries"
    r"|results) per page:?(?: \d+)?|seite \d+ von \d+"
    r"|(?:this )?(?:article|post|page) is closed for comments|comments are (?:closed|off|disabled)"
    r"|(?:please )?(?:sign|log) in to (?:leave|post|add|write) a (?:comment|reply)|be the first to comment"
    r"|your e-?mail address will not be published.{0,60}|required fields are marked.{0,5}|\d+ comments?|suggest edits?"
    r"|selecting (?:a )?(?:region|country|language).{0,70}|edit this page(?: on .{1,20})?"
    r"|(?:jump|skip) to (?:navigation|search|content|main content)(?: (?:jump|skip) to (?:navigation|search|content))*"
    r"|retrieved from .{0,4}https?:\S+|from (?:\w+[ .'-]){1,6}wiki|from wikipedia, the free encyclopedia"
    r"|\d+ min(?:utes?|s)?\.? (?:read|reading time)|(?:estimated )?reading time:? \d+ min(?:utes?)?|loading"
    r"|please wait|your browser does not support .{1,60}"
    r"|(?:dark|light|system) (?:mode|theme)|(?:choose|select|change) (?:a |your )?(?:language|region|country"
    r"|location)"
)
_BUTTON = _Whole(
    r"print|share|save|email|copy|listen|follow(?: us)?|like|tweet|bookmark|copy page|share(?: this)?"
    r"|download(?: (?:as )?pdf)?|teilen|drucken|partager|imprimer|compartir|imprimir|condividi|stampa"
    r"|previous|next|prev|(?:previous|next) (?:page|article|post|section)|learn more|see details|nach oben|dark"
    r"|light"
    r"|search(?: results)?|menu|close|log ?in|sign ?(?:in|up)|get started(?: free)?|contact sales|advertisement"
    r"|language|english|sprache|langue|idioma|lingua|言語|语言|語言|share feedback"
    r"|(?:follow us|find us|connect)(?: (?:on|via|with) .{1,40})?"
)
_PAGER = re.compile(
    r"[\W_]*(?:previous|next|prev|zurück|vorherige[rs]?|nächste[rs]?|weiter|précédente?|suivante?|anterior|siguiente|próximo"
    r"|precedente|successivo|vorige|volgende|poprzedni|następny|前へ|次へ|上一[页篇頁]|下一[页篇頁]|이전|다음)(?:\b|[:：]|$)",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    r"[\W_]*(?:(?:©|\(c\)|copyright)\W*(?:copyright\W*)?(?:(?:19|20)\d\d|[^.]{0,60}\b(?:19|20)\d\d\b).{0,160}"
    r"|.{0,80}©.{0,80}|.{0,80}\ball rights reserved\b.{0,40})$",
    re.IGNORECASE,
)
_CONSENT = re.compile(r"\bcookies?\b|consent|einwilligung|クッキー|cookie", re.IGNORECASE)
_CHOICE = re.compile(
    r"\b(?:accept|agree|reject|decline|deny|allow|manage|customi[sz]e|preferences|settings|got it|ok|opt.?out"
    r"|continue)\b"
    r"|akzeptieren|zustimmen|ablehnen|accepter|refuser|aceptar|rechazar|accetta|rifiuta|aceitar|accepteren"
    r"|同意|接受|拒否|許可",
    re.IGNORECASE,
)
_DECISION = _Whole(
    r"(?:i |yes,? (?:i )?)?(?:accept|agree|allow|reject|decline|deny|refuse|disagree|consent)\b.{0,30}"
    r"|ok(?:ay)?|got it!?"
    r"|i understand|understood|only (?:necessary|essential)\b.{0,20}|(?:necessary|essential) (?:cookies )?only|opt.?out"
    r"|continue without\b.{0,20}|(?:alle )?(?:akzeptieren|zustimmen|ablehnen|annehmen|verstanden|einverstanden)"
    r"|alle\b.{0,12}\b(?:akzeptieren|zulassen|ablehnen)|(?:nur )?(?:essenzielle|notwendige)\b.{0,30}"
    r"|(?:tout |j['’])?(?:accept|refus)(?:er|e)(?: tout| et\b.{0,12})?|continuer sans accepter"
    r"|ok,? (?:tout accepter|pour moi)"
    r"|(?:aceptar|rechazar|aceitar|rejeitar|recusar|accetta|accetto|rifiuta|rifiuto)(?: (?:todas?|todos|tutti|tutto))?"
    r"(?: (?:las |os |i )?cookies?)?|accepteren|weigeren|alles (?:accepteren|weigeren)"
    r"|(?:全て|すべて)?(?:同意|許可|拒否)(?:する|します)?|(?:全部)?(?:接受|同意|拒绝)(?:全部)?|동의(?:합니다)?|거부"
)
_HOME = _Whole(
    r"home(?:page)?|start(?:seite|page)?|accueil|inicio|início|home ?page|pagina iniziale|strona główna|hjem|hem"
    r"|etusivu|главная|ホーム|トップ(?:ページ)?|首页|首頁|主页|홈|الرئيسية"
)
_LETTER = re.compile(
    r"newsletter|\bsubscribe\b|stay (?:up to date|updated|informed|in the loop|in touch)|sign up (?:for|to)"
    r"|join our (?:mailing|community)|get the latest|abonnier|abonnez|suscr[íi]b|iscriviti|inscreva|メルマガ"
    r"|订阅|訂閱",
    re.IGNORECASE,
)


_CHAT = re.compile(
    r"\bhow (?:can|may) (?:i|we) (?:help|assist)\b|\bask me (?:anything|a question)\b|wie kann ich (?:ihnen|dir) helfen"
    r"|comment puis-je vous aider|(?:en qué|cómo) puedo ayudar|come posso aiutar|como posso ajudar|hoe kan ik (?:je|u)"
    r"|ご用件|何かお(?:困り|手伝い)|有什么可以帮|有什麼可以幫|무엇을 도와",
    re.IGNORECASE,
)


def is_note(text: str) -> bool:
    """A note for screen readers beside a link or heading."""
    return bool(_NOTE.fullmatch(text))


def is_widget(name: str) -> bool:
    """The accessible name of a container that is no text of the page."""
    return bool(_WIDGET.search(name))


def is_toggle(text: str) -> bool:
    """What a button says that opens more of the text, and names nothing of it."""
    return len(text) < 40 and bool(_TOGGLE.fullmatch(text))


def is_social(text: str) -> bool:
    """The name of a network or a way to pass the page on."""
    return len(text) < 90 and bool(_SOCIAL.fullmatch(text))


def is_section_edit(text: str) -> bool:
    """A wiki's link to edit a section."""
    return len(text) < 40 and bool(_EDIT.fullmatch(text))


def is_home(text: str) -> bool:
    """A link to the home page."""
    return len(text) < 20 and bool(_HOME.fullmatch(text))


def turns_page(text: str) -> bool:
    """A link to the page before or after this one."""
    return len(text) < 120 and bool(_PAGER.match(text))


def is_contents(text: str) -> bool:
    """The title of a table of contents."""
    return len(text) < 60 and bool(_CONTENTS.fullmatch(text))


def is_feedback(text: str) -> bool:
    """The question of a feedback box."""
    return len(text) < 100 and bool(_FEEDBACK.fullmatch(text))


def is_related(text: str) -> bool:
    """The title of a list of other pages."""
    return len(text) < 60 and bool(_RELATED.fullmatch(text))


def is_line(text: str) -> bool:
    """A line that belongs to the site and says nothing of the policy."""
    return len(text) < 80 and bool(_LINE.fullmatch(text))


def is_button(text: str) -> bool:
    """A word on a button or in a menu; it may also be a word of the policy, and decides nothing alone."""
    return len(text) < 40 and bool(_BUTTON.fullmatch(text))


def is_copyright(text: str) -> bool:
    """The copyright line at the foot of a site."""
    return len(text) < 240 and bool(_COPYRIGHT.match(text))


def asks_consent(text: str) -> bool:
    """Words of a cookie dialog."""
    return bool(_CONSENT.search(text) and _CHOICE.search(text))


def decides(text: str) -> bool:
    """A button that accepts or refuses; one that leads to the settings does neither, and stands in policies too."""
    return len(text) < 50 and bool(_DECISION.fullmatch(text))


def greets(text: str) -> bool:
    """Words of a chat that waits for a question."""
    return bool(_CHAT.search(text))


def invites(text: str) -> bool:
    """Words of a box that asks to subscribe."""
    return bool(_LETTER.search(text))
