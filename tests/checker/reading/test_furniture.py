import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.reading import find_furniture, read_text

BODY_ID = (
    "Gubernur Tavo Rinn mengatakan bahwa jembatan akan dibuka bulan depan setelah perbaikan selesai.\n\n"
    "“Kami tidak menunda lagi,” katanya.\n\n"
    "Warga menyambut keputusan itu karena perjalanan ke pasar menjadi jauh lebih singkat.\n"
)


def marked(text, language, title=None):
    return [span.of(text) for span in find_furniture(text, language, title)]


def between(line):
    filler = "Kalimat biasa yang cukup panjang untuk menjadi bagian dari tubuh berita nomor {} hari ini.\n\n"
    before = "".join(filler.format(i) for i in range(9))
    return f"{before}{line}\n\n" + "".join(filler.format(i) for i in range(20, 29))


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("id", "Baca Juga :\u00a0 “Kami tidak akan mundur,” Kata Gubernur Rinn"),
        ("id", "BACA JUGA: Rinn: Jembatan Aman"),
        ("id", "Baca juga Jembatan Karlo Ditutup Sementara"),
        ("id", "Simak Video: “Gubernur Tinjau Jembatan”"),
        ("id", "Baca artikel: Jembatan lama dibongkar"),
        ("id", "ADVERTISEMENT"),
        ("id", "SCROLL TO CONTINUE WITH CONTENT"),
        ("id", "Bagikan :"),
        ("id", "Sumber : KBK/SL"),
        ("id", "Penulis: Lena Orta | Editor: Pim Sula"),
        ("id", "Rep: Dani Kresna/ Red: Wira"),
        ("id", "Halaman Selanjutnya...."),
        ("id", "Pilihan Editor: Warga Menanti Jembatan"),
        ("id", "[Gambas:Video 20detik]"),
        ("id", "Scroll to Top"),
        ("id", "Read Next"),
        ("en", "Read more: ‘We will not retreat,’ says Rinn"),
        ("en", "Also read: Bridge shut for the winter"),
        ("en", 'RELATED: "Chaos" at the quay'),
        ("en", "Share this article"),
        ("en", "Copyright © 2024 Harbour Daily. All rights reserved."),
        ("en", "Photo: Harbour Daily / L. Ortmann"),
        ("en", "Reporting by Lena Ortmann; editing by Pim Vos"),
        ("en", "https://harbour.example/bridge?x=1"),
        ("ms", 'BACA JUGA: Tarif air "tidak naik" tahun ini'),
        ("ms", "Artikel Berkaitan: Jambatan Karlo dibuka"),
        ("ms", "Kongsi artikel ini"),
        ("ms", "Kredit foto: Berita Muara"),
        ("zh", "相关阅读：“混乱的码头”"),
        ("zh", "延伸閱讀：大橋「下月開放」"),
        ("zh", "责任编辑：王小明"),
        ("zh", "来源：河湾社"),
        ("zh", "点击阅读：桥梁报告"),
        ("und", "Baca Juga: “Apa saja”"),
    ],
)
def test_a_furniture_line_is_marked_whole_and_alone(language, line):
    assert marked(between(line), language) == [line]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("id", "“Kami tidak akan mundur,” kata Gubernur Rinn."),
        ("id", "JAKARTA, DERMAGA — “Kami siap,” kata Rinn."),
        ("id", "Vessmark | DERMAGA.co – Gubernur mengatakan jembatan aman."),
        ("id", "Sumber itu mengatakan “tidak ada yang tahu”"),
        ("id", "Baca puisi di depan umum itu sulit, kata Rinn."),
        ("id", "Baca juga penting bagi anak-anak, kata menteri."),
        ("id", "Reporter: Apakah Anda akan mundur?"),
        ("id", "Editor: “Kami tidak pernah mengatakan itu”"),
        ("id", "Penulis buku itu tidak hadir"),
        ("id", "Bagikan makanan itu kepada mereka, kata Rinn."),
        ("en", "Share this with your neighbours, the mayor said."),
        ("en", "Source: “We knew nothing,” the aide said."),
        ("en", "By Monday the bridge will be open, Rinn said."),
        ("en", "Read more carefully next time, he told them."),
        ("en", "Watch how the river rises, she said."),
        ("ms", "Sumber itu berkata “tiada siapa yang tahu”"),
        ("zh", "记者：您会辞职吗？"),
        ("zh", "州长说：“我们不会再推迟。”"),
    ],
)
def test_prose_is_not_furniture(language, line):
    assert marked(between(line), language) == []


def test_links_below_a_heading_go_with_it():
    text = BODY_ID + "\nArtikel Terkait\n\nJembatan “ditutup” lagi\nWarga menunggu\n\nFeri berlayar\n"
    assert marked(text, "id") == [
        "Artikel Terkait",
        "Jembatan “ditutup” lagi",
        "Warga menunggu",
        "Feri berlayar",
    ]


