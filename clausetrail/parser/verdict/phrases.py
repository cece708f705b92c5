"""What pages say that are no policy, in the languages that policies come in.

A phrase counts where it *opens* a line, after an apology or an interjection at most: a policy may speak of pages that
are not found, but it does not open its lines with "Page not found".
"""

from __future__ import annotations

import re
from collections.abc import Callable

from clausetrail.parser.remembered import remembered

_OPENERS = (
    r"oops|ups+|uh[ -]?oh|oh no|oh,? snap|whoops|hmm+|sorry|we are sorry|we're sorry|we apologi[sz]e|unfortunately|"
    r"désolée?|nous sommes désolés|tut uns leid|es tut uns leid|entschuldigung|leider|lo sentimos|vaya|"
    r"desculpe|lamentamos|ci dispiace|spiacenti|helaas|przepraszamy|ojej|notice|error|alert|attention|"
    r"抱歉|对不起|很抱歉|申し訳(?:ありません|ございません)(?:が)?|죄송합니다|but|this|the|it (?:looks|seems) like"
)
_LINE = 300
_OPENED = rf"^\W*(?:(?:{_OPENERS})\b\W*){{0,3}}"


class Opening:
    """Phrases with which a line may open."""

    def __init__(self, *phrases: str) -> None:
        pattern = re.compile(_OPENED + f"(?:{'|'.join(phrases)})")

        @remembered(longest=_LINE)
        def end(text: str) -> int:
            match = pattern.match(text)
            return match.end() if match else -1

        self.end: Callable[[str], int] = end
        """Where the phrase ends with which a text in lower case opens; -1 where it opens with none."""


