"""Bytes -> text: each encoding that staff's files come in, by what a sentence looks like."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.loading.decoding import NotTextError, decode

TEXTS = {
    "zh": (
        "广交会",
        "纳税人应当自结算缴纳税款之日起九十日内向主管税务机关申报。",
        "保单融资贷款最高300万元。\n联系电话：020-12345678\n",
    ),
    "zh-Hant": ("廣交會在廣州舉行。", "香港貿易發展局為中小企業提供支援，並設有辦事處。"),
    "ja": ("中小企業の海外展開を支援します。", "展示会は東京で開催されます。"),
    "ko": ("중소기업의 해외 진출을 지원합니다.", "전시회는 서울에서 열립니다."),
    "ru": ("Экспорт вырос на десять процентов.", "Ввозная пошлина составляет 5%."),
    "de": ("Zölle, Maße und Größen gelten für Österreich.",),
    "fr": ("La société a été créée à Genève; les droits sont élevés.",),
    "es": ("La exportación creció un diez por ciento el año pasado en España.",),
    "el": ("Η κωδικοποίηση των χαρακτήρων είναι σχεδόν ίδια με την κωδικοποίηση Windows.",),
    "fr-15": ("L'œuf de poule est utilisé; les œufs d'autres oiseaux sont consommés à Genève.",),
    "th": ("มาตรฐานผลิตภัณฑ์อุตสาหกรรม หรือที่รู้จักกันทั่วไปว่า TIS-620",),
    "pl": ("Opłata celna wynosi pięć procent wartości towarów w Łodzi.",),
    "en": ("The fair is held in Guangzhou.\nIt is old.\n",),
}
ENCODINGS = {
    "zh": ("gb18030", "hz", "utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32-le"),
    "zh-Hant": ("big5", "gb18030", "utf-16-le", "utf-16-be"),
    "ja": ("cp932", "euc_jp", "iso2022_jp", "utf-16-le", "utf-8"),
    "ko": ("cp949", "iso2022_kr", "utf-16-be", "utf-16-le"),
    "ru": ("koi8_r", "cp1251", "iso8859_5", "cp866", "utf-16-le"),
    "de": ("cp1252", "utf-16-be"),
    "fr": ("cp1252",),
    "es": ("cp1252",),
    "el": ("cp1253",),
    "fr-15": ("iso8859_15",),
    "th": ("cp874", "tis_620"),
    "pl": ("cp1250",),
    "en": ("ascii", "utf-8-sig", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"),
}
EUROPEAN = (
    ("cp1252", "L’entreprise dépose sa demande à la préfecture; elle règle les frais d’étude."),
    ("cp1252", "Le cœur de la ville est l’œuvre des sœurs."),
    ("cp1252", "China’s exporters don’t pay — it’s waived. Señor García won’t."),
    ("cp1252", "The “fee” is £40 — it’s due in June."),
    ("cp1252", "L’impresa è più facile là dov’è già nota. Perché no? Così sarà."),
    ("cp1252", "O cartão não é válido; as exportações são já públicas."),
    ("cp1252", "®Haas und Söhne: die Zölle für Öl."),
    ("cp1252", "Ráðuneytið þarf að fá umsókn fyrir júní."),
    ("cp1250", "Małe przedsiębiorstwa składają wniosek, opłata wynosi 40 złotych."),
    ("cp1250", "Žádost se podává do konce června; poplatek činí 40 korun."),
    ("cp1250", "A kisvállalkozások június végéig nyújtják be kérelmüket; őszi űrlap."),
    ("iso8859_2", "Małe przedsiębiorstwa składają wniosek, opłata wynosi 40 złotych."),
    ("iso8859_2", "Žádost se podává do konce června; poplatek činí 40 korun."),
    (
        "cp1254",
        "Küçük işletmeler her yıl 30 Haziran tarihine kadar başvuru yapar, ücret 40 liradır.",
    ),
    ("cp1257", "Mažos įmonės prašymą pateikia iki birželio; mokestis yra 40 eurų."),
)
CASES = [
    (text, encoding)
    for language, encodings in ENCODINGS.items()
    for encoding in encodings
    for text in TEXTS[language]
]


@pytest.mark.parametrize(("text", "encoding"), CASES)
def test_a_text_is_read_in_the_encoding_it_was_written_in(text, encoding):
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize(("encoding", "text"), EUROPEAN)
def test_the_letters_of_a_language_tell_its_encoding(encoding, text):
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("raw", "assumed"),
    [
        ("它很大。".encode(), False),
        ("它很大。".encode("utf-16"), False),
        ("它很大，也很老。".encode("gb18030"), True),
        ("它很大，也很老。".encode("hz"), True),
        ("它很大，也很老。".encode("utf-16-le"), True),
    ],
)
def test_what_nothing_in_the_file_says_is_assumed(raw, assumed):
    assert decode(raw).assumed is assumed


def test_plain_english_is_never_taken_for_utf_16():
    """The bytes of "Bush hid the facts" are Chinese characters in UTF-16."""
    assert decode(b"Bush hid the facts").text == "Bush hid the facts"


@given(st.text(max_size=40))
@settings(max_examples=200, deadline=None)
def test_utf_8_is_read_as_it_is_or_refused(text):
    try:
        found = decode(text.encode())
    except NotTextError:
        return

    assert found.text.removeprefix("\ufeff") == text.removeprefix("\ufeff") or found.assumed
