"""Negations, modals, quantifiers, conditions and directions; and what holds for every text."""

from __future__ import annotations

import string
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.languages import LANGUAGES
from checker.matching.mentions import find_mentions
from checker.matching.values import anchors
from checker.types import (
    DirectionValue,
    Mention,
    MentionKind,
    ModalValue,
    NegationValue,
    TermValue,
)


def of_kind(text: str, language: str, kind: MentionKind) -> list[Mention]:
    return [m for m in find_mentions(text, language) if m.kind is kind]


def negations(text: str, language: str) -> list[tuple[str, bool]]:
    values = [m.value for m in of_kind(text, language, MentionKind.NEGATION)]
    return [(v.word, v.lexical) for v in values if isinstance(v, NegationValue)]


def ranks(text: str, language: str) -> list[int]:
    return [
        m.value.rank for m in of_kind(text, language, MentionKind.MODAL) if isinstance(m.value, ModalValue)
    ]


def terms(text: str, language: str, kind: MentionKind) -> list[str]:
    return [m.value.key for m in of_kind(text, language, kind) if isinstance(m.value, TermValue)]


def directions(text: str, language: str) -> list[tuple[str, int]]:
    values = [m.value for m in of_kind(text, language, MentionKind.DIRECTION)]
    return [(v.axis, v.pole) for v in values if isinstance(v, DirectionValue)]


NEGATED = [
    ("we do not go", "en", "kami tidak pergi", "id"),
    ("we don't go", "en", "kami tak pergi", "id"),
    ("we don’t go", "en", "kami tidak pergi", "ms"),
    ("it is not a ship", "en", "itu bukan kapal", "id"),
    ("do not go there", "en", "jangan ke sana", "id"),
    ("we cannot go", "en", "kita tidak bisa pergi", "id"),
    ("we cannot go", "en", "kita tidak boleh pergi", "ms"),
    ("they must not go", "en", "mereka tidak boleh pergi", "id"),
    ("there is no ship", "en", "tidak ada kapal", "id"),
    ("there is no ship", "en", "tiada kapal", "ms"),
    ("they never came", "en", "mereka tidak pernah datang", "id"),
    ("not only ships", "en", "tidak hanya kapal", "id"),
    ("not only ships", "en", "bukan sahaja kapal", "ms"),
    ("not just ships", "en", "bukan sekadar kapal", "id"),
    ("not only ships", "en", "不仅", "zh"),
    ("they are no longer here", "en", "mereka tidak lagi di sini", "id"),
    ("it is no longer here", "en", "不再", "zh"),
    ("they have not yet come", "en", "mereka belum datang", "id"),
    ("they have not yet come", "en", "尚未", "zh"),
    ("we came without ships", "en", "kami datang tanpa kapal", "id"),
    ("we do not go", "en", "我们不去", "zh"),
    ("they failed", "en", "mereka gagal", "id"),
    ("they refused", "en", "mereka menolak", "id"),
    ("they denied that", "en", "mereka membantah itu", "id"),
    ("they denied that", "en", "mereka menafikan itu", "ms"),
]


@pytest.mark.parametrize(("a", "language_a", "b", "language_b"), NEGATED)
def test_a_negation_keeps_its_key_in_translation(a: str, language_a: str, b: str, language_b: str) -> None:
    found = negations(a, language_a)
    assert len(found) == 1
    assert negations(b, language_b) == found


def test_plain_and_lexical_negation_are_told_apart() -> None:
    assert negations("we do not go", "en") == [("not", False)]
    assert negations("we came without ships", "en") == [("without", True)]
    assert negations("usaha itu gagal", "id") == [("fail", True)]


def test_not_until_is_no_plain_denial() -> None:
    assert negations("we will not open it until the roof is mended", "en") == [("not-until", True)]
    assert negations("we will not open it. Until May it rains", "en") == [("not", False)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("there is no doubt", "en"),
        ("no matter what", "en"),
        ("whether or not", "en"),
        ("why not", "en"),
        ("tidak apa-apa", "id"),
        ("mau tidak mau", "id"),
        ("bukankah begitu", "id"),
        ("不断", "zh"),
        ("对不起", "zh"),
    ],
)
def test_idioms_are_no_negation(text: str, language: str) -> None:
    assert negations(text, language) == []