ERROR = Opening(
    # A program that broke.
    r"application error\b.{0,40}(?:exception|occurred)|application error$",
    r"(?:an? )?(?:unexpected|unknown|internal|server|critical|fatal) (?:\w+ )?error\b(?: has)? ?(?:occurr?ed|$|:|\.)",
    r"(?:an )?error (?:has )?occurr?ed",
    r"(?:sorry, )?(?:something|some ?thing'?s|somethings?) (?:went|has gone|is|'s gone|gone) (?:wrong|broken|awry)",
    r"(?:that|there)(?:'s| is| was| has been)? (?:an?|been an?) (?:\w+ )?(?:error|problem)(?: (?:loading|with|"
    r"on) .{0,40}|"
    r"[.!]|$)",
    r"we(?:'re| are|'ve| have)? (?:having|experiencing|encountered|hit|run into|ran into|all mixed up)\b.{0,40}"
    r"(?:trouble|problems?|difficulties|issues?|error|snag|mixed up)",
    r"we're all mixed up|whitelabel error page|server error in '/'|uncaught \w*(?:error|exception)|"
    r"traceback \(most recent",
    r"(?:php )?(?:fatal|parse) error:|warning: \w+\(\)|stack trace:|nosuchkey|accessdenied\b",
    # A server, or something before it.
    r"(?:http )?(?:error )?5\d\d\b.{0,6}(?:error|internal|bad|service|gateway|server|unavailable|$|:)",
    r"internal server error|bad gateway|service (?:temporarily )?unavailable|gateway time-?out|"
    r"no healthy upstream|upstream (?:connect error|request timeout)|web server is down|connection timed out|"
    r"origin is unreachable|request could not be satisfied|error establishing a database connection|"
    r"account (?:has been )?suspended|domain (?:is|has) (?:expired|parked|for sale)|host error|dns resolution error",
    r"(?:page|site|content|website|service|resource|feature|app)(?: you requested| you're looking for)?"
    r"(?: is|'s| isn't| is not| are not| could not| couldn't| cannot| can't| failed to)"
    r"(?: be)?(?: currently| temporarily| available| working| not| load| displayed| down| right now| at the moment|"
    r" unavailable| under| being| loaded){1,6}",
    r"(?:down for|undergoing|under|scheduled) (?:scheduled |routine )?maintenance|we'?ll be (?:right )?back|"
    r"be right back|we are (?:currently )?(?:down|offline|performing)",
    r"(?:please )?(?:try )?(?:reload|refresh)(?:ing)? (?:this|the) page|too many requests|rate limit exceeded",
    r"technical (?:difficulties|error|problem)s?|unable to (?:load|connect|process|complete)",
    # Elsewhere.
    r"(?:da ist (?:wohl )?|hier ist )?etwas (?:ist )?(?:schief\s?gegangen|schiefgelaufen)|"
    r"(?:ein |es ist ein )?(?:unerwarteter |interner |technischer )?(?:server)?fehler (?:ist )?aufgetreten|"
    r"es ist ein (?:\w+ )?fehler aufgetreten|diese seite ist (?:momentan|derzeit|zurzeit|leider|gerade|vorübergehend)|"
    r"wartungsarbeiten|seite wird (?:derzeit|gerade) gewartet|interner serverfehler|"
    r"aktualisiere diese seite|(?:der )?dienst (?:ist )?(?:derzeit )?nicht (?:verfügbar|erreichbar)",
    r"(?:une )?erreur (?:interne|inattendue|est survenue|s'est produite|du serveur|5\d\d)|"
    r"(?:un problème|quelque chose) (?:est survenu|s'est produit|s'est mal passé|n'a pas fonctionné)|"
    r"(?:cette page|ce site|le site|le service) est (?:actuellement|temporairement|momentanément)? ?"
    r"(?:indisponible|en maintenance|inaccessible)|site en maintenance",
    r"(?:se ha producido|ha ocurrido|ocurrió|hubo) un (?:\w+ )?(?:error|problema)|algo (?:ha salido|salió|fue) mal|"
    r"error (?:interno|inesperado|del servidor)|(?:esta página|el sitio|este sitio|el servicio) no está disponible|"
    r"(?:sitio )?en mantenimiento",
    r"(?:ocorreu|aconteceu) um (?:\w+ )?(?:erro|problema)|algo (?:deu|correu) (?:errado|mal)|"
    r"erro (?:interno|inesperado|do servidor)|(?:esta página|este site|o site) (?:não está|está temporariamente)|"
    r"(?:site )?em manutenção",
    r"si è verificato un (?:\w+ )?(?:errore|problema)|qualcosa è andato storto|errore (?:interno|imprevisto|"
    r"del server)|"
    r"(?:questa pagina|il sito|il servizio) (?:non è|è temporaneamente|è momentaneamente)|(?:sito )?in manutenzione",
    r"er is (?:iets|een (?:\w+ )?fout) (?:mis|fout|opgetreden)|er ging iets (?:mis|fout)|"
    r"(?:deze pagina|deze site|de website) is (?:momenteel|tijdelijk|op dit moment)|interne serverfout|onderhoud$",
    r"(?:coś poszło nie tak|wystąpił (?:\w+ )?(?:błąd|problem)|(?:wewnętrzny )?błąd serwera|"
    r"(?:strona|witryna|usługa) jest (?:chwilowo|tymczasowo|obecnie)|przerwa techniczna)",
    r"(?:页面|网页|网站|服务)?(?:出错了|出错啦|发生错误|加载失败|暂时无法访问|暂不可用)|服务器(?:内部)?错误|"
    r"系统(?:错误|繁忙|维护)|网络错误",
    r"(?:予期(?:しない|せぬ))?エラーが発生|問題が発生|サーバー?エラー|(?:現在|ただいま)(?:メンテナンス|"
    r"ご利用いただけ|アクセス)|メンテナンス中",
    r"(?:예기치 않은 |알 수 없는 )?(?:오류|문제)가 발생|서버 오류|일시적(?:인|으로)|서비스 점검|페이지를 로드할 수 없",
)
"""A crash, a failing server, a page that could not be loaded."""

