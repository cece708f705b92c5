"""Words beside which a document prints its own dates, in the languages of the corpus, as regular expressions."""

from __future__ import annotations

from clausetrail.model import DateKind
from clausetrail.parser.months import WEEKDAY

KEYWORDS: dict[DateKind, tuple[str, ...]] = {
    DateKind.EFFECTIVE: (
        (
            r"in (?:force|effect) (?:on|in|for|at|throughout)\b[^.;:\d]{1,40}?\b(?=since\b|as of\b|from\b)"
            r"|effective(?: date)?|in effect|in force|(?:comes?|came|coming|enters?|entered) into (?:force|effect)"
            r"|entry into force|valid from|appl(?:ies|icable|y) (?:from|as of)|tak(?:es?|ing) effect|took effect"
            r"|goes into effect|start(?:s|ing) date"
        ),
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
        (
            r"gäller från|ikraftträdande|(?:träder|trädde) i kraft|giltigt? från|(?:træder|trådte?) i kraft|gæld(?:er"
            r"|ende) fra"
        ),
        r"ikrafttræd\w+|(?:trer|trådte) i kraft|gjelder fra|gyldig fra|ikrafttredelse\w*",
        r"voimassa(?: alkaen)?|voimaantulo(?:päivä)?|(?:tulee|tullut|astuu|astunut) voimaan",
        (
            r"účinn(?:ost|é|ý|á)(?: od| dnem| ode dne)?|platn(?:ost|é|ý|á) od|nabýv(?:á"
            r"|ají) (?:platnosti a )?účinnosti|v platnosti od"
        ),
        r"hatály(?:os|ba lép(?:és|ett?)?|a)?(?: (?:dátuma|napja|ideje|kezdete))?|érvényes(?:ség kezdete)?",
        r"yürürlü(?:k|ğe giriş|ğe girme)(?: tarihi)?|geçerlilik(?: tarihi)?",
        r"(?:дата )?вступ(?:ления|ает|ил[аои]?|ают)(?: \w+)? в силу|действу(?:ет|ют|ющ\w+) с",
        r"(?:дата )?наб(?:ира|ува|рання|уття|рал|ула)\w* чинності|чинн\w+ з|діє з",
        r"(?:ημερομηνία )?(?:έναρξης? )?ισχύος|ισχύει(?: από)?|σε ισχύ(?: από)?",
        r"(?:tanggal )?(?:mulai )?(?:berlaku|efektif)|(?:ngày )?(?:có )?hiệu lực(?: thi hành)?|áp dụng từ",
        r"(?:تاريخ )?(?:السريان|النفاذ|بدء السريان|سريان المفعول)|ساري\w*(?: المفعول)?|يسري",
        (
            r"生效(?:日期|时间|時間|日)?|施行日?|実施日|實施日期|発効日|適用開始日|効力発生日|启用日期|시행(?:일자"
            r"|일)?|발효일|적용(?:일자|일)"
        ),
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
        r"(?:senast|sist) (?:uppdatera[dt]e?|ändra[dt]|redigera[dt]|reviderad)|senaste (?:uppdatering\w*|ändring\w*)",
        (
            r"uppdatera[dt]|ändra[dt]|(?:sidst|senest) (?:opdateret|ændret|revideret)|(?:seneste|sidste) (?:opdatering"
            r"|ændring)|opdateret"
        ),
        r"(?:sist|senest) (?:oppdatert|endret|revidert)|siste (?:oppdatering|endring)|oppdatert|endret",
        (
            r"(?:viimeksi )?(?:päivitetty|muokattu|muutettu)(?: viimeksi)?|viimeisin (?:päivitys|muutos)"
            r"|päivitys(?:päivä)?"
        ),
        r"(?:datum )?(?:naposledy |poslední )?(?:aktualiz(?:ov\w+|ace)|změn(?:a|ěno|y)|upraveno|revize)",
        (
            r"(?:utoljára |utolsó |legutóbb |legutóbbi )?(?:frissít(?:ve|és|ett)|módosít(?:va|ás|ott))(?: (?:dátuma"
            r"|ideje|napja))?"
        ),
        r"(?:son )?(?:güncelle(?:me|nme|ndi)|değişiklik|revizyon)(?: tarihi)?",
        r"(?:дата )?(?:последн\w+ )?(?:обновлен\w*|изменен\w*|редакци\w+|правк\w+)|актуальн\w+ на|в редакции",
        r"(?:дата )?(?:останн\w+ )?(?:оновлен\w*|змін\w?|редакці\w+)|в редакції",
        r"(?:ημερομηνία )?(?:τελευταία\w? )?(?:ενημέρωσης?|τροποποίησης?|αναθεώρησης?|επικαιροποίησης?)",
        r"(?:τελευταία )?(?:ενημερώθηκε|τροποποιήθηκε|αναθεωρήθηκε)(?: τελευταία)?(?: φορά)?",
        (
            r"(?:tanggal )?(?:terakhir )?di(?:perbarui|perbaharui|ubah|revisi)(?: terakhir)?|pembaruan(?: terakhir)?"
            r"|perubahan terakhir"
        ),
        (
            r"(?:lần |ngày )?(?:cập nhật|sửa đổi|chỉnh sửa)(?: (?:lần cuối|gần đây nhất|mới nhất|gần nhất|cuối cùng"
            r"|cuối))?"
        ),
        r"(?:تاريخ )?(?:آخر )?(?:تحديث|تعديل)(?: أخير)?|تم (?:ال)?(?:تحديث|تعديل)\w*|محدث\w?",
        r"(?:最后|最後|最近|最新)?(?:更新|修订|修訂|修改|修正|編輯|编辑)(?:日期|时间|時間|日|于|於)?|版本(?:日期|更新)",
        r"最終(?:更新|改定|改訂|変更)日?時?|改[定訂]日?|更新日時?",
        r"(?:최종|마지막) ?(?:수정|업데이트|개정|변경)(?:일자|일)?|개정(?:일자|일)?|수정일|업데이트",
    ),
    DateKind.PUBLISHED: (
        (
            r"(?:date )?(?:first |originally )?(?:published|posted|issued|released|formulated|established|enacted"
            r"|adopted)"
            r"|publication date"
            r"|date of (?:publication|issue)|release date"
        ),
        r"publiée?(?= le)|date de publication|version (?:en date )?du|version applicable",
        r"veröffentlicht|veröffentlichungsdatum|erstellt|fassung vom|version vom",
        (
            r"publicad[oa]|fecha de publicación|data de publicação|pubblicat[oaie]|data di pubblicazione"
            r"|versione del|versión del?|versão de"
        ),
        r"gepubliceerd|publicatiedatum|versie van|opublikowan[oaey]|data publikacji|publicat[ăe]?|data publicării",
        (
            r"publicera(?:d|t|des)|offentliggjort|udgivet|publisert|julkaistu|zveřejněno|vydáno|publikováno|közzét\w+"
            r"|kiadás dátuma"
        ),
        (
            r"yayı(?:n|m)la?n?(?:ma|dı)?(?: tarihi)?|yayın tarihi|(?:дата )?(?:опублик\w+|публикаци\w+|размещени\w+)"
            r"|утвержден\w*"
        ),
        (
            r"опубліковано|дата публікації|δημοσιεύ[θτ]ηκε|ημερομηνία δημοσίευσης|diterbitkan|dipublikasikan"
            r"|tanggal terbit"
        ),
        r"(?:ngày )?(?:ban hành|đăng|xuất bản|công bố|phát hành)|(?:تاريخ )?(?:ال)?نشر",
        (
            r"發[布佈](?:日期|時間|日)?|版本?发布(?:日期|时间|日)?|发布(?:日期|时间|日)?|公布(?:日期|时间|日)?"
            r"|公示(?:日期)?|制定日?|公開日|掲載日|게시일|공고일|제정일?"
        ),
        (
            r"dated|date|version(?: dated)?|datum|datée? du|fecha|data(?: di)?|dato|päiväys|tarih"
            r"|дата|версия от|редакция от|ημερομηνία|tanggal|ngày|التاريخ|日期|日付|날짜"
        ),
    ),
}
"""Per kind; the longest keyword nearest to a date decides its kind."""

