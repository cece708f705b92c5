"""Spellings of one word on both sides of the Atlantic, and of the Rhine, brought to one form."""

from __future__ import annotations

import re
from functools import lru_cache

_PAIRS = (
    "licence=license licences=licenses licenced=licensed defence=defense defences=defenses offence=offense "
    "offences=offenses pretence=pretense practise=practice practised=practiced practising=practicing "
    "centre=center centres=centers centred=centered metre=meter metres=meters kilometre=kilometer litre=liter "
    "litres=liters theatre=theater fibre=fiber calibre=caliber catalogue=catalog catalogues=catalogs "
    "dialogue=dialog dialogues=dialogs analogue=analog cheque=check cheques=checks grey=gray programme=program "
    "programmes=programs judgement=judgment judgements=judgments acknowledgement=acknowledgment "
    "acknowledgements=acknowledgments ageing=aging whilst=while amongst=among towards=toward learnt=learned "
    "spelt=spelled fulfil=fulfill fulfils=fulfills fulfilment=fulfillment enrol=enroll enrols=enrolls "
    "enrolment=enrollment instalment=installment instalments=installments skilful=skillful wilful=willful "
    "wilfully=willfully artefact=artifact artefacts=artifacts tyre=tire sceptical=skeptical storey=story "
    "cosy=cozy plough=plow manoeuvre=maneuver paediatric=pediatric anaesthesia=anesthesia mum=mom"
)
_SINGLE = dict(pair.split("=") for pair in _PAIRS.split())
_ENDINGS = (
    (re.compile(r"(?<=[a-z]{2})is(?=(?:e|ed|es|er|ers|ing|ation|ations|able)$)"), "iz"),
    (re.compile(r"(?<=[a-z]{2})ys(?=(?:e|ed|es|er|ers|ing)$)"), "yz"),
    (re.compile(r"(?<=[a-z]{2})our(?=(?:|s|ed|ing|able|ably|ite|ites|al|less|er|ers|hood)$)"), "or"),
    (re.compile(r"(?<=[a-z]{2}[aeo])ll(?=(?:ed|ing|er|ers|ation|ations)$)"), "l"),
)


@lru_cache(maxsize=1 << 14)
def one_spelling(word: str) -> str:
    """The word, in lower case, in the one form that stands for all its spellings.  Only good for comparing: the form
    need not be a word."""
    if word in _SINGLE:
        return _SINGLE[word]
    for ending, form in _ENDINGS:
        word = ending.sub(form, word)
    return word.replace("ß", "ss")
