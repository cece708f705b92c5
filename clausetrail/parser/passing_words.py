"""Words around what passes, in the languages of the date table, as regular expressions whose case is ignored.

Each table has its marks beside it: a text in lower case that holds none of them need not be searched.
"""

from __future__ import annotations

import re

from clausetrail.parser.one_of import one_of


def _marks(words: str) -> re.Pattern[str]:
    return re.compile(one_of(words.split("|")))


IDS = (
    r"(?:cloudflare )?ray id|(?:x-)?(?:amzn-|azure-)?(?:request|trace|correlation|session|transaction|incident|visitor"
    r"|visit"
    r"|support|error|event|client|fingerprint|build)[ -]?(?:id|identifier|token|hash)|reference(?: id| code)?(?= ?[#:])"
    r"|digest|build(?: hash| number)?(?= ?[#:])|nonce|csrf(?:[ -]?token)?"
)
"""Names of ids made for one visit or one build."""
IDS_MARKS = _marks("id|hash|token|reference|digest|nonce|build|csrf")

VOTES = (
    r"found (?:this|it|that)(?: \w+)? (?:very )?(?:help|use)ful|(?:people|users?|readers?) found"
    r"|was this (?:\w+ )?helpful"
    r"|(?:did|have) this (?:article )?help|helpful votes?|fanden (?:dies|das|diesen \w+) hilfreich"
    r"|(?:ont|a) trouvé (?:cela|ceci|cet \w+) utile|(?:les )?pareció útil|acharam (?:isso|isto) útil"
    r"|ritengono sia utile"
    r"|dit nuttig vond|vonden dit nuttig|uważają to za przydatne|считающ\w+ этот материал полезным|это помогло"
    r"|tyckte (?:att )?detta var|fandt dette nyttigt|syntes dette var|piti\w* tätä|faydalı buldu|役に立った|참고가 됐"
    r"|도움이 되었|觉得有帮助|覺得有幫助|认为有用|hữu ích|bermanfaat"
)
"""A clause that speaks so counts votes."""
VOTES_MARKS = _marks(
    "help|found|utile|útil|hilfreich|nuttig|przydatne|полезн|помогло|tyckte|nyttigt|syntes|piti|faydalı|役に立"
    "|참고|도움|有帮助|有幫助|有用|hữu ích|bermanfaat"
)

COUNTED = (
    r"(?:page ?)?views?|reads?|visits?|visitors?|likes?|claps?|shares?|comments?|replies|reactions?|votes?|followers?"
    r"|subscribers?|downloads?|reviews?|ratings?|(?:people |users? )?(?:online|viewing)(?: now)?"
    r"|vues?|lectures?|commentaires?|partages?|aufrufe|kommentare?|ansichten|visitas|visualizações|visualizzazioni"
    r"|comentarios?|comentários?|commenti|weergaven|reacties|wyświetleń|komentarz\w*|просмотр\w*|次(?:浏览|阅读|查看)"
    r"|人浏览|回の閲覧|件のコメント|조회"
)
"""Things counted while people look at a page; they count where a clause is nothing but a number of them."""

COUNTED_NAMES = (
    r"(?:page ?)?views?|reads?|visits?|visitors?|likes?|shares?|comments?|downloads?|vues?|aufrufe|visitas"
    r"|visualizações"
    r"|просмотры|浏览(?:量|次数)?|阅读(?:量|数|次数)?|点击(?:量|数)?|閲覧数|조회수?"
)

MINUTES = (
    r"min(?:ute)?s?[. -]*(?:to )?read(?:ing time|ing|er)?\b|min(?:\.|uten?)? (?:lesezeit|lesedauer|lezen|leestijd)"
    r"|min(?:utes?)? de lecture|min(?:utos?)? de (?:lectura|leitura)|min(?:uti)? di lettura|min czytania"
    r"|min(?:uters?)? läsning|мин(?:ут\w*)? чтения|分钟阅读|分で読めます|분 (?:읽기|분량)"
)
READING_TIMES = (
    r"(?:estimated )?read(?:ing)? time|lesezeit|lesedauer|temps de lecture|tiempo de lectura|tempo de leitura"
    r"|tempo di lettura|leestijd|czas czytania|время чтения|阅读时间|読了時間"
)
"""The time to read a page follows from its length: when it changes alone, the words did not."""
READING_MARKS = _marks("read|lese|leze|lect|leit|lett|leest|czyt|läs|чтени|阅读|読|분")

