"""Files of segments: what is read, what is left out, what is refused."""

from __future__ import annotations

import io
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.reading.segments import READERS, Choice, Item, Segment, Untranslated, read_segments
from checker.types import Problem

SITE = Path(__file__).resolve().parents[2] / "site" / "segments"


def items(name: str, data: str | bytes, choice: Choice | None = None) -> list[Item]:
    raw = data.encode() if isinstance(data, str) else data
    return list(read_segments(io.BytesIO(raw), path=name, choice=choice))


def segments(name: str, data: str | bytes, choice: Choice | None = None) -> list[Segment]:
    found = items(name, data, choice)
    assert not [one for one in found if isinstance(one, Problem)]
    return [one for one in found if isinstance(one, Segment)]


def problems(name: str, data: str | bytes, choice: Choice | None = None) -> list[tuple[int | None, str]]:
    found = [one for one in items(name, data, choice) if isinstance(one, Problem)]
    assert all(one.remedy and one.path == name for one in found)
    return [(one.line, one.message) for one in found]


def xliff(body: str, version: str = "1.2") -> str:
    if version == "1.2":
        inner = (
            f'<file original="a" source-language="en-GB" target-language="id_ID"><body>\n{body}</body></file>'
        )
        return f'<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">{inner}</xliff>'
    return (
        '<xliff version="2.1" srcLang="en" trgLang="ms" xmlns="urn:oasis:names:tc:xliff:document:2.0"'
        f' xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0"><file id="f">\n{body}</file></xliff>'
    )


def tmx(body: str, source: str = "en") -> str:
    return f'<!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4"><header srclang="{source}"/><body>\n{body}</body></tmx>'


@pytest.mark.parametrize("ending", ["xlf", "xliff", "tmx", "po", "csv", "jsonl"])
def test_every_format_gives_the_same_segments(ending: str) -> None:
    found = items(f"ferry.{ending}", (SITE / f"ferry.{ending}").read_bytes())
    pairs = {one.id.removesuffix("/s1"): one for one in found if isinstance(one, Segment)}
    assert list(pairs) == ["lead", "fares", "ships", "dams"]
    assert (
        pairs["ships"].source
        == "“The first three ships will arrive on 4 May,” said harbour master Tomas Wilder."
    )
    assert (
        pairs["ships"].quote
        == "“Tiga kapal pertama akan tiba pada 4 Mei,” ujar kepala pelabuhan Tomas Wilder."
    )
    assert [one.id.removesuffix("/s1") for one in found if isinstance(one, Untranslated)] == (
        [] if ending == "jsonl" else ["open"]
    )
    lines = (SITE / f"ferry.{ending}").read_text("utf-8").split("\n")
    for one in pairs.values():
        assert one.line is not None
        assert one.id.removesuffix("/s1") in lines[one.line - 1] or ending in ("po", "xliff")


# XLIFF


def test_xliff_1() -> None:
    body = """<trans-unit id="a"><source>Buy <g id="1">two</g><x id="2" ctype="lb"/>pears &amp; <ph id="3">&lt;br/&gt;</ph>figs</source>
      <target xml:lang="ms">Beli dua\n   pir &amp; ara</target><alt-trans><source>x</source><target>y</target></alt-trans></trans-unit>
      <group translate="no"><trans-unit id="b"><source>ID</source><target>ID</target></trans-unit></group>
      <trans-unit id="c"><source>Yes</source><target state="new">Yes</target></trans-unit>
      <trans-unit id="d"><source>Yes</source></trans-unit>
      <trans-unit><source>No</source><target state="translated">Tidak</target></trans-unit>"""
    assert segments("a.xlf", xliff(body)) == [
        Segment("a", "Beli dua pir & ara", "Buy two pears & figs", "ms", "en", line=2),
        Segment("8", "Tidak", "No", "id", "en", line=8),
    ]
    assert [i.id for i in items("a.xlf", xliff(body)) if isinstance(i, Untranslated)] == ["b", "c", "d"]