AFTER = (
    (
        DateKind.EFFECTIVE,
        (
            r"\(\s*effective(?: date)?\s*\)|起?\s?(?:正式)?生效|\s?[(（]?施行|\s?시행|\s?(?:부터|자로) (?:시행|적용)"
            r"|\s?(?:-?t[őó]l|-?j[ée]t[őó]l) (?:hatályos|érvényes)|\s?tarihinde(?:n itibaren)? (?:yürürlüğe|geçerli)"
        ),
    ),
    (
        DateKind.UPDATED,
        (
            r"\(\s*(?:last )?(?:updated|revised|modified)\s*\)|\s?[(（]?(?:最終)?改[定訂]|\s?[(（]?(?:更新|修订|修訂)"
            r"|\s?개정"
            r"|\s?tarihinde güncellen\w+"
        ),
    ),
    (DateKind.PUBLISHED, r"\(\s*published\s*\)|\s?[(（]?(?:制定|公開|发布|公布)|\s?제정"),
)
"""Words directly after a date that say what it is."""

CONNECTORS = (
    r"(?:[\s:：.,|*_()\[\]（）【】=–—-]|(?:date|on|as|of|at|from|since|to|the|is|was|were|and|le|la|du|au|à|compter"
    r"|partir|depuis|dès|dater"
    r"|am|vom|ab|den|dem|seit|und|el|del|de|desde|día|em|a|da|do|partir|dia|il|dal|al|dell|in|op|vanaf|per|per"
    r"|sinds|van"
    r"|z|dnia|od|w|dniu|la|din|data|den|från|fra|d|wef|starting|beginning|für|this|version|policy|page"
    r"|ode?|dne|ke|dni|och|med|pr|alkaen|an?|az|napja|dátuma|tarihi|itibaren|от|с|по|на|від|з|από|την|της|τις|στις"
    r"|pada|sejak|mulai|tanggal|tgl|từ|ngày|vào|lúc|kể|في|من|بتاريخ|يوم|اعتبارا|اعتبارًا|last"
    rf"|(?:{WEEKDAY}))\b|为|為|于|於|自|从|從|는|은|日期|时间|時間|起)*"
)
"""What may stand between a keyword and its date."""

RANGE = (
    r"[\s,]*(?:[–—~～-]|to|until|till|through|thru|au|jusqu['’]?(?:au|à)?|bis(?: zum)?|hasta(?: el)?|al?"
    r"|até(?: o)?|fino al|tot(?: en met)?|do(?: dnia)?|až do|til(?: og med)?|till(?: och med)?"
    r"|saakka|по|до|έως|hingga|sampai|đến|إلى|حتى|până la|至|到|から|まで)[\s:]*(?:the|le|el|zum)?\s*"
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
    r"|předchozí verz\w+|tidigare version\w*|tidligere version\w*|tidligere utgave\w*|aiemm\w+ versio\w*"
    r"|korábbi változat\w*"
    r"|önceki sürüm\w*|(?:предыдущ|прежн)\w+ (?:верси|редакци)\w+|попередн\w+ (?:верс|редакц)\w+"
    r"|προηγούμεν\w+ (?:εκδόσ|έκδοσ)\w+"
    r"|versi sebelumnya|phiên bản (?:trước|cũ)|الإصدار\w* السابق\w*"
    r"|历史版本|歷史版本|旧版|舊版|以前のバージョン|過去の|이전 (?:버전|약관)|supersedes|replaces"
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
