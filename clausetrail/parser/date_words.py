"""Words beside which a document prints its own dates, in the languages of the corpus, as regular expressions."""

from __future__ import annotations

from clausetrail.model import DateKind

KEYWORDS: dict[DateKind, tuple[str, ...]] = {
    DateKind.EFFECTIVE: (
        r"effective(?: date)?|in effect|in force|comes? into (?:force|effect)|entry into force|valid from|applies from",
        (
            r"(?:date d['’])?entrée en vigueur|en vigueur|prise d['’]effet|date d['’]effet|applicables?(?= (?:à|au"
            r"|le|dès|depuis))"
        ),
        (
            r"gültig (?:ab|seit)|in kraft(?: getreten)?(?: seit| ab)?|inkrafttreten|gilt ab|wirksam (?:ab|seit)"
            r"|gültigkeitsdatum"
        ),
        (
            r"vigentes? (?:desde|a partir)|(?:fecha de )?entrada en vigor|en vigor|fecha de vigencia|vigencia"
            r"|efectiv[oa] (?:a partir|desde)"
        ),
        r"(?:data de )?entrada em vigor|em vigor|(?:data de )?vigência|vigentes? (?:desde|a partir)|em vigência",
        r"in vigore(?: dal)?|(?:data di )?entrata in vigore|data di efficacia|efficace dal|valid[oai] dal",
        r"geldig vanaf|ingangsdatum|van kracht(?: (?:vanaf|sinds|per|op))?|ingaande op",
        r"obowiązuj[eą](?:cy|ca)? od|(?:data )?wejścia w życie|wchodzi w życie|data obowiązywania",
        r"în vigoare|(?:data )?intrării în vigoare|data intrarii in vigoare|valabil(?:ă|e)? (?:din|de la)",
        r"gäller från|ikraftträdande|træder i kraft|gælder fra",
        r"生效(?:日期|时间|日)?|施行日?|発効日|適用開始日|効力発生日|启用日期|시행(?:일자|일)?|발효일|적용일",
    ),
    DateKind.UPDATED: (
        r"(?:last|latest|recently|most recently|page|document|policy)?\s?(?:updated?|modified|revised|amended|changed)",
        r"last (?:update|revision|modification|change|review|reviewed|edited)|date of (?:the )?(?:last|latest) \w+",
        r"(?:revision|modification|update) date|date updated|version date|as of|current as of|updates?",
        (
            r"(?:date de )?(?:la )?dernière (?:mise à jour|modification|révision|version)|mise? à jour(?: le)?"
            r"|(?:modifiée?|révisée?|actualisée?)s?(?= le)"
        ),
        (
            r"stand(?: vom)?|(?:zuletzt|letztmals) (?:aktualisiert|geändert|überarbeitet|bearbeitet)"
            r"|letzte (?:aktualisierung|änderung|überarbeitung)"
            r"|aktualisiert|geändert|letztes update|datum der letzten \w+"
        ),
        (
            r"última (?:actualización|modificación|revisión|versión)|(?:actualizad|modificad|revisad)[oa]s?"
            r"|fecha de (?:la )?(?:última )?(?:actualización|revisión|modificación)"
        ),
        (
            r"última (?:atualização|modificação|revisão|alteração)|(?:atualizad|modificad|revisad|alterad)[oa]s?"
            r"|data da última \w+"
        ),
        (
            r"ultim[oa] (?:aggiornamento|modifica|revisione|versione)|(?:aggiornat|modificat|rivist)[oaie]"
            r"|data (?:di|dell['’]) ?(?:ultim[oa] )?(?:aggiornamento|modifica|revisione)"
        ),
        (
            r"(?:laatst|voor het laatst) (?:bijgewerkt|gewijzigd|herzien|aangepast)|laatste (?:update|wijziging"
            r"|herziening)|bijgewerkt|gewijzigd|datum laatste \w+"
        ),
        (
            r"(?:data )?(?:ostatnia|ostatniej) (?:aktualizacja|aktualizacji|zmiana|zmiany|modyfikacja|modyfikacji)"
            r"|(?:ostatnio )?zaktualizowan[oaey]|aktualizacja"
        ),
        (
            r"(?:data )?(?:ultim(?:a|ei) )?(?:actualiz(?:are|ări|arii|ării)|modific(?:are|ări|ării))"
            r"|actualizat[ăae]?|revizuit[ăae]?"
        ),
        r"(?:senast|sidst) (?:uppdaterad|ändrad|opdateret|ændret|uppdaterat)|uppdaterad|opdateret",
        r"(?:最后|最近|最新)?(?:更新|修订|修改|修正)(?:日期|时间|日|于)?|版本(?:日期|更新)|最終(?:更新|改定|改訂)日?|改[定訂]日?|更新日時?",
        r"(?:최종|마지막) ?(?:수정|업데이트|개정|변경)(?:일자|일)?|개정(?:일자|일)?|수정일|업데이트",
    ),
    DateKind.PUBLISHED: (
        (
            r"(?:date )?(?:first |originally )?(?:published|posted|issued|released)|publication date"
            r"|date of (?:publication|issue)|release date"
        ),
        r"publiée?(?= le)|date de publication|version (?:en date )?du|version applicable",
        r"veröffentlicht|veröffentlichungsdatum|erstellt|fassung vom|version vom",
        (
            r"publicad[oa]|fecha de publicación|data de publicação|pubblicat[oaie]|data di pubblicazione"
            r"|versione del|versión del?|versão de"
        ),
        r"gepubliceerd|publicatiedatum|versie van|opublikowan[oaey]|data publikacji|publicat[ăe]?|data publicării",
        r"版本?发布(?:日期|时间|日)?|发布(?:日期|时间|日)?|公布(?:日期|时间|日)?|公示(?:日期)?|制定日?|公開日|掲載日|게시일|공고일|제정일?",
        r"dated|date|version(?: dated)?|datum|datée? du|fecha|data(?: di)?|日期|日付",
    ),
}
"""Per kind; the longest keyword nearest to a date decides its kind."""

