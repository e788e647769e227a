"""MQ109 and MQ119 on texts that the pages do not show: what was left out, and what may be."""

from __future__ import annotations

import pytest

from checker import Checker, Severity, Source
from index import Encoder, load_encoder


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder(None)


def errors(encoder: Encoder, quote: str, language: str, source: str, source_language: str) -> set[str]:
    result = Checker(encoder=encoder).compare(quote, [Source(source, source_language)], language=language)
    return {f.rule for f in result.findings if f.severity is Severity.ERROR}


DROPPED = [
    ("id", "Para pekerja akan mogok pada hari Senin.", "en", "Should the talks fail, the workers will strike on Monday."),
    ("ms", "Kami akan membina semula dewan itu tahun ini.", "en", "Were the council to agree, we would rebuild the hall this year."),
    ("en", "The workers will strike on Monday.", "en", "The workers will strike on Monday should the talks in Geneva fail."),
    ("id", "Kapal itu boleh berlayar lagi pada hari Jumat.", "en", "The ship may sail again on Friday, assuming the engineers approve the new engine."),
    ("zh", "我们今年将重建礼堂。", "en", "Provided the council agrees, we will rebuild the hall this year."),
    ("en", "The village will open the road to trucks in March.", "id", "Desa akan membuka jalan itu untuk truk pada bulan Maret, sepanjang gubernur menandatangani izinnya."),
    ("en", "The farmers will sell the rice to the city.", "ms", "Petani akan menjual beras itu ke bandar sekiranya harga naik semula."),
    ("en", "The union will call a strike next week.", "zh", "一旦谈判破裂，工会下周将号召罢工。"),
    ("en", "We will sign the contract this year.", "zh", "只有董事会批准预算，我们今年才会签合同。"),
    ("id", "Perahu itu begitu lambat sehingga pencuri itu lolos.", "en", "Had the boat been any slower, the thief would have escaped."),
]  # fmt: skip

KEPT = [
    ("id", "Jika perundingan gagal, para pekerja akan mogok pada hari Senin.", "en", "Should the talks fail, the workers will strike on Monday."),
    ("en", "The village will open the road in March, subject to a permit from the governor.", "id", "Desa akan membuka jalan itu pada bulan Maret, asalkan gubernur menandatangani izinnya."),
    ("en", "Once the talks collapse, the union will call a strike next week.", "zh", "一旦谈判破裂，工会下周将号召罢工。"),
    ("en", "Besides the director, four nurses also came to the ceremony.", "zh", "除了主任，四名护士也参加了仪式。"),
    ("id", "Kami menunggu bus itu selama tiga jam di terminal.", "en", "We waited for the bus for as long as three hours at the terminal."),
    ("id", "Sekolah memberi setiap murid sebuah buku.", "en", "The school provided every pupil with a book."),
    ("id", "Perahu itu sedikit lebih lambat saja, pencuri itu pasti lolos.", "en", "Had the boat been any slower, the thief would have escaped."),
]  # fmt: skip

DISTORTED = [
    ("id", "... pasar itu sudah mati", "id", "Saya tidak sependapat dengan mereka yang bilang bahwa pasar itu sudah mati"),
    ("id", "... kotak suara itu dibuka. Kami menghitung enam kotak tanpa segel.", "en", "We did not say the ballot boxes were opened. We counted six boxes without a seal."),
    ("en", "The divers counted ten wrecks and ... the harbour is clean again.", "en", "The divers counted ten wrecks and, frankly, it would be naive to claim that the harbour is clean again."),
    ("id", "Saya ... mengatakan wali kota mencuri uang.", "en", "I have never said that the mayor stole the money."),
    ("ms", "Ubat itu selamat untuk orang dewasa ... dan doktor boleh menjualnya.", "en", "The medicine is safe for adults, though not for pregnant women, and doctors may sell it."),
    ("id", "Menurut kami, jembatan itu aman ...", "en", "The bridge is safe, in our view, only for cars without a trailer."),
    ("en", "The bridge was closed in May ... and nobody has used it since.", "en", "The bridge was closed in May, reopened in June for a week and nobody has used it since."),
    ("id", "... kami akan membangun kembali pasar itu tahun ini.", "en", "If the council agrees, we will rebuild the market this year."),
    ("en", "The bottles can be recycled ... we collected nine tonnes last year.", "zh", "瓶子只要先撕掉标签就可以回收，我们去年收集了九吨。"),
]  # fmt: skip

LAWFUL = [
    ("en", "... the director thanked the nurses.", "en", "I am not surprised that the director thanked the nurses."),
    ("en", "... the market will reopen in June.", "en", "I do not care for speeches, and the market will reopen in June."),
    ("id", "... tidak ada yang terluka dalam kebakaran itu.", "en", "Thank God, I can say that nobody was hurt in the fire."),
    ("en", "The market ... closed in May.", "en", "The market, which was rebuilt in 1990 and reopened by the governor, closed in May."),
    ("id", "Kami … meragukan hasil itu.", "en", "We have, since the first day, doubted the result."),
    ("id", "Kami akan menutup jembatan itu ...", "en", "We will close the bridge in May, and only two people complained."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "quote", "source_language", "source"), DROPPED)
def test_a_dropped_condition_is_an_error(
    encoder: Encoder, language: str, quote: str, source_language: str, source: str
) -> None:
    assert "MQ109" in errors(encoder, quote, language, source, source_language)


@pytest.mark.parametrize(("language", "quote", "source_language", "source"), KEPT)
def test_a_condition_that_is_kept_or_none_is_left_alone(
    encoder: Encoder, language: str, quote: str, source_language: str, source: str
) -> None:
    assert "MQ109" not in errors(encoder, quote, language, source, source_language)


@pytest.mark.parametrize(("language", "quote", "source_language", "source"), DISTORTED)
def test_an_ellipsis_that_turns_the_meaning_is_the_one_error(
    encoder: Encoder, language: str, quote: str, source_language: str, source: str
) -> None:
    assert errors(encoder, quote, language, source, source_language) == {"MQ119"}


@pytest.mark.parametrize(("language", "quote", "source_language", "source"), LAWFUL)
def test_a_lawful_ellipsis_is_left_alone(
    encoder: Encoder, language: str, quote: str, source_language: str, source: str
) -> None:
    assert errors(encoder, quote, language, source, source_language) == set()
