"""Roles, affiliations, kinds, carriers and addressees; and who is whom across documents."""

from __future__ import annotations

import pytest

from checker.quotations import extract, same_speaker, speaker_key
from checker.types import Article, Quotation, Speaker, SpeakerKind


def only(text: str, language: str) -> Quotation:
    (quotation,) = extract(Article(id="a", text=text, language=language)).quotations
    return quotation


def test_name_role_and_affiliation_are_told_apart() -> None:
    speaker = only("“Kami siap,” kata Sekretaris Jenderal NATO Bayu Prasetya.", "id").speaker
    assert speaker is not None
    assert (speaker.name, speaker.role, speaker.affiliation) == (
        "Bayu Prasetya",
        "Sekretaris Jenderal",
        "NATO",
    )
    assert speaker.surface == "Sekretaris Jenderal NATO Bayu Prasetya"


def test_a_country_between_office_and_name() -> None:
    speaker = only("“Kami siap,” kata Presiden Amerika Serikat Bayu Prasetya.", "id").speaker
    assert speaker is not None
    assert (speaker.name, speaker.role) == ("Bayu Prasetya", "Presiden")
    assert speaker.affiliation == "Amerika Serikat"


def test_the_surface_is_the_words_used_here() -> None:
    text = "Tomas Brandt said the dam was old.\n\n“It will hold,” he said."
    speaker = extract(Article(id="a", text=text, language="en")).quotations[-1].speaker
    assert speaker is not None
    assert (speaker.name, speaker.surface) == ("Tomas Brandt", "he")


def test_the_carrier_is_kept_apart() -> None:
    quotation = only("“Panen akan baik,” ungkap Dimas Hartanto, dikutip Reuters.", "id")
    assert quotation.carrier == "Reuters"


def test_the_addressee_is_kept_apart() -> None:
    quotation = only("Dimas Hartanto mengatakan kepada CNN: “Kami yakin air akan surut.”", "id")
    assert quotation.addressee == "CNN"
    quotation = only('Tomas Brandt told CNN: "The dam will hold for years."', "en")
    assert quotation.addressee == "CNN"


def test_the_cue_is_the_verb() -> None:
    text = "“Kami siap,” kata Dimas Hartanto."
    quotation = only(text, "id")
    assert quotation.cue is not None
    assert quotation.cue.of(text) == "kata"


@pytest.mark.parametrize(
    ("text", "language", "kind"),
    [
        ("“We are ready,” said Alma Reyes.", "en", SpeakerKind.PERSON),
        ("The Pentagon said the plan was “well under way this week”.", "en", SpeakerKind.INSTITUTION),
        ("“We are ready,” a senior official said.", "en", SpeakerKind.UNNAMED),
        ("联合国称：“救援物资已经抵达。”", "zh", SpeakerKind.INSTITUTION),
    ],
)
def test_kinds_of_speakers(text: str, language: str, kind: SpeakerKind) -> None:
    speaker = only(text, language).speaker
    assert speaker is not None
    assert speaker.kind is kind


