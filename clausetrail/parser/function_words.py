"""The most frequent words of languages in Latin script: articles, prepositions, pronouns, auxiliaries.

Words that many pages print alone (`no`, `data`) are left out; a word may stand under several languages.
"""

from __future__ import annotations

_WORDS = {
    "en": "the and of to you your or in we our is for that this with are not may by any will be on as if it from at"
    " have has can which their they its all when these such other please must should was last updated how about",
    "fr": "le la les des et vous nous de du que est pour dans une un vos ou à par ne pas sur aux avec votre notre"
    " qui cette ce ces sont être au en si il elle peut leur nos plus comme sans doit dernière mise jour",
    "de": "der die das und sie wir ist nicht zu den von mit für auf ein eine oder werden ihre im sich des dem durch"
    " es als auch bei kann wird wenn einer einen diese dieser aus an nach zur zum ihrer unsere sind haben bitte"
    " muss",
    "es": "el la los las de que y en un una para por con su usted no es se del o sus al como nuestros este esta si"
    " lo son puede más pero cuando tiene nuestro nuestra desde debe todos está última",
    "pt": "o a os as de que e em um uma para por com você não é se do da ou dos das ao seu nossos nosso sua seus"
    " este esta na no nas mais como pode são ser foi pela pelo quando deve também última está",
    "it": "il la i gli di che e in un una per con non è si del della o dei le al nostri utente sono da questo questa"
    " alla nel nella dal delle anche come può essere più se deve tutti quando ha lo ultimo",
    "nl": "de het een en van je wij is niet te dat voor met op of uw onze in die zijn door u worden aan als deze om"
    " bij kan wordt ook naar dit hebben moet er geen kunt wanneer we uit onder",
    "pl": "i w z na do nie się jest oraz lub przez że o dla od użytkownik może naszych twoje za po ich to jako tego"
    " które jeśli ten tym być są musi co czy tylko jak przed proszę nasze",
    "ro": "și în de la cu pe nu este sau care pentru din un o să noastre dumneavoastră prin aceste fi dvs al ale"
    " sunt acest această poate dacă mai trebuie către fost ca vă ce acestui",
    "sv": "och att det som för på av är med du vi en ett eller till inte om dina kan den våra från har när vår dig"
    " måste detta denna också ska vid här deras så finns endast",
    "da": "og at det som for på af er med du vi en et eller til ikke om dine kan den vores fra har når dig hvis"
    " denne dette skal også være efter ved din deres hvor blev kun må vor både nogle hvad hvilke hvilken"
    " såfremt sådan gennem noget oplysninger os jer bruge bruges tjenesten mellem",
    "no": "og at det som for på av er med du vi en et eller til ikke om dine kan den våre fra har når deg hvis denne"
    " dette skal også være etter ved din deres hvor ble bare må vår både noen hva hvilke hvilken dersom slik"
    " gjennom noe informasjon opplysninger oss dere vårt fram bruke brukes sånn tjenesten",
    "fi": "ja on ei tai että joka voi sekä jos me sen ovat mukaan käyttäjä palvelun olla kun niiden tämä tämän myös"
    " jotka sinun kanssa vain mutta kuin ole voit täytyy pitää siitä ota",
    "cs": "a v na se je že pro nebo s do které vaše jsou jako k za podle naše může být ze pokud při tato tento není"
    " od po jen si ale musí jste již který která než aby můžete nelze",
    "sk": "a v na sa je že pre alebo s do ktoré vaše sú ako k za podľa naše môže byť zo ak pri táto tento nie od po"
    " len si ale musí ste už ktorý ktorá než aby môžete",
    "hr": "i u na se je da za ili s do koje vaše su kao k po prema naše može biti iz ako pri ova ovaj nije od samo"
    " ali mora ste već koji koja nego kako možete",
    "sl": "in v na se je da za ali s do ki vaše so kot k po naše lahko biti iz če pri ta ni od samo mora ste že"
    " kateri vendar tega bo ne",
    "hu": "a az és hogy nem is egy ha vagy meg van lehet kell ez ezt azt csak már minden mint amely által után ön el"
    " be ki szerint nincs még kérjük kérem során",
    "et": "ja on ei või et mis see kui ka oma selle ning kes peab saab võib teie meie kuid välja olema palun pole",
    "lt": "ir yra ne arba kad į iš su kaip jūsų mūsų tai šis ši bei gali būti per nuo apie jei turi šią prašome",
    "lv": "un ir nav vai ka uz no ar kā jūsu mūsu tas šis šī par gan var būt pēc ja lai jābūt lūdzu",
    "tr": "ve bir bu için ile veya olarak da de olan hizmet kullanım tarafından sizin bizim ya gibi her daha en çok"
    " ancak olmalı değil lütfen kadar sonra var yok",
    "id": "dan yang di untuk dengan atau ini itu dari pada kami anda tidak akan dapat oleh sebagai dalam ke adalah"
    " bahwa telah harus jika ada lebih semua karena silakan",
    "vi": "và của các cho là không được có trong một với này chúng tôi bạn những để khi theo từ hoặc người dùng về"
    " đã phải nếu vào sẽ tại trên",
    "ca": "el la els les de que i en un una per amb no és del o dels al com aquest aquesta són aquests més ha si pot"
    " seva seu vostre nostra hi ser han",
}
BY_WORD: dict[str, list[str]] = {}
"""Lower-case word → the languages that it is frequent in."""
for _language, _words in _WORDS.items():
    for _word in set(_words.split()):
        BY_WORD.setdefault(_word, []).append(_language)
LANGUAGES = tuple(_WORDS)
