"""Names of months in the languages whose dates are read.  Lower case, without a final full stop."""

from __future__ import annotations

_NAMES = {
    "en": "january february march april may june july august september october november december"
    " jan feb mar apr - jun jul aug sep oct nov dec - - - - - - - - sept - - -",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
    " janv févr - avr - - juil aout - - - déc - fevrier - - - - - - - - - decembre",
    "de": "januar februar märz april mai juni juli august september oktober november dezember"
    " jän - mär - - - - - - okt - dez jänner - maerz - - - - - - - - -",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
    " ene - - abr - - - ago setiembre - - dic",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"
    " - fev - - mai - - - set out - -",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"
    " gen - - - mag giu lug - - ott - -",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december"
    " - - mrt - - - - - - - - -",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia"
    " styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień"
    " sty lut - kwi - cze lip sie wrz paź lis gru",
    "ro": "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie"
    " ian - - - - iun iul - - - noi -",
    "cs": "ledna února března dubna května června července srpna září října listopadu prosince"
    " leden únor březen duben květen červen červenec srpen - říjen listopad prosinec",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "no": "januar februar mars april mai juni juli august september oktober november desember"
    " - - - - - - - - - - - des",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "fi": "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta"
    " marraskuuta joulukuuta"
    " tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu",
    "hu": "január február március április május június július augusztus szeptember október november december"
    " - febr márc ápr máj jún júl - szept - - -",
    "tr": "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık"
    " oca şub - nis - haz tem ağu eyl eki kas ara",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
    " январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь"
    " янв февр мар апр - июн июл авг сент окт нояб дек - фев - - - - - - сен - ноя -",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня"
    " січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень"
    " січ лют бер квіт трав черв лип серп вер жовт лист груд",
    "el": "ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου"
    " δεκεμβρίου"
    " ιανουάριος φεβρουάριος μάρτιος απρίλιος μάιος ιούνιος ιούλιος αύγουστος σεπτέμβριος οκτώβριος νοέμβριος"
    " δεκέμβριος"
    " ιαν φεβ μαρ απρ - ιουν ιουλ αυγ σεπ οκτ νοε δεκ - - - - μαΐ - - - - - - -",
    "id": "januari februari maret april mei juni juli agustus september oktober november desember"
    " - peb - - mei - - agt - okt - des - - - - - - - agu - - - -",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"
    " - - - ابريل - - - اغسطس - اكتوبر - -",
}
_WEEKDAYS = (
    "monday tuesday wednesday thursday friday saturday sunday mon tues? weds? thur?s? fri sat sun"
    " lundi mardi mercredi jeudi vendredi samedi dimanche"
    " montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag"
    " lunes martes miércoles jueves viernes sábado domingo"
    " (?:segunda|terça|quarta|quinta|sexta)(?:-feira)?"
    " lunedì martedì mercoledì giovedì venerdì sabato domenica"
    " maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"
    " poniedziałek wtorek środa czwartek piątek sobota niedziela"
    " luni marți miercuri joi vineri sâmbătă duminică"
    " pondělí úterý středa čtvrtek pátek sobota neděle"
    " mandag tirsdag onsdag torsdag fredag lørdag søndag måndag tisdag lördag söndag"
    " maanantai(?:na)? tiistai(?:na)? keskiviikko(?:na)? torstai(?:na)? perjantai(?:na)?"
    " lauantai(?:na)? sunnuntai(?:na)?"
    " hétfő kedd szerda csütörtök péntek szombat vasárnap pazartesi salı çarşamba perşembe cuma cumartesi pazar"
    " понедельник вторник среда четверг пятница суббота воскресенье"
    " понеділок вівторок середа четвер пʼятниця п'ятниця субота неділя"
    " δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή"
    " senin selasa rabu kamis jumat sabtu minggu"
    " الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد"
)


def _table() -> dict[str, int]:
    table: dict[str, int] = {}
    for names in _NAMES.values():
        for place, name in enumerate(names.split()):
            if name != "-":
                table.setdefault(name, place % 12 + 1)
    return table


MONTHS: dict[str, int] = _table()
"""Lower-case name → number of the month.  No name stands for two months."""

WEEKDAY = "|".join(dict.fromkeys(_WEEKDAYS.split()))
"""A regular expression for names of weekdays."""