def test_keys_do_not_depend_on_script_order_or_titles() -> None:
    assert speaker_key("Hartanto, Dimas") == speaker_key("Dimas Hartanto") == "dimas hartanto"
    assert speaker_key("José Ibáñez") == speaker_key("Jose Ibanez")
    assert speaker_key("Dr. Alma Reyes") == speaker_key("Alma Reyes")


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Hartanto", "Dimas Hartanto", True),
        ("Dimas Hartanto", "Dimas Hartanto", True),
        ("D. Hartanto", "Dimas Hartanto", True),
        ("Oleksandr Zelenskyy", "Oleksandr Zelensky", True),
        ("Yusuf Al-Karim", "Yusuf Karim", True),
        ("Alma Reyes", "Jorge Reyes", False),
        ("Alma Reyes", "Alma Brandt", False),
        ("Dimas Hartanto", "Lestari Ningsih", False),
        ("KPK", "Komisi Pemberantasan Korupsi", True),
        ("UN", "United Nations", True),
        ("", "Alma Reyes", None),
        ("Kapten Lindgren", "Oskar Lindgren", True),
        ("Captain Lindgren", "Oskar Lindgren", True),
        ("Kapten Lindgren", "Captain Lindgren", True),
        ("Kapten Lindgren", "Captain Osei", False),
        ("Menteri Pertahanan Alma Reyes", "Defence Secretary Alma Reyes", True),
        ("Minister Alma Reyes", "Minister Jorge Reyes", False),
        ("Bu Sekar", "Sekar Anjani", True),
        ("Pak Sekar", "Dimas Hartanto", False),
        ("Rustam Khodirov", "Rustam Hodirov", True),
        ("Soegeng Tjahaja", "Sugeng Cahaya", True),
        ("Rustam Khodirov", "Rustam Kadyrov", False),
        ("Dewi Sari", "Dewi Syarif", False),
        ("Alma King", "Jorge King", False),
        ("阮明德（Nguyen Minh Duc）", "Nguyen Minh Duc", True),
        ("阮明德 (Nguyen Minh Duc)", "阮明德", True),
        ("阮明德（Nguyen Minh Duc）", "黎文雄（Le Van Hung）", False),
        ("阮明德", "Nguyen Minh Duc", None),
        ("host", "Alma Reyes", None),
        ("ketua", "Alma Reyes", None),
        ("juru bicara", "juru bicara", True),
        ("M Farok", "Donna Monard", False),  # an initial alone fits many names
        ("M Farok", "Mohammad Farok", True),
        ("Kiran", "Dewi Kiranahartati", None),  # perhaps a name cut short
        ("Banuwi", "Banu Wirawan", None),
        ("Galen", "Rudi Hartaka", False),
        ("Banu Surya Pratama", "Banu PS Hartaka", False),  # one common name, and nothing else
        ("Banu Surya Pratama", "Banu Pratama", True),
        ("Riza Pratama", "Ahmad Riza Hartaka", None),
        ("Siti Laras Bakar", "Siti Laras Abubakar", None),
    ],
)
def test_same_speaker_from_names(a: str, b: str, same: bool | None) -> None:
    assert same_speaker(a, b) is same
    assert same_speaker(b, a) is same


def test_a_role_or_an_unnamed_source_tells_nothing() -> None:
    person = Speaker("Alma Reyes", "Reyes")
    official = Speaker("a senior official", "a senior official", kind=SpeakerKind.UNNAMED)
    ministry = Speaker("Ministry of Health", "the ministry", kind=SpeakerKind.INSTITUTION)
    assert same_speaker(person, official) is None
    assert same_speaker(person, ministry) is None
    translated = Speaker("Kementerian Kesehatan", "Kementerian", kind=SpeakerKind.INSTITUTION)
    assert same_speaker(ministry, translated) is None