NOT_FOUND = Opening(
    r"(?:http )?(?:error ?)?(?:code )?:?\s?40[4]\b.{0,4}(?:error|not found|page|file|$|-|:|\|)|40[4]$|410\b.{0,3}gone",
    r"(?:page|file|article|document|content|url|resource|link|post|site|website|object|listing|entry)s? "
    r"(?:was |is |has been |could |can |does |you )?(?:not |no longer |n't )?(?:be )?"
    r"(?:not found|found|missing|exist|gone|removed)(?:[.!]|$| \W| on this server)",
    r"(?:page|file|article|document|content|resource|link|url|requested url .{0,60})"
    r" (?:you(?:'re|'ve| are| were| have)? ?(?:\w+ )?(?:looking for|trying to (?:reach|access|view|find|visit)|"
    r"requested|"
    r"followed|clicked|searched for|wanted|seek)|that you|requested)?"
    r".{0,40}?(?:not found|(?:doesn't|does not|didn't|no longer|not) (?:seem to |appear to )?exist|"
    r"(?:can't|cannot|could not|couldn't|can not) be (?:found|located)|"
    r"(?:may|might|could|has|have|was|been|is|no longer|probably|either|\W)+ "
    r"(?:been )?(?:moved|removed|deleted|renamed|gone|no longer available|unavailable|expired|missing|wandered))",
    r"(?:page|article|file|document|content|link)(?:'s)? (?:doesn't|does not|no longer) exists?",
    r"(?:not found|nothing (?:was )?found(?: here)?|no (?:results|matches|such page))(?:[.!]|$| \W)|"
    r"nothing to see here",
    r"we (?:can't|cannot|can not|couldn't|could not|weren't able to|were unable to|were not able to) (?:seem to )?"
    r"(?:find|locate) (?:the|that|this|what|your|a) ?(?:page|article|file|document|content|you|link|url|resource)?",
    r"(?:you(?:'ve| have)? (?:may have|might have|seem to have|have|'ve)? ?(?:mis-?typed|reached a page|followed a "
    r"(?:broken|dead|bad)|found a (?:broken|dead)|hit a dead|got lost|are lost))",
    r"looks like (?:you're lost|this page|the page|you've|nothing)|you(?:'re| are) not authorized to access this page|"
    r"(?:broken|dead) (?:link|page|end)$|page (?:un)?available$|that page (?:doesn't|can't|isn't)",
    r"(?:this |the )?(?:page|content|article) (?:isn't|is not) available(?:[.!]|$)|page unavailable",
    # Elsewhere.
    r"(?:die |diese |angeforderte |gesuchte |gewünschte |von ihnen \w+ |aufgerufene )*seite "
    r"(?:wurde |konnte |existiert |ist |leider |die du suchst |die sie suchen |, )*(?:nicht|nicht mehr)\b.{0,25}"
    r"(?:gefunden|existiert|vorhanden|verfügbar|existieren|$)|seite nicht gefunden|nicht gefunden$|"
    r"(?:fehler ?404)|wir (?:konnten|können) (?:die|diese|ihre) (?:\w+ )?seite (?:leider )?nicht finden",
    r"page (?:non trouvée|introuvable|inexistante)|(?:la |cette )page .{0,60}(?:n'existe (?:pas|plus)|introuvable|"
    r"n'a pas (?:pu être|été) trouvée|n'est plus disponible|a été (?:supprimée|déplacée))|erreur ?404|"
    r"contenu introuvable|nous (?:n'avons pas|ne parvenons pas à) (?:pu )?trouv",
    r"(?:la )?página .{0,60}?(?:no (?:encontrada|existe|se (?:ha )?(?:encontr|pud)\w*|está disponible)|"
    r"ha sido (?:eliminada|movida))|página no encontrada|error ?404|no (?:hemos podido|podemos|pudimos|se ha podido) "
    r"encontrar (?:la|esta|esa) página",
    r"(?:a |esta )?página .{0,60}?(?:não (?:encontrada|existe|foi encontrada|está disponível|pôde)|"
    r"foi (?:removida|movida))|erro ?404|não (?:conseguimos|foi possível) encontrar (?:a|esta|essa) página",
    r"(?:la )?pagina .{0,60}?(?:non (?:trovata|esiste|è (?:stata trovata|disponibile|più disponibile))|"
    r"è stata (?:rimossa|spostata))|errore ?404|non (?:riusciamo a|abbiamo) trova",
    r"(?:de )?pagina .{0,60}?(?:niet (?:gevonden|beschikbaar|meer)|bestaat (?:niet|niet meer))|"
    r"(?:deze )?pagina (?:is )?niet gevonden|we (?:konden|kunnen) (?:de|deze) pagina niet vinden",
    r"(?:ta )?strona .{0,60}?(?:nie (?:została znaleziona|istnieje|jest dostępna)|nie znaleziono)|"
    r"nie (?:znaleziono|można znaleźć|znaleźliśmy)(?: tej)? (?:strony|podstrony)|błąd ?404",
    r"(?:您|你)?(?:访问|请求|要?查?找|浏览)?的?(?:页面|网页|頁面|網頁|内容|文章)(?:不存在|未找到|找不到|"
    r"已(?:被)?(?:删除|移除|下线|失效))|"
    r"找不到(?:该|您|你|此)?.{0,10}(?:页面|网页|頁面|網頁)|未找到(?:该)?页面",
    r"(?:お探しの|ご指定の|指定された|アクセスしようとした)?(?:ページ|記事|url)(?:が|は|を)?"
    r"(?:見つかりません|見つけられません|存在しません|ございません|削除)|ページが見つかりません",
    r"(?:요청하신 |찾으시는 |해당 )?(?:페이지|문서)(?:를|가) (?:찾을 수 없|존재하지 않|없습니다)",
)
"""The page is not, or no longer, there."""

