"""The encodings of texts that are not UTF-8."""

import codecs
import os
from io import BytesIO
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactreader.formats.decoding import decode
from pactreader.formats.encoding_detection import detect_encoding
from pactreader.formats.sources import read_source

CASES = Path(__file__).parents[1] / "cases"

SENTENCES = (
    ("Der alte Müller fährt jeden Morgen über die Brücke", "cp1252 iso8859_15"),
    ("La rivière a débordé au début de l'été", "cp1252"),
    ("El niño contaba los años con los dedos", "cp1252"),
    ("A decisão não é fácil para ninguém", "cp1252"),
    ("La città è più vuota di prima", "cp1252 mac_roman"),
    ("Över ån går en gammal bro som ingen längre använder", "cp1252 cp850"),
    ("Båden sejler først på onsdag", "cp1252"),
    ("Mökki on ollut tyhjänä monta vuotta", "cp1252"),
    ("Þorpið við fjörðinn er lítið", "cp1252"),
    ("Każdy mieszkaniec wsi zna tę historię", "cp1250 iso8859_2"),
    ("Každý den chodil přes řeku na trh", "cp1250 iso8859_2"),
    ("Každý deň chodil cez rieku na trh", "cp1250"),
    ("Az őszi eső három napja esik a városban", "cp1250 iso8859_2"),
    ("Svaki dan išao je preko rijeke na tržnicu", "cp1250 iso8859_2"),
    ("În fiecare dimineaţă bătrânul trece podul", "cp1250"),
    ("Соглашение между двумя странами подписано в среду", "cp1251 koi8_r iso8859_5 cp866"),
    ("Щоранку старий мельник переходив через річку", "cp1251 koi8_u"),
    ("Всяка сутрин старият мелничар минаваше през реката", "cp1251"),
    ("Свако јутро стари млинар је прелазио реку", "cp1251"),
    ("Κάθε πρωί ο παλιός μυλωνάς περνούσε τη γέφυρα", "cp1253 iso8859_7"),
    ("Yaşlı değirmenci her sabah köprüden geçerdi", "cp1254 iso8859_9"),
    ("כל בוקר הטוחן הזקן עבר את הגשר", "cp1255"),
    ("كان الطحان العجوز يعبر الجسر كل صباح", "cp1256 iso8859_6"),
    (
        "Kiekvieną rytą senasis malūnininkas eidavo per tiltą. Žmonės jį mylėjo, nes jis žinojo istorijų",
        "cp1257 iso8859_13",
    ),
    ("Katru rītu vecais dzirnavnieks gāja pāri tiltam", "cp1257"),
    ("Igal hommikul läks vana mölder üle silla", "cp1257"),
    (
        "ทุกเช้าคนโม่แป้งเฒ่าจะเดินข้ามสะพาน ผู้คนรักเขา เพราะเขารู้เรื่องเล่าที่ไม่มีใครรู้ วันหนึ่งเขาไม่มา ทุกคนจึงออกไปดูว่าเกิดอะไรขึ้น",
        "cp874",
    ),
    ("每天早上，老磨坊主都要过桥去市场", "gb18030 gb2312"),
    ("每天早上，老磨坊主都要過橋去市場", "big5"),
    ("毎朝、年老いた粉屋は橋を渡って市場へ行った", "cp932 euc_jp"),
    ("매일 아침 늙은 방앗간 주인은 다리를 건너 시장에 갔다", "cp949 euc_kr"),
)


@pytest.mark.parametrize(
    ("name", "words", "encoding"),
    [
        ("cp1250.txt", "Zażółć gęślą jaźń, mówi stare zdanie. Każdy je zna.", "Windows-1250"),
        ("cp1251.txt", "Соглашение между двумя странами подписано в среду.", "Windows-1251"),
        ("iso-8859-7.txt", "Η γέφυρα άνοιξε χθες. Όλοι ήταν εκεί.", "Windows-1253"),
    ],
)
def test_a_small_article_is_read_in_its_encoding(name: str, words: str, encoding: str) -> None:
    article = read_source(str(CASES / name), BytesIO())
    assert words in article.text
    assert article.encoding == encoding
    assert encoding in article.warning


@pytest.mark.parametrize(
    ("sentence", "codec"),
    [(sentence, codec) for sentence, encodings in SENTENCES for codec in encodings.split()],
)
def test_a_sentence_is_read_in_its_encoding(sentence: str, codec: str) -> None:
    data = sentence.encode(codec)
    decoded = decode(data, "a.txt")
    assert decoded.text == sentence
    assert codecs.decode(data, decoded.encoding) == sentence, "the name is one that Python understands"
    assert decoded.encoding in decoded.warning


@pytest.mark.parametrize(
    "text",
    [
        "It’s late.",
        "“Don’t,” he said — it’s late.",
        "5 € a day",
        "§ 12 of the act",
        "Copyright © 2024 Ann",
        "20 °C today",
        "…and so on",
        "L’été",
        "One café.",
        "coördinate",
    ],
)
def test_few_signs_in_an_english_text_are_those_of_windows_1252(text: str) -> None:
    assert decode(text.encode("cp1252"), "a").text == text


@pytest.mark.parametrize("codec", ["cp932", "euc_jp", "gb18030", "big5", "cp949"])
def test_a_text_that_ends_inside_of_a_character_keeps_its_encoding(codec: str) -> None:
    sentence = next(text for text, encodings in SENTENCES if codec in encodings.split())
    decoded = decode(sentence.encode(codec)[:-1], "a")
    assert decoded.text[:-2] == sentence[:-2]


def test_words_far_behind_the_beginning_decide() -> None:
    text = "plain words\n" * 100_000 + "Zażółć gęślą jaźń."
    assert decode(text.encode("cp1250"), "a").text == text


@given(st.binary(max_size=200))
@settings(max_examples=200)
def test_any_bytes_are_detected_or_not(data: bytes) -> None:
    if found := detect_encoding(data):
        data.decode(found.codec, "replace")
        assert codecs.lookup(found.name)


@pytest.mark.parametrize(
    "data",
    [
        b"\xe9" * 3_000_000,
        b"a\xe9" * 1_500_000,
        (b"a" * 25 + b"\xe9") * 115_000,
        (b"a" * 24 + b"\xe9") * 115_000,
        b"a" * 3_000_000 + b"\xe9",
        os.urandom(3000) * 1000,
    ],
    ids=["one letter", "every second", "scattered", "in reach", "one at the end", "noise"],
)
def test_detection_takes_a_moment_for_any_text(data: bytes) -> None:
    before = process_time()
    detect_encoding(data)
    assert process_time() - before < 3