MODALS = [
    ("they may spend", "en", "mereka mungkin belanja", "id"),
    ("they might spend", "en", "mereka barangkali belanja", "ms"),
    ("they can go", "en", "mereka bisa pergi", "id"),
    ("they can go", "en", "mereka boleh pergi", "ms"),
    ("they can go", "en", "他们可以去", "zh"),
    ("they should go", "en", "mereka sebaiknya pergi", "id"),
    ("they should go", "en", "mereka sepatutnya pergi", "ms"),
    ("they should go", "en", "他们应该去", "zh"),
    ("they will go", "en", "mereka akan pergi", "id"),
    ("they'll go", "en", "mereka akan pergi", "ms"),
    ("they must go", "en", "mereka wajib pergi", "id"),
    ("they must go", "en", "他们必须去", "zh"),
    ("they have to go", "en", "mereka harus pergi", "id"),
    ("they need to go", "en", "mereka perlu pergi", "ms"),
    ("they cannot go", "en", "mereka tidak bisa pergi", "id"),
    ("they must not go", "en", "mereka tidak boleh pergi", "id"),
]


@pytest.mark.parametrize(("a", "language_a", "b", "language_b"), MODALS)
def test_a_modal_keeps_its_rung(a: str, language_a: str, b: str, language_b: str) -> None:
    found = ranks(a, language_a)
    assert len(found) == 1
    assert ranks(b, language_b) == found


def test_the_ladder_rises_from_may_to_must() -> None:
    for texts, language in (
        (["may", "can", "should", "will", "must"], "en"),
        (["mungkin", "dapat", "sebaiknya", "akan", "wajib"], "id"),
    ):
        rungs = [ranks(f"mereka {word} pergi", language)[0] for word in texts]
        assert rungs == sorted(rungs)
        assert len(set(rungs)) == len(rungs)


@pytest.mark.parametrize("text", ["in May 2022", "the goodwill of all", "two cans of fish", "his last will"])
def test_other_words_are_no_modals(text: str) -> None:
    assert ranks(text, "en") == []


TERMS = [
    ("all ships", "en", "semua kapal", "id", "all"),
    ("every ship", "en", "setiap kapal", "ms", "all"),
    ("all ships", "en", "所有", "zh", "all"),
    ("most of the ships", "en", "sebagian besar kapal", "id", "most"),
    ("many ships", "en", "banyak kapal", "id", "many"),
    ("several ships", "en", "beberapa kapal", "id", "some"),
    ("a few ships", "en", "beberapa kapal", "ms", "some"),
    ("only ships", "en", "hanya kapal", "id", "only"),
    ("at least five ships", "en", "setidaknya lima kapal", "id", "at-least"),
    ("at least five ships", "en", "至少", "zh", "at-least"),
    ("at most five ships", "en", "paling banyak lima kapal", "id", "at-most"),
    ("more than five ships", "en", "lebih dari lima kapal", "id", "more-than"),
    ("fewer than five ships", "en", "kurang dari lima kapal", "id", "less-than"),
    ("nearly five ships", "en", "hampir lima kapal", "id", "almost"),
    ("they always come", "en", "mereka selalu datang", "id", "always"),
    ("both sides", "en", "kedua belah pihak", "id", "both"),
]


@pytest.mark.parametrize(("a", "language_a", "b", "language_b", "key"), TERMS)
def test_a_quantifier_keeps_its_key(a: str, language_a: str, b: str, language_b: str, key: str) -> None:
    assert terms(a, language_a, MentionKind.QUANTIFIER) == [key]
    assert terms(b, language_b, MentionKind.QUANTIFIER) == [key]


CONDITIONS = [
    ("if they come", "en", "jika mereka datang", "id", "if"),
    ("if they come", "en", "kalau mereka datang", "ms", "if"),
    ("if they come", "en", "如果他们来", "zh", "if"),
    ("unless they come", "en", "kecuali jika mereka datang", "id", "unless"),
    ("as long as they come", "en", "asalkan mereka datang", "id", "provided"),
    ("only if they come", "en", "hanya jika mereka datang", "id", "only-if"),
]


@pytest.mark.parametrize(("a", "language_a", "b", "language_b", "key"), CONDITIONS)
def test_a_condition_keeps_its_key(a: str, language_a: str, b: str, language_b: str, key: str) -> None:
    assert terms(a, language_a, MentionKind.CONDITION) == [key]
    assert terms(b, language_b, MentionKind.CONDITION) == [key]


POLES = [
    ("stronger", "lebih kuat", "weaker", "lebih lemah", "strength"),
    ("increased", "meningkat", "decreased", "menurun", "quantity"),
    ("rising", "naik", "falling", "turun", "quantity"),
    ("victory", "kemenangan", "defeat", "kekalahan", "outcome"),
    ("supported", "mendukung", "opposed", "menentang", "support"),
    ("accepted", "menerima", "rejected", "menolak", "accept"),
    ("allowed", "mengizinkan", "banned", "melarang", "allow"),
    ("opened", "membuka", "closed", "menutup", "open"),
    ("safe", "aman", "dangerous", "berbahaya", "safety"),
    ("easy", "mudah", "difficult", "sulit", "ease"),
    ("peace", "perdamaian", "war", "perang", "peace"),
    ("imports", "impor", "exports", "ekspor", "import"),
    ("bought", "membeli", "sold", "menjual", "buy"),
    ("before", "sebelum", "after", "setelah", "before"),
    ("success", "keberhasilan", "failure", "kegagalan", "success"),
    ("guilty", "bersalah", "innocent", "tidak berdosa", "guilt"),
    ("survived", "penyintas", "died", "tewas", "life"),
    ("faster", "lebih cepat", "slower", "lebih lambat", "speed"),
    ("bigger", "lebih besar", "smaller", "lebih kecil", "size"),
    ("northern", "utara", "southern", "selatan", "latitude"),
    ("attacked", "menyerang", "defended", "mempertahankan", "attack"),
    ("legal", "legal", "illegal", "ilegal", "legality"),
    ("hope", "harapan", "fear", "ketakutan", "hope"),
    ("allies", "sekutu", "enemies", "musuh", "friend"),
]


