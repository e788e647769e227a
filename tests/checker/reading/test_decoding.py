import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.errors import InputError
from checker.reading.decoding import decode

CURLY = "“Kami siap,” kata Tavo Rinn – naïve.\r\nBaris dua.\n"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (CURLY.encode(), CURLY),
        (codecs.BOM_UTF8 + CURLY.encode(), CURLY),
        (CURLY.encode("utf-16"), CURLY),
        (codecs.BOM_UTF16_BE + CURLY.encode("utf-16-be"), CURLY),
        (CURLY.encode("utf-32"), CURLY),
        (CURLY.encode("utf-16-le"), CURLY),
        (CURLY.encode("cp1252"), CURLY),
    ],
)
def test_the_text_is_the_decoded_file(data, text):
    assert decode(data) == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("gb18030", "部长说：“我们不能再等了。”政府将在下个月公布新的计划。"),
        ("big5", "部長說：「我們不能再等了。」政府將在下個月公布新的計劃。"),
        ("euc_kr", "장관은 더 이상 기다릴 수 없다고 말했다. 정부는 다음 달에 발표한다."),
        ("euc_jp", "大臣はもう待てないと述べた。政府は来月、計画を発表する。"),
        ("cp1251", "Министр сказал, что мы не можем больше ждать решения правительства."),
    ],
)
def test_older_encodings_are_recognised(encoding, text):
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04rest", "Office"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"text with a \x00 byte", "NUL"),
        (bytes(range(1, 9)) * 20, "binary"),
        (codecs.BOM_UTF16_LE + b"a\x00\x00\xd8b\x00", "UTF-16"),
    ],
)
def test_what_is_no_text_is_refused_with_a_remedy(data, word):
    with pytest.raises(InputError) as caught:
        decode(data, path="a.txt")
    assert word in str(caught.value)
    assert caught.value.remedy
    assert caught.value.path == "a.txt"


@pytest.mark.parametrize(
    ("data", "offset", "line"),
    [
        ("Satu.\n“Kami siap”, kata \N{LATIN SMALL LETTER E WITH ACUTE}".encode() + b"\xff tamat", 30, 2),
        ("“Kami siap,” katanya.".encode()[1:], 0, 1),
        (b"abc def\xff\xfe\xfa", 7, 1),
        ("tamat “".encode()[:-1], 6, 1),
        (b"text \xe9\xe9 x", 5, 1),
    ],
)
def test_broken_utf8_names_the_byte_and_is_not_guessed_at(data, offset, line):
    with pytest.raises(InputError, match=rf"byte {offset} ") as caught:
        decode(data)
    assert caught.value.line == line
    assert "UTF-8" in caught.value.remedy


@given(st.binary(max_size=300))
def test_any_bytes_give_text_or_an_input_error(data):
    try:
        text = decode(data)
    except InputError:
        return
    assert text.encode("utf-8")


@given(st.text(min_size=1, max_size=200).filter(lambda t: t.strip() and t.isprintable()))
def test_utf8_always_survives(text):
    if text.strip(" ").startswith(("\ufeff", "{\\rtf", "%PDF-", "PK", "BZh")):
        return
    assert decode(text.encode("utf-8")) == text