_UNITS_EN = r"(?:second|sec|minute|min|hour|hr|day|week|month|year)s?"
_SOME_EN = (
    r"(?:(?:about|over|almost|around|more than|less than|nearly) )?"
    r"(?:\d+|an?|one|two|three|four|five|six|a few|several)"
)
_FUZZ = r"(?:\w+ ){0,2}?"

AGES = "|".join(
    (
        rf"{_SOME_EN} ?(?:{_UNITS_EN}|[smhdwy]|mo) ago",
        r"yesterday|today|just now|(?:this|last) (?:week|month|year)|recently",
        (
            rf"il y a {_FUZZ}(?:\d+|une?|quelques) (?:secondes?|minutes?|heures?|jours?|semaines?|mois|ans?|années?)"
            r"|hier|aujourd['’]hui|(?:cette|la) semaine(?: dernière)?|ce mois-ci|le mois dernier"
        ),
        (
            rf"vor {_FUZZ}(?:\d+|einer|einem|einigen) (?:sekunden?|minuten?|stunden?|tag(?:en)?|wochen?|monat(?:en)?"
            rf"|jahr(?:en)?)"
            r"|gestern|heute|(?:diese|letzte) woche|(?:diesen|letzten) monat"
        ),
        (
            rf"hace {_FUZZ}(?:\d+|una?|unos|unas) (?:segundos?|minutos?|horas?|días?|semanas?|mes(?:es)?|años?)"
            r"|ayer|hoy|(?:esta|la) semana(?: pasada)?|este mes|el mes pasado"
        ),
        (
            rf"há {_FUZZ}(?:\d+|uma?) (?:segundos?|minutos?|horas?|dias?|semanas?|m[eê]s(?:es)?|anos?)(?: atrás)?"
            r"|ontem|hoje|(?:esta|nesta|na última) semana|este mês|(?:no )?mês passado"
        ),
        (
            rf"{_FUZZ}(?:\d+|una?|un') ?(?:second[oi]|minut[oi]|or[ae]|giorn[oi]|settiman[ae]|mes[ei]|ann[oi]) fa|ieri"
            rf"|oggi"
            r"|(?:questa|la) settimana(?: scorsa)?|(?:questo|il) mese(?: scorso)?"
        ),
        (
            rf"{_FUZZ}(?:\d+|een) (?:seconden?|minu(?:ut|ten)|uur|dag(?:en)?|we(?:ek|ken)|maand(?:en)?|jaar) geleden"
            r"|gisteren|vandaag|(?:deze|vorige) (?:week|maand)"
        ),
        r"\d+ (?:sekund\w*|minut\w*|godzin\w*|dni|dzień|tygodn\w*|tydzień|miesi\w+|rok|lat\w*) temu|wczoraj|dzisiaj",
        r"acum (?:\d+|o|un) (?:de )?(?:secund\w+|minut\w*|or[ăe]|zi(?:le)?|săptămân\w+|lun[ăi]|an(?:i)?)|ieri|astăzi",
        r"för (?:\d+|en|ett) (?:sekund\w*|minut\w*|timm\w*|dag(?:ar)?|veck\w+|månad(?:er)?|år) sedan|igår|idag",
        (
            r"for (?:\d+|en|et) (?:sekund\w*|minut\w*|time\w*|dag(?:e|er)?|uger?|uker?|måned\w*|år) (?:siden|sia)"
            r"|i går|i dag"
        ),
        r"\d+ (?:sekunti\w*|minuutti\w*|tunti\w*|päivä\w*|viikko\w*|kuukau\w*|vuo\w+) sitten|eilen|tänään",
        r"před (?:\d+ )?(?:sekund\w*|minut\w*|hodin\w*|dn[ye]m?|dny|týdn\w+|měsíc\w*|rok\w*|let\w*)|včera|dnes",
        r"\d+ (?:másodperc\w*|perc\w*|ór\w+|nap\w*|h[eé]t\w*|hónap\w*|év\w*)(?: ezelőtt)?|tegnap|ma",
        r"\d+ (?:saniye|dakika|saat|gün|hafta|ay|yıl) önce|dün|bugün",
        r"(?:\d+ )?(?:секунд\w*|минут\w*|час\w*|д(?:ень|ня|ней)|недел\w+|месяц\w*|год\w*|лет) назад|вчера|сегодня",
        (
            r"(?:\d+ )?(?:секунд\w*|хвилин\w*|годин\w*|д(?:ень|ні|нів)|тиж\w+|місяц\w+|р(?:ік|оки|оків)) тому|вчора"
            r"|сьогодні"
        ),
        r"πριν(?: από)? (?:\d+|μία?|ένα\w?) \w+|χθες|σήμερα",
        (
            r"\d+ ?(?:个|個|か|ヶ|カ)?(?:秒|分钟?|分鐘|小时|小時|時間|天|日|周|週間?|星期|月|年)(?:之?前)|昨天|今天"
            r"|昨日|今日|本周|上周|本月|上月"
        ),
        r"\d+ ?(?:초|분|시간|일|주|개월|달|년) ?전|어제|오늘",
        r"\d+ (?:detik|menit|jam|hari|minggu|bulan|tahun) (?:yang )?lalu|kemarin|hari ini",
        r"\d+ (?:giây|phút|giờ|ngày|tuần|tháng|năm) trước|hôm qua|hôm nay",
        r"(?:منذ|قبل) (?:\d+ )?\w+|أمس|اليوم",
    )
)
"""How long ago something was, or on which day as seen from today."""
AGES_MARKS = _marks(
    " ago|yesterday|today|just now|this week|last week|this month|last month|this year|last year|recently|il y a"
    "|hier|aujourd|semaine|ce mois|le mois|vor |gestern|heute|woche|monat|hace |ayer|hoy|semana|mes|há |ontem"
    "|hoje|mês| fa|ieri|oggi|settimana|geleden|gisteren|vandaag|deze|vorige|temu|wczoraj|dzisiaj|acum|astăzi"
    "|sedan|igår|idag|siden| sia|i går|i dag|sitten|eilen|tänään|před|včera|dnes|ezelőtt|tegnap|önce|dün|bugün"
    "|назад|вчера|сегодня|тому|вчора|сьогодні|πριν|χθες|σήμερα|前|昨|今|本|上|전|어제|오늘|lalu|kemarin|hari ini"
    "|trước|hôm|منذ|قبل|أمس|اليوم"
)