def test_xliff_2() -> None:
    body = """<unit id="u"><segment id="s"><source>Two <pc id="1">red</pc> <mrk id="m" type="term">boats</mrk><ph id="2"/></source>
      <target>Dua bot <pc id="1">merah</pc></target></segment><ignorable><source> </source></ignorable>
      <segment><source>Now</source><target>Kini</target></segment>
      <mtc:matches><mtc:match><source>Now</source><target>Salah</target></mtc:match></mtc:matches></unit>"""
    assert segments("a.xlf", xliff(body, "2")) == [
        Segment("u/s", "Dua bot merah", "Two red boats", "ms", "en", line=2),
        Segment("u", "Kini", "Now", "ms", "en", line=4),
    ]


def test_a_target_without_a_source_is_a_bad_row_and_the_rest_goes_on() -> None:
    body = '<trans-unit id="a"><target>x</target></trans-unit>\n<trans-unit id="b"><source>y</source><target>z</target></trans-unit>'
    found = items("a.xlf", xliff(body))
    assert [type(one) for one in found] == [Problem, Segment]
    assert problems("a.xlf", xliff(body)) == [(2, "unit a has no source")]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("<html></html>", "the file is no XLIFF (it begins with <html>)"),
        ("", "not well-formed XML: no element found"),
        (xliff("<trans-unit>"), "not well-formed XML: mismatched tag"),
        (b"<?xml version='1.0' encoding='klingon'?><xliff/>", "unknown encoding"),
        (xliff("<x>" * 300), "nested more than 200 deep"),
        (xliff(""), "the file is empty (it holds no segment)"),
        (
            xliff("<trans-unit id='a'><source>" + "y" * 100_001 + "</source><target>z</target></trans-unit>"),
            "longer",
        ),
    ],
)
def test_bad_xliff(data: str | bytes, reason: str) -> None:
    found = problems("a.xlf", data)
    assert len(found) == 1
    assert reason in found[0][1]


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "doctype",
    [
        f'<!DOCTYPE xliff [<!ENTITY l0 "ha">{LAUGHS}]>',
        '<!DOCTYPE xliff [<!ENTITY secret SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE xliff [<!ENTITY % p SYSTEM "http://hostile.example/p.dtd"> %p;]>',
        '<!DOCTYPE xliff SYSTEM "http://hostile.example/xliff.dtd">',
        '<!DOCTYPE xliff PUBLIC "-//X//Y//EN" "../../secret.dtd">',
        '<!DOCTYPE xliff [<!ATTLIST target state CDATA "new">]>',
    ],
)
@pytest.mark.parametrize("ending", ["xlf", "tmx"])
def test_what_is_dangerous_in_xml_is_refused(doctype: str, ending: str) -> None:
    body = '<trans-unit id="a"><source>&l9;&secret;</source><target>z</target></trans-unit>'
    found = problems(f"a.{ending}", doctype + xliff(body))
    assert len(found) == 1
    assert "which is refused" in found[0][1]
    assert found[0][0] == 1


def test_an_entity_that_a_dtd_might_declare_is_refused() -> None:
    """Expat would leave it out without a word, since the DTD is not read."""
    body = '<tu tuid="a"><tuv xml:lang="en"><seg>not &ouml; here</seg></tuv><tuv xml:lang="id"><seg>x</seg></tuv></tu>'
    assert "uses an entity that it does not declare" in problems("a.tmx", tmx(body))[0][1]


