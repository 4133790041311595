"""Function words of languages in Latin script: the short words that every text has, whatever it is about."""

from collections import Counter
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "en": (
            "the of and to in is that it for was with as be this are have from or by not but which they you we his her "
            "their has had were been an at on if when what there who would can will more all one do so its into than i "
            "he she these our your said says two year again last never always now here my me him yes am any some no "
            "twice us them go"
        ),
        "de": (
            "der die und das den von zu ist mit sich des auf für nicht ein eine als auch es an werden aus er hat dass "
            "sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis "
            "mehr durch man sein wurde wenn kann ich wir ihr im dem eines diese dieser dieses keine ihre seine unter "
            "dann danach doch dort hier seit jedoch du mich dich mir dir zwei sagt sagte ja nein jetzt nie immer mein"
        ),
        "nl": (
            "de het een van en in is dat op te zijn met voor niet aan er om ook als maar dan bij door naar uit nog "
            "wordt over of hij ze wel worden werd heeft was hebben geen meer deze dit die kan ik je wij hun haar zich "
            "tot wat veel kunnen moet zo al onder tegen onze twee keer jaar weer nooit altijd zei zegt ga mijn jij "
            "hier nu"
        ),
        "fr": (
            "le la les de des du et un une est en que qui dans pour pas il elle sur au ce se par ne plus sont avec aux "
            "son sa ses mais ou on nous vous ils été cette ces comme leur leurs était être avoir fait si tout où dont "
            "même sans d l qu n c s j je donc peut entre te tu dit deux fois année encore jamais toujours ici moi mon "
            "ma mes"
        ),
        "es": (
            "el la los las de del y que en un una es por con para no se al lo su como más pero sus le ha este esta sí "
            "porque entre cuando muy sin sobre también me hasta hay donde quien desde todo nos durante uno ni contra "
            "ese eso fue son era ser está están o si ya yo cada puede debe favor menos usted cualquier ningún aún te "
            "dijo dije dos veces año otra nunca siempre ahora aquí mi tu"
        ),
        "pt": (
            "o a os as de do da dos das e que em um uma para é com não por mais se na no nas nos como mas foi ao ele "
            "ela seu sua ou quando muito já também pelo pela até isso são entre era depois sem mesmo aos ter seus quem "
            "esse eles está você essa num numa nem às este ser pode deve favor menos cada qualquer nenhum ainda eu tu "
            "disse vezes ano duas dois nunca agora aqui meu minha"
        ),
        "ca": (
            "el la els les de del dels i que en un una és per amb no es al als més com però seu seva seus seves ha "
            "aquest aquesta també va ser són o si ja hi ho quan molt entre sobre sense fins on tot des perquè havia "
            "han pot d l s n heu us plau menys cada qualsevol cap encara dir dues vegades any mai sempre ara aquí"
        ),
        "it": (
            "il lo la i gli le di del della dei delle dello degli e che è in un una per con non si da dal dalla al "
            "alla ai alle nel nella come più ma anche sono ha o su se ci questo questa suo sua hanno era essere stato "
            "ed dove quando tra fra cui così nei sul sulla l può ogni loro mi ti ho hai dice anno due volte ancora "
            "tutto io tu lui lei noi molto sempre mai"
        ),
        "ro": (
            "și şi de la în a cu pe nu un o că este din pentru care sunt mai ce se al ale fost să prin ca sau dar după "
            "până fi are au lui ei lor cel cea cei cele acest această aceste acestea unei unui foarte doar era am dacă "
            "când poate fără asupra între trebuie rugăm dumneavoastră puțin fiecare orice niciun încă eu tu două ori "
            "nou niciodată mereu acum aici spus spune"
        ),
        "sv": (
            "och att det i en som är på av för med den till inte har de ett om var men sig så från vi när kan eller "
            "hade ska skulle där efter vid man blev hans hon han jag under också mycket över detta denna dessa något "
            "ut upp vad bara finns sina sitt mot genom mellan nu bli ju dig mig sade säger år förra igen två gånger gå "
            "din du oss dem honom henne varför aldrig alltid"
        ),
        "da": (
            "og det i en som er på af for med den til ikke har de et om var men sig så fra vi når kan eller havde skal "
            "skulle der efter ved man blev hans hun han jeg under også meget over dette denne disse noget ud op hvad "
            "kun findes sine sit mod gennem mellem nu blive bliver at være hvor sin ville hver alle flere enten hvis "
            "dig dit jeres vores ind igen uden andet andre ingen da lige må jo mig sagde siger år sidste to gange gå "
            "du os dem ham hende hvorfor aldrig altid"
        ),
        "no": (
            "og det i en som er på av for med den til ikke har de et om var men seg så fra vi når kan eller hadde skal "
            "skulle der etter ved man ble hans hun han jeg under også mye over dette denne disse noe ut opp hva bare "
            "finnes sine sitt mot gjennom mellom nå bli blir ei være hvor sin ville å at hver alle flere enten hvis "
            "deg ditt dere våre inn igjen uten annet andre ingen kun da må jo meg sa sier år fjor to ganger gå din du "
            "oss dem ham henne hvorfor aldri alltid"
        ),
        "is": (
            "og að í á er sem var en til við um með fyrir ekki það þess hann hún af frá eru þeir þá því hafa hefur svo "
            "ég vera voru þegar eftir eða hans verið upp út þar hér þetta þessi sér mjög bara einnig þú mér þér "
            "tvisvar ár aftur aldrei alltaf núna sagði segir"
        ),
        "fi": (
            "ja on ei se että oli hän ovat mutta myös kuin joka olla hänen tai kun ole sen jos mitä niin kuten vain "
            "nyt jo voi siitä sitä tämä tämän mukaan jälkeen kanssa ollut ne jotka sekä vielä minä sinä me te he oma "
            "ennen eli koska joita jossa siihen olivat kaikki täytyy sinun vähintään enintään tästä tässä voit saa "
            "niiden näitä sanoi sanoin huusi vuonna viime taas kertoo kerran pois kahdesti älä en et emme olen olet "
            "täällä siellä tänään hyvin paljon aina"
        ),
        "et": (
            "ja on ei see et oli ta kui ka oma mis kes aga või nii tema seda ning siis mida selle nad välja üles juba "
            "pärast kuid mitte ma sa me te olla olnud väga veel iga kuni üle pole nende need sest kus vaid enne olid "
            "võib peab saab siin kas sinu teie sama siit juurde ühe ühtegi neid teda ütles ütlesin aasta mullu kaks "
            "korda jälle taas ära ärge ole oled olen siia nüüd täna alati palju mina"
        ),
        "hu": (
            "a az és hogy nem is egy ez volt meg de csak már el mint még ki ha azt van vagy pedig mert minden kell "
            "majd ezt fel aki ami nagyon itt ott én te ő mi voltak lesz után alatt között szerint által ezek azok "
            "nincs illetve lehet sem be le olyan kérjük érvényes ahol így úgy hogyan kétszer tavaly ismét ne igen soha "
            "mindig most mondta"
        ),
        "tr": (
            "ve bir bu da de için ile çok ne gibi daha olarak kadar sonra ama olan en var her o ki mi değil ise ben "
            "sen biz veya ya şey olduğu diye ancak önce bunu onun tarafından göre kendi yok hem bile böyle şöyle iki "
            "oldu olduğunu üzerinde içinde lütfen sadece eğer tüm herhangi fazla yalnızca şu bunun birden olmalıdır az "
            "geçerli kez yıl yine asla zaman şimdi burada dedi geçen"
        ),
        "pl": (
            "i w na z się że nie do to jest o jak po co ale tak za od go przez już jego jej tylko czy dla który która "
            "które był była było może przed sobie ten ta te oraz są też kiedy ze więc przy jako pod tego tej tym być "
            "bez nad lub między ich mu we proszę musi przynajmniej jeśli każdy lecz podczas wszystkie tych ty mi mnie "
            "ci dwa razy rok roku znowu nigdy zawsze teraz powiedział"
        ),
        "cs": (
            "a v se na je že s z do o i to jako za by byl byla bylo ve po k pro ale od ze jsou který která které jeho "
            "jejich při až také už není tak nebo když co být jen ještě před podle mezi si pak kde jak tím bez aby má "
            "další toho této tento nad prosím musí alespoň pokud každý váš více méně já ty mě ti dvakrát opět loni "
            "nikdy vždy teď tady řekl"
        ),
        "sk": (
            "a v sa na je že s z do o i to ako za by bol bola bolo vo po k pre ale od zo sú ktorý ktorá ktoré jeho ich "
            "pri až aj už nie tak alebo keď čo byť len ešte pred podľa medzi si potom kde tým bez aby má ďalší toho "
            "tejto tento nad prosím musí aspoň ak každý váš viac menej ja ty ti mňa dvakrát opäť vlani nikdy vždy "
            "teraz tu povedal"
        ),
        "sl": (
            "in je v na se da za z so bi ki s kot pa ne o po tudi ali od do še že pri iz kar če ni bil bila bilo bo "
            "zelo samo ter pred lahko med ko sem smo ima njegov vse nato kjer tako to ta brez nad pod imajo kateri "
            "katera mora ob le vsak vsaj več manj naj nek vaš vaše biti jaz ti dvakrat lani spet nikoli vedno zdaj "
            "tukaj rekel saj"
        ),
        "hr": (
            "i u je na se da su za od s koji koja koje o a ne kao ili to iz do nije bi po što će ali bio bila bilo sam "
            "smo samo nakon više prema biti kada kako jer također između pri bez ima njegov nego zbog gdje te ovaj ova "
            "ovo već može iznad mora svaki ovu onda jesu neki barem manje vaš vaše nisu niti ja ti dvaput godine opet "
            "nikad uvijek sada ovdje rekao"
        ),
        "lv": (
            "un ir no ar par uz kas ka tas nav bija kā arī vai bet pie to tiek tā lai līdz viņš viņa ja pēc kad ko jau "
            "tikai ļoti šis šī savu pirms būt var kur vēl gan starp jābūt nevar kādu vismaz vairāk jūsu šo es tu tev "
            "divas reizes atkal pērn nekad vienmēr tagad šeit teica"
        ),
        "lt": (
            "ir yra kad į iš su buvo kaip bet tai ar jis ji per tik už ne jo dar po jau arba kur nuo apie prie labai "
            "jų taip pat šis ši būti gali kuris kuri kai iki tarp dėl bei turi reikia jums jūsų šio šios kiekvienas "
            "bent daugiau aš tu du kartus vėl pernai niekada visada dabar čia sakė juk"
        ),
        "sq": (
            "të e në një dhe i për me që nga është si më u ka nuk do se ishte por kjo ky kishte janë ai ajo ose "
            "pas mund duke edhe shumë tij saj deri ku kur as vetëm"
        ),
        "eu": (
            "eta da ez bat ere zen dira baina du izan dute hau hori zuen egin bere dago beste dela ziren edo "
            "bezala baino gero oso bai zuten dituzte arte behar honek hauek duen behintzat gehienez edozein"
        ),
        "id": (
            "yang dan di itu dengan untuk tidak ini dari dalam akan pada juga ke karena ada mereka oleh adalah saya "
            "sudah kami kita telah atau seperti bisa hanya sebagai dia lebih dapat tersebut tetapi namun para saat "
            "secara antara bahwa harus anda silakan setiap maupun jika maka lagi belum dua kali tahun lalu jangan "
            "selalu sekarang kata aku kamu"
        ),
        "vi": (
            "và của là có không được một cho những các trong với này đã người để từ khi cũng như về đến nhưng "
            "ra thì lại vào ở tôi nó ông bà họ sẽ rất nhiều hay bị đó theo sau trên tại phải bạn đúng hoặc mỗi "
            "hãy bằng vui lòng ít nhất"
        ),
    }
)
"""For each language, by its ISO 639-1 code, words that are frequent in it, in lower case."""


@cache
def function_words(language: str) -> frozenset[str]:
    """Return the function words of a language; none for one that is not known."""
    return frozenset(_WORDS.get(language, "").split())


def scores(words: Counter[str]) -> dict[str, float]:
    """Return for each language how much the words of a text speak for it.

    A function word that several languages have speaks for each of them by its share only: `en` by a third for `da`,
    `no` and `sv`.

    Args:
        words: The words of the text in lower case, with the number of times each is in it.
    """
    found = dict.fromkeys(_WORDS, 0.0)
    by_word = _languages()
    for word, count in words.items():
        languages = by_word.get(word, ())
        for language in languages:
            found[language] += count / len(languages)
    return found


@cache
def _languages() -> dict[str, list[str]]:
    """Return for each function word the languages that have it."""
    languages: dict[str, list[str]] = {}
    for language in _WORDS:
        for word in function_words(language):
            languages.setdefault(word, []).append(language)
    return languages