AGED = (
    r"(?:last |recently )?(?:updated?|modified|edited|revised|reviewed|changed|published|posted|created|written|added)"
    r"|last (?:update|change|edit|revision|modification)"
    r"|(?:dernière )?(?:mise à jour|modification)|mis à jour|modifié|publié|actualisé"
    r"|(?:zuletzt )?(?:aktualisiert|geändert|bearbeitet)|veröffentlicht|letzte (?:aktualisierung|änderung)"
    r"|(?:última )?(?:actualización|modificación|atualização|modificação)|(?:actualizad|modificad|publicad"
    r"|atualizad)[oa]"
    r"|ultim[oa] (?:aggiornamento|modifica)|(?:aggiornat|modificat|pubblicat)[oa]"
    r"|(?:laatst )?(?:bijgewerkt|gewijzigd)|gepubliceerd|(?:ostatnia )?aktualizacja|zaktualizowan[oa]|opublikowan[oa]"
    r"|(?:ultima )?actualiza(?:re|t[ăe]?)|publicat|(?:senast )?uppdaterad|(?:sidst )?opdateret|(?:sist )?oppdatert"
    r"|päivitetty"
    r"|aktualizováno|(?:poslední )?aktualizace|frissítve|güncellen(?:di|me)(?: tarihi)?|обновлено|изменено|опубликовано"
    r"|(?:последнее )?обновление|оновлено|ενημερώθηκε|(?:最后|最近|最終)?(?:更新|修改)(?:于|於|时间|日期|日時|日)?"
    r"|发布于|업데이트|수정"
    r"|diperbarui|cập nhật|تم التحديث|آخر تحديث"
)
"""What has an age."""

AGED_AFTER = (
    r"(?:に|前)?(?:更新|修改|公開|投稿|发布)|에? ?(?:업데이트|수정)|(?:bijgewerkt|güncellendi|päivitetty|cập nhật)"
)
"""What had an age that stands before it."""

VISITS = (
    r"(?:your )?last (?:visit(?:ed)?|log-?in|logged in|seen|session)|(?:page )?(?:generated|rendered|cached|served"
    r"|printed"
    r"|accessed|retrieved|fetched|downloaded)(?: on| at| in)?|(?:current|local|server) (?:date|time)(?: and time)?"
    r"|today is"
    r"|today['’]s date(?: is)?|it is now|your (?:ip(?: address)?|location|browser|device)(?: is)?"
    r"|dernière visite|dernière connexion|page générée(?: le)?|nous sommes le|letzter (?:besuch|login)|heute ist"
    r"|última visita|último acceso|último acesso|ultima visita|laatste bezoek|ostatnia wizyta|последн\w+ (?:визит|вход)"
    r"|当前时间|上次(?:访问|登录)|現在時刻|前回のアクセス|마지막 (?:방문|로그인)"
)
"""A short clause that begins so and goes on with a number tells of this visit."""