def test_a_large_file_takes_little_memory() -> None:
    unit = '<trans-unit id="{}"><source>The boats leave at noon.</source><target>Kapal berangkat siang.</target></trans-unit>'
    data = xliff("\n".join(unit.format(n) for n in range(20_000))).encode()
    tracemalloc.start()
    count = sum(isinstance(one, Segment) for one in read_segments(io.BytesIO(data), path="a.xlf"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (count, peak < 3_000_000) == (20_000, True)


def test_a_tag_without_an_end_is_given_up() -> None:
    assert "has a tag of more than 16 MB" in problems("a.xlf", "<xliff a='" + "x" * (17 * 2**20))[0][1]


# TMX


def test_tmx() -> None:
    body = """<tu tuid="a"><tuv xml:lang="EN-US"><seg>Two <bpt i="1">&lt;b&gt;</bpt>boats<ept i="1">&lt;/b&gt;</ept></seg></tuv>
      <tuv xml:lang="id"><seg>Dua <hi>kapal</hi></seg></tuv><tuv xml:lang="ms"><seg>Dua bot</seg></tuv></tu>
      <tu><tuv xml:lang="id"><seg>Ya</seg></tuv><tuv lang="en"><seg>Yes</seg></tuv></tu>
      <tu tuid="c"><tuv xml:lang="en"><seg>Alone</seg></tuv></tu>"""
    assert segments("a.tmx", tmx(body)) == [
        Segment("a:id", "Dua kapal", "Two boats", "id", "en", line=2),
        Segment("a:ms", "Dua bot", "Two boats", "ms", "en", line=2),
        Segment("4", "Ya", "Yes", "id", "en", line=4),
    ]
    assert [s.id for s in segments("a.tmx", tmx(body), Choice(quote_language="ms"))] == ["a"]
    turned = items("a.tmx", tmx(body), Choice("en", "id"))
    assert [one.source for one in turned if isinstance(one, Segment)] == ["Dua kapal", "Ya"]


def test_tmx_without_a_source() -> None:
    body = '<tu tuid="a"><tuv xml:lang="id"><seg>Ya</seg></tuv><tuv xml:lang="ms"><seg>Ya</seg></tuv></tu>'
    assert problems("a.tmx", tmx(body)) == [(2, "unit a has no text in en")]
    assert "which text is the source" in problems("a.tmx", tmx(body, "*all*"))[0][1]
    assert len(segments("a.tmx", tmx(body, "*all*"), Choice(source_language="id"))) == 1
    wrong = tmx(body.replace('"ms"', '"klingon!"'), "id")
    assert "is in no language" in problems("a.tmx", wrong)[0][1]


# PO

PO = r"""# A comment.
msgid ""
msgstr ""
"Language: id\n"
"Content-Type: text/plain; charset=UTF-8\n"

#: ferry.py:1
msgid "The ferry "
"leaves at \"noon\"."
msgstr "Feri berangkat \t siang\n hari."

#, fuzzy, python-format
msgid "Fares rise"
msgstr "Tarif turun"

msgctxt "menu"
msgid "Open"
msgstr ""
msgid "One boat"
msgid_plural "%d boats"
msgstr[0] "%d kapal"

msgid "One pier"
msgid_plural "%d piers"
msgstr[0] "Satu dermaga"
msgstr[1] "%d dermaga"
#~ msgid "Old"
#~ msgstr "Lama"
"""


def test_po() -> None:
    assert segments("a.po", PO) == [
        Segment("8", "Feri berangkat siang hari.", 'The ferry leaves at "noon".', "id", line=8),
        Segment("19", "%d kapal", "%d boats", "id", line=19),
        Segment("23[0]", "Satu dermaga", "One pier", "id", line=23),
        Segment("23[1]", "%d dermaga", "%d piers", "id", line=23),
    ]
    left = [one.id for one in items("a.po", PO) if isinstance(one, Untranslated)]
    assert left == ["13", "menu"]


def test_po_in_an_older_encoding() -> None:
    text = PO.replace("UTF-8", "ISO-8859-1").replace("Satu dermaga", "Dermaga São")
    assert [s.quote for s in segments("a.po", text.encode("latin-1"))][2] == "Dermaga São"


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ('msgid "a\nmsgstr "b"', "line 1 is not a line of a PO file"),
        ('msgid "a"\nmsgstr "b"\nmsgstr "c"', "line 3 is not a line of a PO file"),
        ('msgstr "b"', "the entry has no msgid"),
        ('msgid "a"', "the entry has no msgstr"),
        ("nonsense", "line 1 is not a line of a PO file"),
    ],
)
def test_a_bad_entry_is_reported_and_the_rest_goes_on(entry: str, reason: str) -> None:
    found = items("a.po", f'{entry}\n\nmsgid "x"\nmsgstr "y"\n')
    assert [one.message for one in found if isinstance(one, Problem)] == [reason]
    assert [one.quote for one in found if isinstance(one, Segment)] == ["y"]


