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