@pytest.mark.parametrize(("plus", "plus_id", "minus", "minus_id", "axis"), POLES)
def test_both_poles_of_an_axis_in_two_languages(
    plus: str, plus_id: str, minus: str, minus_id: str, axis: str
) -> None:
    for text, language, pole in (
        (plus, "en", 1),
        (plus_id, "id", 1),
        (minus, "en", -1),
        (minus_id, "id", -1),
    ):
        assert (axis, pole) in directions(text, language), (text, language)
        assert (axis, -pole) not in directions(text, language)


def test_every_axis_of_another_language_is_known_in_english() -> None:
    from checker.languages import get_language
    from checker.matching.phrases import rows

    axes = {
        code: {key for key, _ in rows(get_language(code).table("meaning")["direction"])} for code in LANGUAGES
    }
    assert len(axes["en"]) >= 45
    assert len(axes["zh"]) >= 25
    for code in LANGUAGES:
        assert axes[code] <= axes["en"]


def test_one_word_is_not_two_kinds_of_thing() -> None:
    text = "North Korea fired 5 missiles in May, one after another, and the World Bank may come"
    found = find_mentions(text, "en")
    kinds = [(m.kind, m.span.of(text)) for m in found]
    assert kinds == [
        (MentionKind.NAME, "North Korea"),
        (MentionKind.NUMBER, "5"),
        (MentionKind.DATE, "May"),
        (MentionKind.NAME, "World Bank"),
        (MentionKind.MODAL, "may"),
    ]


TEXTS = st.text(
    alphabet=st.sampled_from(
        list(string.printable)
        + list("“”‘’…—–年月日第不会五万亿百分之ⅣⅫ²½٣۵﷽\u202e\u200b\u0301\ud800éÑß")
        + ["$", "€", "%"]
    ),
    max_size=120,
)
WORDS = st.lists(
    st.sampled_from(
        [
            "one",
            "two",
            "hundred",
            "and",
            "a",
            "half",
            "million",
            "of",
            "third",
            "point",
            "satu",
            "dua",
            "belas",
            "puluh",
            "ribu",
            "juta",
            "setengah",
            "koma",
            "ke",
            "-",
            "5",
            "1.500",
            "Rp",
            "US",
            "$",
            "3,5",
            "%",
            "May",
            "13/6",
            "2022",
            "Selasa",
            "pukul",
            "13.00",
            "V",
            "II",
            "Pasal",
            "kedua",
            "belas",
            "一",
            "百",
            "万",
            "分之",
            "百分之",
            "第",
            "年",
            "月",
            "日",
            "NATO's",
            "U.S.",
        ]
    ),
    max_size=25,
).map(" ".join)


@given(
    st.one_of(TEXTS, WORDS, WORDS.map(lambda w: w.replace(" ", "")), st.text(max_size=60)),
    st.sampled_from([*LANGUAGES, "xx"]),
)
@settings(max_examples=300, deadline=None)
def test_any_text_gives_sorted_spans_inside_it(text: str, language: str) -> None:
    found = find_mentions(text, language)
    assert list(found) == sorted(found, key=lambda m: (m.span.start, m.span.end, m.kind))
    for mention in found:
        assert 0 <= mention.span.start < mention.span.end <= len(text)
    assert found == find_mentions(text, language)
    anchors(text, language, found)


@pytest.mark.parametrize(
    "piece",
    [
        "one hundred and ",
        "dua puluh ",
        "$5",
        "Rp ",
        "1.500.",
        "Korvin ",
        "May 5, ",
        "一百万",
        "not ",
        "'",
        "a-",
        "ke-",
    ],
)
def test_time_grows_with_the_length(piece: str) -> None:
    def seconds(count: int) -> float:
        text = piece * count
        start = time.process_time()
        find_mentions(text, "en")
        find_mentions(text, "id")
        return time.process_time() - start

    seconds(10)
    short, long = seconds(1500), seconds(12000)
    assert long < 30 * max(short, 0.01)