GEO = Opening(
    r".{0,60}?(?:is|are|isn't|aren't) (?:currently |presently |yet )?(?:not |un)?(?:yet )?(?:currently )?"
    r"(?:available|accessible|supported|offered) (?:in|from|for|to) (?:users in )?"
    r"(?:your|this|the) (?:current )?(?:country|region|location|area|territory|jurisdiction|european|eu)\b",
    r"(?:access (?:to this (?:page|site|website|content) )?(?:is |has been )?(?:denied|blocked|restricted|forbidden|"
    r"unavailable) (?:in|from|for|based on) (?:your|this) (?:\w+ )?(?:country|region|location|area|ip))",
    r"(?:content|page|site|website|service|app|we) .{0,40}(?:unavailable|blocked|restricted|not available|"
    r"(?:do|does) not (?:support|serve)|can't (?:offer|serve)) .{0,20}(?:in|for|from) (?:your|this) (?:country|region|"
    r"location|area|territory)",
    r"unavailable (?:for legal reasons|in your (?:country|region|location|area))|(?:error )?451\b|"
    r"not available in your (?:country|region|location|area)|unsupported (?:country|region|location)|"
    r"(?:app|service|claude|chatgpt) ?unavailable in (?:your )?region",
    r".{0,50}?(?:in (?:ihrem|deinem|diesem) (?:land|region|standort|gebiet)|in (?:ihrer|deiner|dieser) region) "
    r".{0,20}nicht (?:verfügbar|zugänglich|erreichbar)",
    r".{0,50}?(?:n'est|ne sont) pas (?:encore )?(?:disponibles?|accessibles?) dans (?:votre|ce|cette) (?:pays|région)",
    r".{0,50}?no (?:está|están) disponibles? en (?:tu|su|este|esta) (?:país|región|ubicación)",
    r".{0,50}?não (?:está|estão) (?:disponível|disponíveis) (?:no seu|em seu|na sua|neste) (?:país|região|local)",
    r".{0,50}?non (?:è|sono) disponibil[ei] nel(?:la)? (?:tuo|tua|suo|sua) (?:paese|regione|area)",
    r".{0,50}?niet beschikbaar in (?:uw|jouw|je|dit) (?:land|regio)",
    r".{0,50}?nie (?:jest|są) dostępn[ay] w (?:twoim|twojej|tym) (?:kraju|regionie)",
    r".{0,30}?(?:您|你)?所?在?的?(?:国家|地区|國家|地區)(?:或地区|/地区)?(?:不可用|无法(?:使用|访问)|暂不支持|"
    r"不支持|無法使用)|"
    r"(?:不支持|暂未向)(?:您|你)?所在的?(?:国家|地区)",
    r".{0,30}?お(?:住まい|使い)の(?:国|地域)(?:では|からは)(?:ご)?利用(?:いただけ|でき)|この(?:国|地域)ではご?利用",
    r".{0,30}?(?:국가|지역)에서는? (?:사용|이용|제공)(?:할 수 없|되지 않|하실 수 없)",
)
"""Where the reader is, the page is not served."""