AFTER = (
    (DateKind.EFFECTIVE, r"\(\s*effective(?: date)?\s*\)|起?\s?(?:正式)?生效|\s?[(（]?施行|\s?시행"),
    (
        DateKind.UPDATED,
        r"\(\s*(?:last )?(?:updated|revised|modified)\s*\)|\s?[(（]?(?:最終)?改[定訂]|\s?[(（]?(?:更新|修订)|\s?개정",
    ),
    (DateKind.PUBLISHED, r"\(\s*published\s*\)|\s?[(（]?(?:制定|公開|发布|公布)|\s?제정"),
)
"""Words directly after a date that say what it is."""

CONNECTORS = (
    r"(?:[\s:：.,|*_()\[\]（）【】=–—-]|(?:date|on|as|of|at|from|since|to|the|is|was|were|and|le|la|du|au|à|compter"
    r"|partir|depuis|dès|dater"
    r"|am|vom|ab|den|dem|seit|und|el|del|de|desde|día|em|a|da|do|partir|dia|il|dal|al|dell|in|op|vanaf|per|per"
    r"|sinds|van"
    r"|z|dnia|od|w|dniu|la|din|data|den|från|fra|d|wef|starting|beginning|für|this|version|policy|page)\b|为|為"
    r"|于|於|自|从|는|은|日期|时间|起)*"
)
"""What may stand between a keyword and its date."""

RANGE = (
    r"[\s,]*(?:[–—~～-]|to|until|till|through|thru|au|jusqu['’]?(?:au|à)?|bis(?: zum)?|hasta(?: el)?|al?"
    r"|até(?: o)?|fino al|tot(?: en met)?|do(?: dnia)?|până la|至|到|から|まで)[\s:]*(?:the|le|el|zum)?\s*"
)
"""Between the two ends of a span of time; only its beginning is declared."""

EARLIER_VERSIONS = (
    r"(?:previous|prior|past|earlier|older|archived?|former|superseded|replaced) (?:versions?|terms|polic\w+"
    r"|updates?|modification\w*|revisions?)"
    r"|version history|archives?\b|versions? (?:précédentes?|antérieures?)|anciennes? versions?"
    r"|(?:frühere|vorherige|ältere|vorige)\w* (?:versionen|version|fassung\w*)|versiones? anterior(?:es)?"
    r"|vers(?:ão|ões) anterior(?:es)?"
    r"|version[ei] precedent[ei]|(?:vorige|eerdere|oudere) versies?|poprzedni\w* wersj\w*"
    r"|versiun\w* (?:anterioar\w*|precedent\w*)"
    r"|历史版本|旧版|以前のバージョン|過去の|이전 (?:버전|약관)|supersedes|replaces"
)
"""What stands after such words is a date of another text."""

STATUTES = (
    r"\b(?:regulation|directive|act|law|statute|code|treaty|convention|règlement|loi|décret|ordonnance|arrêté"
    r"|gesetz|verordnung"
    r"|richtlinie|bdsg|dsgvo|ley|reglamento|directiva|decreto|lei|regulamento|legge|regolamento|direttiva|wet"
    r"|verordening|richtlijn"
    r"|ustaw\w*|rozporządzeni\w*|dyrektyw\w*|legea|regulamentul\w*|agreement|decision|judgment)\b|法律?第|令和|平成"
)
"""What stands after such words in running text is the date of a law or of another paper."""
