from time import perf_counter

import pytest

from pactreader.formats.language_detection import guess_language, parse_language

PROSE = {
    "en": "The old bridge had been closed for years, but on market days people still crossed it, because the way round "
    "the hill was too long for those who had to carry their baskets home.",
    "de": "Die alte Brücke war seit Jahren gesperrt, aber an Markttagen gingen die Leute noch immer über sie, weil der "
    "Weg um den Hügel zu lang war für alle, die ihre Körbe nach Hause tragen mussten.",
    "fr": "Le vieux pont était fermé depuis des années, mais les jours de marché on le passait encore, parce que le "
    "chemin autour de la colline était trop long pour ceux qui devaient porter leurs paniers.",
    "es": "El viejo puente estaba cerrado desde hacía años, pero los días de mercado la gente todavía lo cruzaba, porque "
    "el camino alrededor de la colina era demasiado largo para quienes llevaban sus cestas.",
    "it": "Il vecchio ponte era chiuso da anni, ma nei giorni di mercato la gente lo attraversava ancora, perché la "
    "strada intorno alla collina era troppo lunga per chi doveva portare a casa i suoi cesti.",
    "pt": "A velha ponte estava fechada há anos, mas nos dias de mercado as pessoas ainda a atravessavam, porque o "
    "caminho em volta da colina era longo demais para quem tinha de levar os seus cestos para casa.",
    "ca": "El pont vell estava tancat des de feia anys, però els dies de mercat la gent encara el travessava, perquè el "
    "camí que voltava el turó era massa llarg per als qui havien de portar els cistells a casa.",
    "nl": "De oude brug was al jaren gesloten, maar op marktdagen liepen de mensen er nog steeds over, omdat de weg om "
    "de heuvel te lang was voor wie zijn manden naar huis moest dragen.",
    "sv": "Den gamla bron hade varit stängd i flera år, men på marknadsdagar gick folk ändå över den, eftersom vägen runt "
    "kullen var för lång för dem som skulle bära sina korgar hem.",
    "no": "Den gamle broen hadde vært stengt i flere år, men på markedsdager gikk folk likevel over den, fordi veien rundt "
    "åsen var for lang for dem som måtte bære kurvene sine hjem, og ingen ville gå to ganger.",
    "da": "Den gamle bro havde været lukket i flere år, men på markedsdage gik folk alligevel over den, fordi vejen rundt "
    "om bakken var for lang for dem, der skulle bære deres kurve hjem, og det ville ingen af dem.",
    "is": "Gamla brúin hafði verið lokuð í mörg ár, en á markaðsdögum fór fólk samt yfir hana, því að leiðin í kringum "
    "hæðina var of löng fyrir þá sem þurftu að bera körfurnar heim.",
    "fi": "Vanha silta oli ollut suljettuna vuosia, mutta markkinapäivinä ihmiset kulkivat silti sen yli, koska tie mäen "
    "ympäri oli liian pitkä niille, jotka joutuivat kantamaan korinsa kotiin.",
    "et": "Vana sild oli juba aastaid suletud, kuid turupäevadel käisid inimesed ikka üle selle, sest tee ümber künka oli "
    "liiga pikk neile, kes pidid oma korvid koju kandma.",
    "hu": "A régi hidat már évek óta lezárták, de vásárnapokon az emberek mégis átmentek rajta, mert a domb körüli út túl "
    "hosszú volt azoknak, akiknek haza kellett vinniük a kosaraikat.",
    "tr": "Eski köprü yıllardır kapalıydı, ama pazar günlerinde insanlar yine de üzerinden geçiyordu, çünkü tepenin "
    "etrafındaki yol, sepetlerini eve taşımak zorunda olanlar için çok uzundu ve bu da yorucuydu.",
    "pl": "Stary most był zamknięty od lat, ale w dni targowe ludzie i tak przez niego przechodzili, bo droga wokół "
    "wzgórza była za długa dla tych, którzy musieli nieść kosze do domu.",
    "cs": "Starý most byl už léta zavřený, ale o trhových dnech po něm lidé stejně chodili, protože cesta kolem kopce "
    "byla příliš dlouhá pro ty, kteří museli nést koše domů.",
    "sk": "Starý most bol už roky zatvorený, ale v trhové dni po ňom ľudia aj tak chodili, pretože cesta okolo kopca bola "
    "príliš dlhá pre tých, ktorí museli niesť koše domov.",
    "sl": "Stari most je bil že leta zaprt, vendar so ljudje ob tržnih dneh še vedno hodili čezenj, ker je bila pot okoli "
    "hriba predolga za tiste, ki so morali nesti košare domov.",
    "hr": "Stari je most godinama bio zatvoren, ali su ljudi na dane sajma ipak prelazili preko njega, jer je put oko "
    "brda bio predug za one koji su morali nositi košare kući.",
    "ro": "Podul vechi era închis de ani de zile, dar în zilele de târg oamenii tot îl treceau, pentru că drumul din jurul "
    "dealului era prea lung pentru cei care trebuiau să ducă acasă coșurile.",
    "lt": "Senasis tiltas jau daug metų buvo uždarytas, bet turgaus dienomis žmonės vis tiek per jį eidavo, nes kelias "
    "aplink kalvą buvo per ilgas tiems, kurie turėjo nešti krepšius namo.",
    "lv": "Vecais tilts jau gadiem bija slēgts, bet tirgus dienās cilvēki tomēr gāja pār to, jo ceļš ap kalnu bija par "
    "garu tiem, kas nesa grozus uz mājām.",
    "id": "Jembatan tua itu sudah bertahun-tahun ditutup, tetapi pada hari pasar orang masih menyeberanginya, karena "
    "jalan mengitari bukit terlalu jauh untuk mereka yang harus membawa keranjang ke rumah.",
    "vi": "Cây cầu cũ đã bị đóng nhiều năm, nhưng vào những ngày chợ người ta vẫn đi qua nó, vì con đường vòng quanh đồi "
    "quá dài cho những người phải mang giỏ về nhà.",
}  # fmt: skip