LOGIN = Opening(
    r"(?:please |you (?:must|need to|have to) |you'll need to )?(?:be )?(?:log|logged|sign|signed)[ -]?in"
    r"(?: (?:or (?:sign up|register|create (?:an )?account)|to (?:continue|your account|view|access|see|proceed|"
    r"[\w.]+$|[\w.]+ to continue)|into [\w ]{1,20}$|with (?:google|apple|facebook|microsoft|email|sso)|first|page))?"
    r"(?:[.!]|$| \W)",
    r"(?:please |you (?:must|need to|have to) )(?:log|sign|be logged|be signed)[ -]?in\b",
    r"you (?:must|need to|have to|are required to) (?:log|sign|be (?:logged|signed)|register|authenticate)",
    r"log into [\w ]{1,20}$|(?:account )?(?:log|sign)[ -]?in (?:required|page|form)|welcome back[.!]?$|"
    r"members? only|authentication required|enter your (?:password|credentials)|401\b.{0,3}(?:unauthorized|$)|"
    r"(?:create an|don't have an|no) account(?: yet)?\?|forgot(?:ten)? (?:your )?(?:password|account)\??",
    r"(?:bitte )?(?:melde dich|melden sie sich|loggen sie sich|logge dich) .{0,40}(?:an|ein)(?:[.,!]|$| )|"
    r"(?:anmelden|einloggen|anmeldung erforderlich|login)$|du musst dich anmelden|sie müssen sich anmelden|"
    r"passwort vergessen",
    r"(?:veuillez |vous devez (?:vous )?)?(?:connectez-vous|vous connecter|connecter|se connecter|connexion|"
    r"s'identifier|"
    r"identifiez-vous)(?:$| (?:pour|à|requise|avec))|mot de passe oublié",
    r"(?:inicia(?:r)? sesión|debes iniciar sesión|inicie sesión|acceder)(?:$| (?:para|en|con))|"
    r"¿?(?:has )?olvid(?:aste|ado|ó) (?:tu|su|la) contraseña",
    r"(?:faça (?:o )?login|iniciar sessão|fazer login|entrar|inicie sessão|entre)(?:$| (?:para|em|com))|"
    r"esquece(?:u|ste|u-se) (?:a|da|sua|a sua) (?:senha|palavra-passe)",
    r"(?:accedi|effettua (?:il login|l'accesso)|devi accedere|accesso richiesto)(?:$| (?:per|a|con))|"
    r"(?:hai dimenticato la password|password dimenticata)",
    r"(?:log in|inloggen|aanmelden|meld (?:je|u) aan|u moet inloggen|je moet inloggen)(?:$| (?:om|bij|met))|"
    r"wachtwoord vergeten",
    r"(?:zaloguj(?: się)?|logowanie|musisz się zalogować)(?:$| (?:aby|do|przez|się))|nie pamiętasz hasła",
    r"(?:请|請)?(?:先)?(?:登录|登入|登錄)(?:$|后|以|您的|账号|帐号|/|或)|(?:您|你)?(?:需要|尚未|还未|请先)登录|"
    r"忘记密码",
    r"ログイン(?:$|して|が必要|してください|または)|サインイン(?:$|して)|パスワードをお?忘れ",
    r"로그인(?:$|이 필요|해 ?주세요|하세요|하여|후)|비밀번호를? (?:찾기|잊)",
)
"""The page asks who the reader is."""

