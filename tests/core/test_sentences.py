from itertools import pairwise
from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pactreader.core.sentences import sentences_in

SIGNS = st.sampled_from(
    [
        *"aB1 .!?\n\"'“”«»()[]-–—「」。¹²*\u00a0\u2028\x85\x1c\u3000\u0301한と",
        "Mr. ",
        "J. ",
        "p. 5",
        "19. J",
        "[1]",
        "…",
        "\ud800",
    ]
)
LANGUAGES = st.sampled_from(["en", "de", "fr", "ja", "zh", "ko", "th", "km", "ar", "xx", ""])


def sentences(language: str, text: str) -> list[str]:
    return [text[start:end] for start, end in sentences_in(text, language)]


@given(text=st.lists(SIGNS, max_size=60).map("".join), language=LANGUAGES)
@example(text="Jean\u00a0A. Dupont, A\u00a0B.", language="fr")
@example(text="A\u2028B. C\x85D.", language="en")
@example(text="\n\n\n", language="en")
def test_sentences_have_all_of_a_text_but_white_space(text, language):
    found = sentences_in(text, language)
    edges = [0, *(offset for passage in found for offset in passage), len(text)]

    assert edges == sorted(edges)
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in found)
    assert not any(text[end:start].strip() for end, start in zip(edges[::2], edges[1::2], strict=True))
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert found == sentences_in(text, language)


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        # A small letter goes on.
        ("en", ["“Why?” she asked.", "He came!... and left."]),
        ("pl", ["Żył w XIX w. w Krakowie.", "Potem umarł."]),
        ("hu", ["A 19. században volt.", "Kész."]),
        # A number after an abbreviation does too, but not after a word.
        ("nl", ["Zie blz. 5.", "Het kost ca. 5 euro."]),
        ("it", ["L’art. 5 vale.", "Vive al n. 5."]),
        ("ru", ["См. рис. 5.", "Да."]),
        ("tr", ["M.Ö. 50 yılında öldü.", "Sonra."]),
        ("en", ["He saw the station.", "1990 was the year."]),
        # An ordinal number, a title and an initial belong to the name after them.
        ("de", ["Im 19. Jahrhundert war das anders.", "Am 3. Oktober kam er."]),
        ("de", ["Er wurde 29.", "Danach ging er."]),
        ("fr", ["M. Dupont et Mme. Durand viennent.", "Le livre de J. Dupont est bon."]),
        ("fr", ["Il est né en 50 av. J.-C. à Rome.", "Il meurt."]),
        ("pl", ["Ks. Jan mówi.", "Ul. Długa jest krótka."]),
        ("it", ["L’on. Rossi e il dott. Verdi.", "Bene."]),
        ("ro", ["Dl. Pop și dna. Ionescu.", "Bine."]),
        ("en", ["So say Smith et al.", "The results follow.", "She told me.", "Then she left."]),
        ("no", ["Jf. Artikkel 5, dvs. Ole.", "Se kap. Fire."]),
        ("de", ["Der II. Weltkrieg.", "Das war Friedrich II.", "Er war König."]),
        ("tr", ["II. Abdülhamid öldü.", "Doç. Dr. Can geldi."]),
        ("hu", ["IV. Béla király volt.", "Meghalt."]),
        ("de", ["Die Fa. Meier und Dipl.-Ing. Karl Maier.", "Das ist Max.", "Er lacht."]),
        ("pl", ["Dr hab. Jan i m.in. Azor.", "Zob. rozdz. 3 i art. 2 ust. 1.", "Tak."]),
        ("tr", ["Vezir Müh. Ali Can ve Arş. Gör. Ay geldi.", "Gitti."]),
        ("vi", ["TP. Hồ Chí Minh rất lớn.", "Đúng."]),
        ("zh", ["他叫A. Smith。", "我不知道。"]),
        ("pt", ["No séc. XIX era assim.", "Depois não."]),
        ("en", ["See Ch. 3, paras. 4, and Matt. 5:3.", "So I do.", "At 5 p.m. Monday he left.", "At 5 p.m.", "He left."]),
        # Lists and years end with abbreviations, and often so do sentences.
        ("fr", ["Des pommes, des poires, etc.", "Nous mangeons.", "Des noix, etc. dans le sac."]),
        ("de", ["Äpfel, Birnen usw.", "Wir essen.", "Äpfel, Birnen usw. Nüsse auch.", "Siehe S. 45 ff.", "Das ist klar."]),
        ("ru", ["Он родился в 1799 г.", "Потом умер.", "В 1799 г. Москва горела.", "Груши и т. д.", "Мы едим."]),
        ("pl", ["Było to w 1990 r.", "Potem nie.", "W 1990 r. Polska była inna.", "Jabłka, gruszki itd.", "Jemy."]),
        ("nl", ["Appels, peren, enz.", "We eten.", "’s Avonds regent het.", "'t Is koud."]),
        ("el", ["Μήλα, αχλάδια κ.λπ.", "Τρώμε."]),
        # A name may begin with a small letter.
        ("en", ["Sales of it rose.", "iPhones fell."]),
        # A dash, a closing quotation mark, a particle.
        ("en", ["“I go.” — he said.", "He went."]),
        ("fr", ["« Oui ! » dit-il.", "« Bonjour. »", "Il partit."]),
        ("de", ["„Geh.“", "Er ging.", "»So.«", "Sie kam."]),
        ("sv", ["”Hej.”", "Han gick.", "”Nej”, sa han."]),
        ("ja", ["彼は「行きます。」と言った。", "本当だ。"]),
        ("ja", ["「行く！」って言った。", "「え？」と彼。", "そう。"]),
        ("ja", ["「行く。」", "ところで、彼は来た。"]),
        ("zh", ["他走了。", "“你好。”他说。"]),
        # A reporting clause after a quotation, in small letters or not.
        ("en", ["“Go!” Mary said.", "“Stop!”", "Mary stopped the car."]),
        ("zh", ["“你好！”他说。", "“走吗？”", "“不走。”"]),
        ("ja", ["「行こう！」彼は言った。", "「え？」", "「うん。」", "え？と思った。"]),
        ("ko", ['"가자!" 그가 말했다.', "네.", "좋아요!"]),
        ("hi", ["“आओ!” उसने कहा।", "वह गया।"]),
        ("ar", ["«تعال!» قال أحمد.", "ثم ذهب."]),
        # A sentence in brackets is one.
        ("en", ["(First.)", "(“Second!”)", "[He left.]", "Then he slept."]),
        ("en", ["The results (see Table 2.) are good.", "They hold."]),
        ("zh", ["（他走了。）", "我没走。"]),
        ("ko", ['그는 "간다."라고 말했다.', "끝."]),
        # Footnote signs.
        ("en", ["The claim is old.¹", "A second one followed.²⁻³", "Nobody checked."]),
        ("en", ["It is old.[1][2]", "It is new. [3]", "It is.[note 4]", "No."]),
        ("en", ["“It is.”*", "It was.†", "It will be.¹,²", "No."]),
        ("zh", ["他点头。①", "他走了。"]),
        # A number alone is none, nor are signs.
        ("en", ["He left.", "Well… ;-) *** 😀"]),
        ("en", ["1. Introduction"]),
        ("fr", ["2.1. Introduction"]),
        # A text without capitals has sentences too.
        ("en", ["i went home.", "then i slept!", "ok?", "yes."]),
        # Scripts with stops of their own.
        ("hi", ["यह है।", "वह है।"]),
        ("km", ["ខ្ញុំទៅផ្ទះ។", "គាត់មក។"]),
        ("my", ["သူသွားသည်။", "ငါလာသည်။"]),
    ],
)  # fmt: skip
def test_sentences_end_where_a_reader_would_end_them(language, parts):
    assert sentences(language, " ".join(parts)) == parts or sentences(language, "".join(parts)) == parts


def test_a_dash_on_a_line_of_its_own_begins_a_speech():
    assert sentences("es", "— Sí.\n— No. —dijo él—.") == ["— Sí.", "— No. —dijo él—."]


@pytest.mark.parametrize(
    "part",
    [
        "1. ",
        "។ ",
        "¹. ",
        "“a. ",
        "「行。",
        "a.» ",
        "a.[1] ",
        ". \u00a0",
        "!?",
        "a.   \n-",
        "(a.) ",
        "(a",
        "etc. A",
        "”A ",
    ],
)
def test_a_long_text_of_one_kind_takes_little_time(part):
    started = process_time()
    sentences_in((part * 10_000)[:20_000], "de")

    assert process_time() - started < 2
