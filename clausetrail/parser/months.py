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
    " styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień",
    "ro": "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie"
    " ian - - - - iun iul - - - noi -",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
}


def _table() -> dict[str, int]:
    table: dict[str, int] = {}
    for names in _NAMES.values():
        for place, name in enumerate(names.split()):
            if name != "-":
                table.setdefault(name, place % 12 + 1)
    return table


MONTHS: dict[str, int] = _table()
"""Lower-case name → number of the month.  No name stands for two months."""