CHALLENGE = Opening(
    r"just a moment|checking (?:your browser|if the site connection|you)|verif(?:y|ying|"
    r"ication)(?: that)? you(?:'re| are)"
    r"(?: \w+)?(?: a)? ?(?:human|not a (?:ro)?bot|real)|verifying (?:your browser|you)|one more step|"
    r"(?:please )?(?:complete|solve|pass) (?:the|this|a) (?:security check|captcha|challenge|following|puzzle)|"
    r"(?:please )?(?:confirm|prove|verify|make sure)(?: to us)?(?: that)? (?:you|you're|you are)(?: are|'re)? "
    r"(?:a )?(?:human|not a (?:ro)?bot|real person)|are you (?:a )?(?:human|robot|a bot)|i'?m not a robot|"
    r"human verification|(?:let's )?(?:confirm|verify) you are human|press (?:&|and) hold|"
    r"(?:attention required|access denied|security check(?:point)?|pardon our interruption|bot verification|"
    r"ddos protection|browser check|robot check|human check|verification required|request unsuccessful|"
    r"request blocked|you have been blocked|sorry, you have been blocked|we have detected unusual|"
    r"automated access|captcha(?: verification| challenge)?)(?:[!.|:,]|$| by | \W| you don't| to | from | traffic)",
    r"(?:our systems have |we(?:'ve| have)? |has )?(?:detected )?(?:unusual|suspicious|automated) (?:traffic|"
    r"activity|requests|"
    r"behaviou?r)(?: (?:coming )?from your (?:computer )?(?:network|address|"
    r"device)\W*(?:this page checks to see if)?)?|"
    r"to regain access|enable (?:javascript and )?cookies (?:and javascript )?to continue|"
    r"vercel security checkpoint|we're verifying your browser|failed to verify your browser|"
    r"incapsula incident id|(?:cloudflare )?ray id:|reference #\d|you don't have permission to access|"
    r"needs to review the security of your connection|(?:sucuri website firewall|website firewall)|"
    r"you are (?:now )?in (?:the )?(?:line|queue)|you(?:'re| are) in (?:a |the )?(?:virtual )?(?:waiting room|"
    r"queue|line)|"
    r"(?:virtual )?waiting room|your estimated wait|"
    r"please enable js and disable|403\b.{0,3}(?:forbidden|$)|click and hold|slide to (?:verify|complete)|"
    r"as you were browsing, something",
    r"(?:einen moment|nur einen augenblick)(?:, bitte)?|(?:ihr|dein) browser wird überprüft|"
    r"überprüfung(?:, ob)? (?:sie|du)|"
    r"bestätige[n]?(?: sie)?,? dass (?:sie|du) (?:ein mensch|kein roboter)|sicherheits(?:über)?prüfung|"
    r"zugriff verweigert",
    r"(?:un instant|un moment)(?:,? s'il vous plaît)?(?:\W|$)|vérification (?:de sécurité|que vous|de votre)|"
    r"vérifiez que vous êtes (?:humain|un humain)|accès (?:refusé|interdit)|êtes-vous un robot",
    r"(?:un momento|solo un momento)(?:,? por favor)?(?:\W|$)|verifi(?:ca|que|cando) que (?:eres|es|no eres) |"
    r"acceso denegado|comprobando (?:tu|su|el) navegador|¿eres (?:un robot|humano)",
    r"(?:um momento|só um momento)(?:\W|$)|verifi(?:que|cando) (?:se |que )você é |acesso negado|"
    r"verificação de segurança",
    r"(?:un attimo|solo un momento)(?:\W|$)|verifica (?:di essere|che tu sia)|accesso negato|controllo di sicurezza",
    r"(?:een ogenblik|even geduld)(?:\W|$)|(?:controleren|bevestig|verifieer) (?:of|dat) (?:je|u) |toegang geweigerd",
    r"(?:chwileczkę|jeszcze chwila|proszę czekać)|(?:potwierdź|sprawdzamy),? (?:że|czy) |odmowa dostępu|"
    r"dostęp zabroniony",
    r"(?:请稍候|请稍等)|(?:请)?(?:完成|进行)(?:安全|人机|以下)?验证|(?:安全|人机)验证|正在(?:检查|验证)(?:您|"
    r"你)?的?浏览器|"
    r"(?:访问|请求)(?:被)?(?:拒绝|拦截|阻断)|(?:确认|验证)(?:您|你)是(?:真)?人",
    r"しばらくお待ちください|(?:人間|ロボットではない)(?:である)?(?:ことを)?(?:確認|検証)|アクセスが(?:拒否|"
    r"ブロック)|セキュリティ(?:確認|チェック)",
    r"잠시만 기다리|(?:사람|로봇이 아닌지|로봇이 아님)(?:인지|을|을 )?\s?확인|접근이 (?:거부|차단)|보안 (?:확인|검사)",
)
"""A gate keeper asks whether the reader is a person, or refuses to serve."""