# CSV and TSV


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_tables(separator: str, encoding: str) -> None:
    rows = [
        ["ID", "Original", "Translation", "speaker", "quote_language"],
        ["a", '"Two"\nboats', "Dua kapal café", "Ibu Sari", "id"],
        ["b", "Now", "", "", ""],
        ["", "", "", "", ""],
        ["", "Yes", "Ya"],
    ]
    text = "".join(
        separator.join('"' + cell.replace('"', '""') + '"' for cell in row) + "\r\n" for row in rows
    )
    found = items("a.csv", text.encode(encoding))
    assert found == [
        Segment("a", "Dua kapal café", '"Two" boats', "id", speaker="Ibu Sari", line=2),
        Untranslated("b", 4),
        Segment("6", "Ya", "Yes", line=6),
    ]


@pytest.mark.parametrize(
    "choice",
    [Choice(None, None, "Melayu", "english"), Choice("ms", "en", "3", "2")],
    ids=["names", "numbers"],
)
def test_columns_by_name_and_by_number(choice: Choice) -> None:
    found = segments("a.csv", "id,English,Melayu\n1,Yes,Ya\n", choice)
    assert (found[0].source, found[0].quote, found[0].quote_language) == ("Yes", "Ya", choice.quote_language)


@pytest.mark.parametrize(
    ("data", "choice", "reason"),
    [
        (
            "id,English,Melayu\n1,Yes,Ya\n",
            None,
            "no heading says which column is the source (headings: id, English",
        ),
        ("source,target\nYes,Ya\n", Choice(quote_column="4"), "there is no column '4'"),
        ("source,target\nYes,Ya\n", Choice(quote_column="source"), "are the same column"),
        ("source,target\n,Ya\n", None, "the row has no source"),
        ("", None, "the file is empty"),
        ("source,target,quote_language\nYes,Ya,klingon!\n", None, "unknown language"),
        ('source,target\nYes,"Ya\n', None, "not a valid row"),
        (
            "source,target,é\n".encode() + b"Yes,Y\xff\n" + "é".encode() * 30 + b"\n",
            None,
            "the encoding is broken in line 2",
        ),
    ],
)
def test_bad_tables(data: str | bytes, choice: Choice | None, reason: str) -> None:
    found = problems("a.csv", data, choice)
    assert len(found) == 1
    assert reason in found[0][1]


def test_a_bad_row_does_not_take_the_next_with_it() -> None:
    data = ('source,target\nYes,Ya\nNo,"a"b\nNow,Kini\nCafés,' + "é" * 30 + "\n").encode()
    data += b"Then,\xff\nOnce,Sekali\n"
    found = items("a.csv", data)
    assert [one.quote for one in found if isinstance(one, Segment)] == ["Ya", "Kini", "é" * 30, "Sekali"]
    assert [line for line, _ in problems("a.csv", data)] == [3, 6]


# All of them


@pytest.mark.parametrize("ending", sorted(READERS))
@settings(max_examples=40, deadline=None)
@given(data=st.binary(max_size=300))
def test_no_bytes_are_a_crash(ending: str, data: bytes) -> None:
    for one in items(f"a{ending}", data):
        assert isinstance(one, Segment | Untranslated | Problem)


@settings(max_examples=60, deadline=None)
@given(cut=st.integers(0, 3000), name=st.sampled_from(["xlf", "xliff", "tmx", "po", "csv", "tsv"]))
def test_a_file_that_was_cut_gives_what_came_before(cut: int, name: str) -> None:
    data = (SITE / f"ferry.{name}").read_bytes()
    whole = [i for i in items(f"a.{name}", data) if isinstance(i, Segment)]
    found = [i for i in items(f"a.{name}", data[:cut]) if isinstance(i, Segment)]
    assert [one.id for one in found] == [one.id for one in whole[: len(found)]]
