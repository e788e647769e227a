"""What training may read, and in which form."""

from __future__ import annotations

import dataclasses
import lzma

import pytest

from training.data import (
    Pair,
    clauses,
    count_words,
    fold_punctuation,
    is_held_aside,
    read_held_aside,
    read_lexicon,
    read_pairs,
    read_training_pairs,
    sample_held_aside,
    strip_final,
)
from training.settings import load_settings


def write(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    with lzma.open(path, "wt", encoding="utf-8") as stream:
        stream.writelines("\t".join(row) + "\n" for row in rows)


@pytest.fixture
def settings():
    whole = load_settings()
    language = dataclasses.replace(
        whole.languages[0],
        pairs="parallel/en-id.tsv.xz",
        mono=[],
        lexicons={"lexicon/words.en-id.tsv.xz": 2.0},
    )
    return dataclasses.replace(whole, languages=(language,))


def test_only_allowed_licence_classes_are_read(tmp_path, settings):
    rows = [
        ("The dam was built in two years.", "Bendungan itu dibangun dalam dua tahun.", "a", "permissive"),
        ("The port was closed on Sunday.", "Pelabuhan itu ditutup pada hari Minggu.", "b", "unknown"),
        ("The bridge is open again now.", "Jembatan itu sudah dibuka kembali.", "c", "non-commercial"),
        ("The road was flooded last night.", "Jalan itu terendam banjir tadi malam.", "d", "share-alike"),
    ]
    write(tmp_path / "parallel/en-id.tsv.xz", rows)
    assert {pair.source for pair in read_pairs(tmp_path, settings.languages[0], settings)} == {"a", "d"}


@pytest.mark.parametrize(
    ("english", "other"),
    [
        ("Open %S in a new tab", "Buka %S di tab baru"),
        ("The minister arrived late again", "The minister arrived late again"),
        ("The minister arrived in the capital late", "The minister arrived di the capital late"),
        ("He spoke for an hour about the river and the dam above the town", "Dia bicara"),
        ("12 345", "12 345"),
    ],
)
def test_rows_that_teach_nothing_are_dropped(tmp_path, settings, english, other):
    write(tmp_path / "parallel/en-id.tsv.xz", [(english, other, "a", "permissive")])
    assert list(read_pairs(tmp_path, settings.languages[0], settings)) == []


def test_short_interface_strings_are_dropped_and_short_speech_is_kept(tmp_path, settings):
    write(
        tmp_path / "parallel/en-id.tsv.xz",
        [
            ("Save all", "Simpan semua", "mozilla-ui", "permissive"),
            ("Come in.", "Masuklah.", "talk", "permissive"),
        ],
    )
    assert [pair.source for pair in read_pairs(tmp_path, settings.languages[0], settings)] == ["talk"]


def test_held_aside_rows_and_training_rows_share_no_english(tmp_path, settings):
    source = settings.data.held_aside_source
    rows = [
        (f"They left at {n} sharp.", f"Mereka pergi tepat pukul {n}.", source, "permissive")
        for n in range(300)
    ]
    write(tmp_path / "parallel/en-id.tsv.xz", rows)
    aside = {english for english, _ in read_held_aside(tmp_path, settings, "id")}
    trained = {pair.english for pair in read_training_pairs(tmp_path, settings)}
    assert 10 < len(aside) < 60
    assert len(aside) + len(trained) == 300
    assert not aside & trained


def test_long_rows_of_any_source_can_be_kept_aside(tmp_path, settings):
    long = dataclasses.replace(
        settings, data=dataclasses.replace(settings.data, held_aside_max_words=100_000)
    )
    rows = [
        (
            f"The ferry with {n} people aboard left the northern port two hours late.",
            f"Feri dengan {n} orang di dalamnya berangkat dari pelabuhan utara terlambat dua jam.",
            f"source-{n % 3}",
            "permissive",
        )
        for n in range(300)
    ]
    write(tmp_path / "parallel/en-id.tsv.xz", rows)
    aside = sample_held_aside(tmp_path, long, "id", 500)
    trained = {pair.english for pair in read_training_pairs(tmp_path, long)}
    assert 10 < len(aside) < 60
    assert len(aside) + len(trained) == 300
    assert not {english for english, _ in aside} & trained
    assert sample_held_aside(tmp_path, long, "id", 10) == aside[:10]
    assert sample_held_aside(tmp_path, settings, "id", 500) == []


def test_rows_kept_aside_have_each_side_once(tmp_path, settings):
    texts = [f"room {n}" for n in range(200)]
    english = [text for text in texts if is_held_aside(text, settings)][:3]
    rows = [
        (english[0], "kamar satu", "a", "permissive"),
        (english[0] + ".", "ruang satu", "b", "permissive"),
        (english[1], "Kamar satu!", "c", "permissive"),
        (english[2], "kamar tiga", "d", "permissive"),
    ]
    write(tmp_path / "parallel/en-id.tsv.xz", rows)
    found = sample_held_aside(tmp_path, settings, "id", 500)
    assert len(found) == len({e for e, _ in found}) == len({o for _, o in found})
    assert {e.strip(".") for e, _ in found} <= set(english)
    assert len(found) in (2, 3)


def test_held_aside_ignores_final_stops_and_case(settings):
    texts = [f"room {n}" for n in range(200)]
    assert any(is_held_aside(text, settings) for text in texts)
    assert all(is_held_aside(t, settings) == is_held_aside(t.upper() + "!", settings) for t in texts)


def test_ambiguous_lexicon_entries_weigh_less(tmp_path, settings):
    write(
        tmp_path / "lexicon/words.en-id.tsv.xz",
        [("harbourmaster", "syahbandar"), ("set", "atur"), ("set", "pasang"), ("set", "perangkat")],
    )
    weights = {e.other: e.weight for e in read_lexicon(tmp_path, settings.languages[0], settings)}
    assert weights["syahbandar"] > weights["atur"] == weights["pasang"]


def test_punctuation_has_one_form():
    assert fold_punctuation("“It’s  over” — now…") == '"It\'s over" - now...'
    assert fold_punctuation("「很好」，他说") == '"很好",他说'
    assert strip_final('"Come in!"') == "Come in"
    assert strip_final("...") == "..."


def test_han_characters_count_by_twos():
    assert count_words("乌克兰正在前进") == 4
    assert count_words("in 2020 乌克兰") == 4


def parts(english, other):
    return [(part.english, part.other) for part in clauses(Pair(english, other, "id", "news", 1.0))]


def test_clauses_that_commas_cut_alike_are_pairs_of_their_own():
    found = parts(
        "When the rain had stopped, the crews went back to work, and the road was opened.",
        "Ketika hujan sudah berhenti, para petugas kembali bekerja, dan jalan itu dibuka.",
    )
    assert found == [
        ("When the rain had stopped", "Ketika hujan sudah berhenti"),
        ("the crews went back to work", "para petugas kembali bekerja"),
        ("and the road was opened.", "dan jalan itu dibuka."),
    ]


@pytest.mark.parametrize(
    ("english", "other"),
    [
        ("The road was opened again.", "Jalan itu dibuka kembali."),
        ("On Sunday, the road was opened again.", "Jalan itu dibuka kembali, pada hari Minggu, kata polisi."),
        ("Yes, the road was opened again.", "Ya, jalan itu dibuka kembali."),
        (
            "The road was opened, the mayor told a crowd of residents on Sunday evening.",
            "Wali kota mengatakan kepada kerumunan warga pada Minggu malam, jalan itu dibuka.",
        ),
    ],
)
def test_clauses_that_may_not_match_are_left_out(english, other):
    assert parts(english, other) == []