REDIRECT = Opening(
    r"(?:you (?:should|will|are|'re)(?: now)?(?: being| be)?(?: automatically)? |you'll be |page is |we are |we're )?"
    r"(?:re-?direct(?:ed|ing)|being (?:sent|taken|transferred)|forwarded)(?: you)?(?: now| shortly| quickly|"
    r" automatically|"
    r" in \d+)?(?: to |[,.… ]|$)",
    r"(?:page|document|article|content|site|policy|object|website|terms)s? (?:has|have) (?:been )?(?:permanently )?"
    r"(?:moved|relocated|migrated)(?: permanently)?(?: to |[,.:]|$| here)",
    r"(?:30[1278]\b ?)?(?:moved permanently|found\. redirecting|temporary redirect|permanent redirect|document moved|"
    r"object moved|moved temporarily)|if you (?:are|'re) not (?:automatically )?redirected|"
    r"(?:please )?click here if you are not|if (?:your browser|the page) does ?n[o']t (?:automatically )?redirect",
    r"(?:sie werden|du wirst|weiterleitung|umleitung).{0,30}(?:weitergeleitet|umgeleitet|$|zu|nach)|"
    r"(?:diese )?seite (?:wurde|ist) (?:verschoben|umgezogen)",
    r"(?:redirection (?:en cours|vers)|vous (?:allez être|êtes) redirigé|cette page a (?:été déplacée|"
    r"changé d'adresse))",
    r"(?:redirigiendo|redireccionando|(?:está|estás|será|serás) (?:siendo )?redirig|esta página se ha (?:movido|"
    r"trasladado))",
    r"(?:redirecionando|(?:você )?(?:está sendo|será) redirecionad|esta página (?:foi movida|mudou))",
    r"(?:reindirizzamento|(?:stai per essere|sarai|verrai|verrà) reindirizzat|questa pagina (?:è stata spostata|si è))",
    r"(?:u wordt|je wordt) (?:\w+ )?(?:doorgestuurd|omgeleid)|(?:deze )?pagina is verplaatst|doorverwijzen",
    r"(?:przekierowanie|trwa przekierow|(?:zostaniesz|za chwilę) .{0,20}przekierow|strona została przeniesiona)",
    r"(?:正在(?:为您)?(?:跳转|重定向)|(?:页面|即将)(?:自动)?跳转|(?:此|本)页面已(?:移至|迁移|移动))",
    r"(?:リダイレクト(?:中|しています|されます)|(?:自動的に)?(?:転送|移動)(?:します|されます)|"
    r"(?:この)?ページは移動しました)",
    r"(?:리디렉션|이동(?:합니다|중입니다| 중)|(?:잠시 후|자동으로) .{0,20}이동|페이지가 이동)",
)
"""The policy stands elsewhere."""