def test_links_in_mid_article_end_at_the_blank_line():
    text = f"Baca Juga:\n- Jembatan “ditutup” lagi\n- Warga menunggu\n\n{BODY_ID}"
    assert marked(text, "id") == ["Baca Juga:", "- Jembatan “ditutup” lagi", "- Warga menunggu"]


def test_a_link_glued_to_a_paragraph_and_a_credit_inside_one():
    text = "Rinn setuju. (Foto: Dermaga/Dani) Rapat selesai. Baca juga: “Rapat batal” kata Rinn\n\n" + BODY_ID
    assert marked(text, "id") == ["(Foto: Dermaga/Dani)", "Baca juga: “Rapat batal” kata Rinn"]


def test_markup_left_in_a_byline():
    assert marked(between('Laporan <a href="x" title="y">Dani</a> dari Karlo.'), "id") == [
        '<a href="x" title="y">'
    ]


def test_a_caption_printed_twice_is_marked_twice_and_the_title_only_once():
    caption = "Gubernur Tavo Rinn meninjau jembatan"
    text = f"Jembatan dibuka\n\n{caption}\n{caption}\n\n{BODY_ID}"
    assert marked(text, "id", "Jembatan dibuka") == [caption, caption]
    text = f"Jembatan dibuka\n\nJembatan dibuka\n\n{BODY_ID}"
    spans = find_furniture(text, "id", "Jembatan dibuka")
    assert [s.start for s in spans] == [17]


def test_a_paragraph_printed_twice_is_read_once():
    paragraph = "“Kami tidak menunda lagi,” katanya."
    spans = find_furniture(f"Awal.\n\n{paragraph}\n\n{paragraph}\n\n{BODY_ID}", "id")
    assert spans[0].start == 7 + len(paragraph) + 2


def test_the_second_copy_of_a_body_is_marked():
    text = f"Jembatan dibuka\n\n{BODY_ID}\n{BODY_ID}"
    spans = find_furniture(text, "id", "Jembatan dibuka")
    assert min(s.start for s in spans) == text.rindex("Gubernur Tavo")
    assert "".join(s.of(text) for s in spans) == BODY_ID.replace("\n", "")


def test_bylines_count_only_near_the_edges():
    assert marked(f"Oleh Lena Orta\n\n{BODY_ID}", "id") == ["Oleh Lena Orta"]
    assert marked(between("Oleh Lena Orta"), "id") == []


@pytest.mark.parametrize(
    ("first_lines", "title", "outlet", "published"),
    [
        (
            "Jembatan dibuka\n\nVessmark | DERMAGA.co – Gubernur tiba, Selasa (13/6).",
            "Jembatan dibuka",
            "DERMAGA.co",
            None,
        ),
        (
            "Jembatan dibuka\n\nDERMAGA.CO.ID - Gubernur tiba, Selasa (13/6/2023).",
            "Jembatan dibuka",
            "DERMAGA.CO.ID",
            "2023-06-13",
        ),
        ("KARLO, DERMAGA — Gubernur tiba.", None, "DERMAGA", None),
        ("KARLO, DERMAGA-Gubernur tiba.", None, "DERMAGA", None),
        (
            "Jembatan dibuka\n\nSelasa, 13 Juni 2023 14:05 WIB\n\nGubernur tiba.",
            "Jembatan dibuka",
            None,
            "2023-06-13",
        ),
        (
            "Peringatan 17 Agustus 1945 di Karlo ramai\n\nGubernur tiba.",
            "Peringatan 17 Agustus 1945 di Karlo ramai",
            None,
            None,
        ),
        ("Gubernur tiba di Karlo.\n\nIa pulang.", None, None, None),
        ("“Kami siap,” kata Rinn.\n\nIa pulang.", None, None, None),
    ],
)
def test_title_outlet_and_date_from_the_text(first_lines, title, outlet, published):
    article = read_text(f"{first_lines}\n\n{BODY_ID}", language="id")
    assert article.title == title
    assert article.outlet == outlet
    assert (article.published and article.published.isoformat()) == published


def test_english_and_chinese_datelines():
    english = read_text(
        "Bridge opens\n\nKARLO, June 13, 2023 (Harbour Wire) - The bridge is open, Rinn said.\n"
    )
    assert (english.outlet, str(english.published), english.title) == (
        "Harbour Wire",
        "2023-06-13",
        "Bridge opens",
    )
    chinese = read_text("大桥开放\n\n2023年6月13日\n\n（河湾社）卡洛电 州长说桥已开放。\n")
    assert (chinese.outlet, str(chinese.published)) == ("河湾社", "2023-06-13")


PIECES = [
    "Baca Juga:",
    "“",
    "”",
    "\n",
    "\r\n",
    "\n\n",
    "Sumber :",
    "(Foto:",
    ")",
    "<a ",
    ">",
    "Bagikan",
    "kata Rinn.",
    "\u202e",
]


@given(
    st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=40).map(" ".join),
    st.sampled_from(["id", "en", "zh", "xx"]),
)
def test_spans_lie_inside_the_text_in_order(text, language):
    end = 0
    for span in find_furniture(text, language, None):
        assert end <= span.start < span.end <= len(text)
        end = span.end + 1
