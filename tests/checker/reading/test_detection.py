import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.errors import LanguageError
from checker.reading import detect_language
from checker.reading.detection import declared_language

ARTICLES = {
    "en": [
        "The bridge at Karlo Point will open next month, the governor said on Monday. Repairs cost 4.5 million and "
        "took two winters. “We will not delay it again,” she told reporters after the meeting.",
        "Striking bus drivers in Vessmark returned to their depots. Their union had asked for shorter shifts. "
        "Neither side would say how long the talks lasted, but both called them honest.",
        "A storm warning remains in force along the coast. Ferries have stopped and schools are closed. “Stay at "
        "home if you can,” the mayor said.",
    ],
    "id": [
        "Jembatan di Tanjung Karlo akan dibuka bulan depan, kata gubernur pada hari Senin. Perbaikan memakan biaya "
        "4,5 juta dan berlangsung dua musim. “Kami tidak akan menundanya lagi,” ujarnya setelah rapat.",
        "Para sopir bus di Vessmark kembali bekerja karena tuntutan mereka dipenuhi. Serikat pekerja meminta jam "
        "kerja yang lebih pendek. Kedua pihak mengatakan bahwa perundingan berjalan jujur.",
        "Peringatan badai masih berlaku di sepanjang pantai. Kapal feri berhenti beroperasi dan sekolah ditutup. "
        "“Tetaplah di rumah kalau bisa,” kata wali kota.",
        "Presiden tidak boleh memenangkan perang ini, kata sekretaris jenderal. Ia mengatakan hal itu akan membuat "
        "dunia lebih berbahaya. Pertemuan dijadwalkan pada Selasa, namun ditunda.",
    ],
    "ms": [
        "Jambatan di Tanjung Karlo akan dibuka bulan depan, kata gabenor pada hari Isnin. Kerja baik pulih menelan "
        "kos 4.5 juta. “Kami tidak akan menangguhkannya lagi,” katanya selepas mesyuarat.",
        "Pemandu bas di Vessmark kembali bekerja kerana tuntutan mereka dipenuhi. Kesatuan mahu waktu kerja yang "
        "lebih pendek. Kedua-dua pihak berkata rundingan itu jujur.",
        "Amaran ribut masih berkuat kuasa di sepanjang pantai. Feri tidak beroperasi dan sekolah ditutup. “Duduklah "
        "di rumah jika boleh,” kata Datuk Bandar pada sidang akhbar.",
        "Beliau menegaskan bahawa kerajaan tidak akan tunduk kepada tekanan. Wang itu sudah disalurkan pada Jumaat. "
        "Menurutnya, perkara tersebut ialah urusan dalaman.",
    ],
    "zh": [
        "卡洛角大桥将于下月开放，州长周一表示。维修历时两个冬天。她在会后告诉记者：“我们不会再推迟。”",
        "韋斯馬克的公車司機已復工。工會要求縮短工時。雙方都說談判是坦誠的。",
    ],
    "ja": [
        "カルロ岬の橋は来月開通すると知事が月曜日に述べた。修理には二つの冬がかかった。もう遅らせないと語った。"
    ],
    "ko": ["카를로곶 다리가 다음 달에 열린다고 주지사가 월요일 말했다. 수리에는 두 해가 걸렸다."],
    "ta": ["பாலம் அடுத்த மாதம் திறக்கப்படும் என்று ஆளுநர் திங்களன்று கூறினார்."],
    "th": ["ผู้ว่าการกล่าวเมื่อวันจันทร์ว่าสะพานจะเปิดในเดือนหน้า"],
}


@pytest.mark.parametrize(
    ("language", "text"), [(code, text) for code, texts in ARTICLES.items() for text in texts]
)
def test_articles(language, text):
    assert detect_language(text) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Le ministre a dit que nous ne pouvons pas attendre plus longtemps et que la loi est prête.", "fr"),
        ("El presidente dijo que no podemos esperar más tiempo para actuar contra la inflación.", "es"),
        ("Министр сказал, что мы не можем больше ждать решения правительства.", "ru"),
        ("قال الوزير إننا لا نستطيع الانتظار أكثر من ذلك لاتخاذ القرار", "ar"),
    ],
)
def test_languages_without_a_file_are_named_and_not_taken_for_ours(text, language):
    assert detect_language(text) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Kami siap membantu mereka.", "id"),
        ("Kita tidak boleh lengah", "id"),
        ("Beliau berkata kerajaan tidak akan menunggu kerana masa suntuk.", "ms"),
        ("We must act now.", "en"),
        ("我们不能再等了", "zh"),
    ],
)
def test_single_sentences_fall_back_to_the_better_supported_of_the_group(text, language):
    assert detect_language(text) == language


@pytest.mark.parametrize("text", ["", "123 456 %", "xqzt", "\u202e\u0000\ufffd", "!?"])
def test_unsure_is_und(text):
    assert detect_language(text) == "und"


def test_a_wrong_template_hint_loses_and_a_plausible_one_settles_the_group():
    assert detect_language(ARTICLES["id"][0], hint="en-US") == "id"
    assert detect_language("Kami siap membantu mereka.", hint="ms") == "ms"
    assert detect_language(ARTICLES["id"][1], hint="ms") == "id"
    assert detect_language("sulit", hint="id") == "id"
    assert detect_language(ARTICLES["en"][0], hint="not a language") == "en"


@pytest.mark.parametrize(
    ("stated", "code"), [("id-ID", "id"), ("Indonesian", "id"), ("zh_Hant", "zh"), ("ta", "ta")]
)
def test_stated_languages(stated, code):
    assert declared_language(stated) == code


@pytest.mark.parametrize("stated", ["klingon", "", "x", "123", "xx"])
def test_a_stated_language_that_is_none(stated):
    with pytest.raises(LanguageError):
        declared_language(stated)


@given(st.text(max_size=300))
def test_any_text_has_an_answer(text):
    assert 2 <= len(detect_language(text)) <= 3


def test_known_languages_do_not_load_the_identifier():
    code = (
        "import sys; from checker.reading import detect_language as d;"
        f"assert d({ARTICLES['id'][0]!r}) == 'id';"
        "heavy = {'py3langid', 'trafilatura', 'yaml', 'charset_normalizer'} & set(sys.modules);"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