@pytest.mark.parametrize("language", PROSE)
def test_the_language_of_a_sentence_is_told_by_its_function_words(language):
    assert guess_language(PROSE[language]) == language


@pytest.mark.parametrize("language", PROSE)
def test_half_a_sentence_is_enough(language):
    assert guess_language(PROSE[language][:50]) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Stiskněte tlačítko a neotevírejte víko.", "cs"),
        ("Paspauskite mygtuką ir neatidarykite dangčio.", "lt"),
        ("Kapağı açmayın, düğmeye basın.", "tr"),
        ("I prezzi sono saliti ancora, dice la banca.", "it"),
        ("¿Dónde vive Ana? ¡Aquí!", "es"),
        ("Націсніце кнопку двойчы. Не адкрывайце вечка, бо яно зламаўшыся.", "be"),
        ("Натиснете бутона два пъти. Не отваряйте капака.", "bg"),
        ("Притисните дугме двапут. Не отварајте поклопац, јер ће се покварити.", "sr"),
        ("Не го отворајте капакот, ќе се расипе, ѓаволе.", "mk"),
        ("Он сказал, что подъезд закрыт, и мы ушли.", "ru"),
        ("دکمه را دو بار فشار دهید. در را باز نکنید چون می‌شکند.", "fa"),
        ("بٹن کو دو بار دبائیں۔ ڈھکن نہ کھولیں۔", "ur"),
        ("اضغط الزر مرتين. لا تفتح الغطاء.", "ar"),
        ("బటన్‌ను రెండుసార్లు నొక్కండి.", "te"),
        ("ចុចប៊ូតុងពីរដង។", "km"),
    ],
)
def test_letters_tell_the_language_of_a_short_text(text, language):
    assert guess_language(text) == language


def test_names_from_elsewhere_do_not_tell_a_language():
    assert guess_language("He met Łukasz Żółkiewski and Lech Wałęsa in Łódź.") == "en"
    assert guess_language("Résumé of André Müller, Zürich") == "en"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("", "en"),
        ("Zur Lage\n\nAm 29. Juli kam er nach Bonn. Im 19. Jahrhundert war das anders.", "de"),
        ("El Niño", "en"),
        ("Chapter 1\n\nThe Café de la Paix in Paris, where Le Monde was read", "en"),
        ("def f(i, o):\n    for e in i: o.a(e)\n", "en"),
        ("Anna, Bela, Carla, Dora; 12, 13, 14", "en"),
        ("https://example.de/der/die/das/und " * 5, "en"),
        ("Привет, мир", "ru"),
        ("Це є їжа, і її ґанок.", "uk"),
        ("これは日本語です", "ja"),
        ("中文", "zh"),
        ("ภาษาไทย", "th"),
    ],
)
def test_too_little_prose_in_latin_script_is_english(text, language):
    assert guess_language(text) == language


def test_a_title_in_english_does_not_decide():
    assert guess_language(f"{PROSE['de']} Er las „The Lord of the Rings and the Tower“.") == "de"


def test_the_language_most_written_decides():
    assert guess_language(f"{PROSE['de']} „{PROSE['en'][:60]}“ {PROSE['de']}") == "de"
    assert guess_language(f"{PROSE['en']} “{PROSE['fr'][:60]}” {PROSE['en']}") == "en"


def test_a_licence_in_english_before_a_text_does_not_decide():
    assert guess_language((PROSE["en"] + "\n") * 9 + (PROSE["de"] + "\n") * 99) == "de"


@pytest.mark.parametrize("sign", ["a", " ", "`", "/", "&", "=", "'", "é", "a/ "])
def test_a_text_of_one_sign_takes_little_time(sign):
    started = perf_counter()

    assert guess_language(sign * 3_000_000) == "en"
    assert perf_counter() - started < 1


@pytest.mark.parametrize(
    ("declared", "code"), [("en-GB", "en"), ("DE", "de"), ("pt_BR", "pt"), ("german", ""), ("", "")]
)
def test_a_declared_language_is_its_code(declared, code):
    assert parse_language(declared) == code