def speakers_of(text: str, language: str) -> list[str | None]:
    article = Article(id="a", text=text, language=language)
    return [q.speaker.name if q.speaker else None for q in extract(article).quotations]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("id", "“Air naik,” kata juru bicara maskapai itu, Lestari Ningsih.", "Lestari Ningsih"),
        ("id", "“Air naik,” kata kepala regu Bayu Prasetya.", "Bayu Prasetya"),
        ("ms", "“Air naik,” kata ketua bekalan syarikat itu, Ingrid Halvorsen.", "Ingrid Halvorsen"),
        ("ms", "“Air naik,” kata Pengerusi Lembaga Pelabuhan, Dr. Alma Reyes.", "Alma Reyes"),
        ("ms", "“Air naik,” kata tuan rumah, Setiausaha Pertahanan Filipina Alma Reyes.", "Alma Reyes"),
        (
            "id",
            "Direktur Utama Citra Lautan, Lestari Ningsih, menyebut itu “sangat perlu”.",
            "Lestari Ningsih",
        ),
        (
            "ms",
            "Menteri Pengangkutan, Dimas Hartanto menyifatkan langkah itu sebagai “amat pedih”.",
            "Dimas Hartanto",
        ),
        ("ms", "Presiden Kesatuan Jurulatih, Kapten Oskar Wen pula berkata: “Kami letih.”", "Oskar Wen"),
        ("en", "“The water rose,” said its technical director, Alma Binti Reyes.", "Alma Binti Reyes"),
        ("en", "“The water rose,” said harbour master Ingrid Halvorsen.", "Ingrid Halvorsen"),
        ("en", "“The water rose,” harbour master Ingrid Halvorsen said.", "Ingrid Halvorsen"),
        ("en", "“The water rose,” said its chairman, retired judge Tomas Brandt.", "Tomas Brandt"),
        ("en", "“The water rose,” its head, Tomas Brandt, said.", "Tomas Brandt"),
        ("en", "“The water rose,” said the host, Kenyan Defence Secretary Alma Osei.", "Alma Osei"),
        ("id", "“Air naik,” kata Direktur Utama Selatan Airways Alma Reyes.", "Alma Reyes"),
        ("id", "“Air naik,” kata Kepala Divisi Gudang Bulog Alma Reyes.", "Alma Reyes"),
        ("id", "“Air naik,” kata Kepala Dinas Perairan Kota Budi Hartanto.", "Budi Hartanto"),
        ("id", "“Air naik,” kata Ketua Dewan Penyelamat Bersama Alma Reyes.", "Alma Reyes"),
        ("zh", "“水位已经上升，居民必须马上撤离。”水务局局长阿尔玛·雷耶斯星期二说。", "阿尔玛·雷耶斯"),
    ],
)
def test_the_holder_of_an_office_is_the_speaker(language: str, text: str, name: str) -> None:
    assert speakers_of(text, language) == [name]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("id", "Lestari Ningsih, perawat asal Kenya, menangis saat bersaksi. “Air naik cepat,” tuturnya."),
        ("ms", "Pengarah Klinik Teratai, Lestari Ningsih, tidak gembira. “Air naik cepat,” tegasnya."),
        ("ms", "Wakil Kenya, Lestari Ningsih, memilih untuk menunggu. “Air naik cepat,” kata beliau."),
        ("ms", "Wakil Kenya, Lestari Ningsih pula menghulurkan tangan. “Air naik cepat,” katanya."),
        ("id", "Di Muara, Sumirah Lestariana memeriksa gudangnya. “Air naik cepat,” ucapnya."),
        ("en", "Lestari Ningsih was not impressed. “The water rose fast,” she said."),
        ("en", "Lestari Ningsih of the Users' Institute was not impressed. “The water rose fast,” she said."),
        ("en", "The head of the city pump office, Lestari Ningsih, shook hands. “The water rose,” she said."),
        ("en", "Among the first was Lestari Ningsih, a nurse from Kenya.\n\n“The water rose,” she said."),
    ],
)
def test_the_subject_of_the_sentence_before_beats_an_earlier_speaker(language: str, text: str) -> None:
    before = {"en": "“We sail,” said Tomas Brandt.\n\n", "id": "“Kami ikut,” kata Tomas Brandt.\n\n"}
    first, last = speakers_of(before.get(language, before["id"]) + text, language)[:2]
    assert first == "Tomas Brandt"
    assert last in ("Lestari Ningsih", "Sumirah Lestariana")


def test_an_organisation_ends_where_the_document_uses_it_without_the_name() -> None:
    text = "Saham Citra Samudra naik. Citra Samudra untung.\n\n“Kami siap,” kata Direktur Citra Samudra Ratna Wulan."
    assert speakers_of(text, "id") == ["Ratna Wulan"]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("id", "Presiden Alma Reyes, Dimas Hartanto, dan istrinya mengatakan: “Air naik.”", "Alma Reyes"),
        ("id", "Presiden Alma Reyes, Kamis, mengatakan: “Air naik.”", "Alma Reyes"),
        ("en", "“It rose,” said Alma Reyes, managing director of the operator, Rel Arek.", "Alma Reyes"),
    ],
)
def test_a_named_office_keeps_its_own_name(language: str, text: str, name: str) -> None:
    assert name in speakers_of(text, language)
    assert "Dimas Hartanto" not in speakers_of(text, language)


def test_characters_with_a_verdict_of_their_own() -> None:
    text = (
        "“我们会准时出发，请大家放心。”船长奥斯卡·温（Oskar Wen）说。\n\n"
        "码头主管阿尔玛·雷耶斯（Alma Reyes）说，工人整夜没有离开。“水位在一小时内上升了两米，我们马上关闸。”"
    )
    names = speakers_of(text, "zh")
    assert [same_speaker(n or "", "Alma Reyes") for n in names] == [False, True, True]


def test_a_long_run_behind_an_organisation_ends_in_a_name_of_two_words() -> None:
    text = "Ketua Koperasi Tani Lembah Teduh Sumirah Lestariana mengatakan: “Air naik.”"
    assert speakers_of(text, "id") == ["Sumirah Lestariana"]


@pytest.mark.parametrize("country", ["Amerika Serikat", "Kosta Rika", "Papua Nugini", "Sri Lanka", "Kenya"])
def test_a_country_ends_where_the_gazetteer_says(country: str) -> None:
    text = f"Presiden {country} Tomas Brandt tiba. “Kami siap,” kata Brandt."
    speaker = extract(Article(id="a", text=text, language="id")).quotations[-1].speaker
    assert speaker is not None
    assert (speaker.name, speaker.role, speaker.affiliation) == ("Tomas Brandt", "Presiden", country)