SCRIPT = Opening(
    r"(?:please |you (?:need|have) to |you must |to (?:view|use|run|continue) .{0,60}?)?(?:enable|activate|"
    r"turn on|allow|"
    r"switch on) (?:your )?java ?script",
    r".{0,80}?(?:requires?|needs?|relies on|works? best with|doesn't work (?:properly )?without|"
    r"won't work without|does not work without) (?:you to enable )?java ?script",
    r"java ?script (?:is|has been|seems to be|must be|appears to be)(?: either)? (?:disabled|required|not|turned|"
    r"needed|"
    r"enabled|off)|(?:your browser (?:does not|doesn't) support|browser not supported|unsupported browser)|"
    r"(?:now )?loading(?:\W*$| (?:the )?(?:page|content|application|app)\b)|please wait(?:\W*$| while)|"
    r"(?:your )?browser is (?:out of date|outdated|not supported|no longer supported)",
    r"(?:bitte )?(?:aktivieren sie|aktiviere) .{0,20}javascript|javascript (?:ist )?(?:deaktiviert|erforderlich)|"
    r"wird geladen|bitte warten|lädt",
    r"(?:veuillez )?activ(?:er|ez) .{0,15}javascript|javascript (?:est )?(?:désactivé|requis|nécessaire)|chargement",
    r"(?:por favor,? )?(?:activ[ae]|habilit[ae]|ativ[ae])r? .{0,15}javascript|javascript (?:está )?(?:desactivado|"
    r"deshabilitado|desativado)|cargando|carregando|a carregar",
    r"(?:attiva|abilita)(?:re)? .{0,15}javascript|caricamento|(?:schakel|zet) .{0,20}javascript|"
    r"(?:bezig met )?laden\W*$|"
    r"(?:włącz|aktywuj) .{0,20}javascript|(?:trwa )?ładowanie",
    r"(?:请|請)?(?:启用|开启|打开|允许|啟用).{0,8}javascript|(?:正在)?(?:加载|载入)中?|"
    r"(?:java ?script ?を?有効|読み込み中|ロード中|(?:자바스크립트|javascript)를? ?(?:활성화|사용)|로(?:드|딩) ?중)",
)
"""The page is still to be made, by scripts."""

CALL = re.compile(
    r"^\W*(?:get started|start (?:now|free|your|for free|building|creating)|try (?:it|for|now|free|\w+ (?:free|"
    r"for free|now))|"
    r"sign up|join (?:now|us|free)|(?:book|request|schedule|get|see|watch) (?:a |the )?demo|contact sales|"
    r"talk to (?:sales|"
    r"an expert|us)|buy now|shop now|order now|add to cart|download (?:now|the app|for free|app)|learn more|explore|"
    r"see (?:pricing|plans|how it works)|view (?:pricing|plans)|subscribe(?: now)?|read more|create (?:a free |"
    r"your )?account|"
    r"kostenlos (?:testen|starten)|jetzt (?:testen|starten|kaufen|anmelden)|mehr erfahren|demo (?:anfordern|buchen)|"
    r"essayer gratuitement|commencer|en savoir plus|demander une démo|empezar|prueba gratis|más información|"
    r"solicita(?:r)? una demo|comece (?:agora|grátis)|saiba mais|teste grátis|inizia (?:ora|gratis)|prova gratis|"
    r"scopri di più|"
    r"probeer gratis|aan de slag|meer informatie|wypróbuj|zacznij|dowiedz się więcej|立即(?:开始|体验|购买|下载|"
    r"注册)|免费(?:试用|使用)|"
    r"了解更多|无料で(?:始める|試す)|無料で(?:始める|試す)|詳しく(?:見る|はこちら)|お問い合わせ|시작하기|"
    r"무료(?:로)? (?:시작|체험)|자세히)\b"
)
"""What a button or card of a page that sells says."""
