"""The pairs of corpus/pairs agree with their datasheet, with the rules and with themselves."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

import pytest

from benchmarks.own_pairs import DAMAGES, FOLDER, GROUP, KEYS, LAWFUL, is_aside, own_records, read_own
from checker.languages import UNDETERMINED, same_macro
from checker.reading import detect_language
from checker.rules import all_rules

Record = dict[str, str]
RECORDS = list(own_records())
DATASHEET = (FOLDER / "README.md").read_text(encoding="utf-8")
WANTED = {
    frozenset(("en", "id")): 300,
    frozenset(("en", "ms")): 80,
    frozenset(("en", "zh")): 60,
    frozenset(("en",)): 100,
    frozenset(("id",)): 30,
}
"""At least so many pairs of these languages, and thirty of others."""


def bad(wrong: Callable[[Record], object]) -> list[str]:
    return [r["id"] for r in RECORDS if wrong(r)]


def table(heading: str) -> list[list[str]]:
    """The cells of the first table under a heading of the datasheet."""
    section = DATASHEET.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[2:]]


def test_every_record_has_the_keys_in_their_order_and_no_blank_edges():
    assert not bad(lambda r: tuple(r) != KEYS)
    assert not bad(lambda r: any(value != value.strip() for value in r.values()))
    assert not bad(lambda r: not r["quote"] or not r["source"])


def test_files_are_plain_lines_of_json():
    for path in FOLDER.glob("*.jsonl"):
        text = path.read_text(encoding="utf-8")
        assert text.endswith("\n")
        for line in text.splitlines():
            assert line == json.dumps(json.loads(line), ensure_ascii=False), path


def test_ids_are_unique_and_begin_with_their_group():
    assert [i for i, n in Counter(r["id"] for r in RECORDS).items() if n > 1] == []
    assert not bad(lambda r: not re.fullmatch(re.escape(r["group"]) + "-[a-d]", r["id"]))


def test_no_pair_stands_twice():
    assert max(Counter((r["source"], r["quote"]) for r in RECORDS).values()) == 1


def test_groups_are_named_after_their_languages_and_share_one_source():
    assert not bad(lambda r: GROUP.fullmatch(r["group"]) is None)
    assert not bad(lambda r: r["group"][:5] != f"{r['source_language']}-{r['quote_language']}")
    sources = defaultdict(set)
    for record in RECORDS:
        sources[record["group"]].add(record["source"])
    assert [group for group, texts in sources.items() if len(texts) > 1] == []


def test_every_group_has_a_lawful_and_a_damaged_version():
    labels = defaultdict(set)
    for record in RECORDS:
        labels[record["group"]].add(record["label"])
    assert [group for group, found in labels.items() if found != {"ok", "drift"}] == []


def test_kinds_rules_and_levels_belong_together():
    assert not bad(lambda r: r["label"] == "ok" and (r["kind"] not in LAWFUL or r["rule"] or r["level"]))
    assert not bad(
        lambda r: r["label"] != "ok" and DAMAGES.get(r["kind"], ("", "")) != (r["rule"], r["level"])
    )


def test_damages_have_the_names_and_levels_of_the_rules():
    known = {info.name: (info.code, info.severity.value) for info in all_rules()}
    shared = DAMAGES.keys() & known.keys()
    assert {name: DAMAGES[name] for name in shared} == {name: known[name] for name in shared}
    assert {code for code, _ in DAMAGES.values()} == {f"MQ1{n:02}" for n in range(1, 22)}


def test_changed_words_stand_once_in_their_text():
    for side in ("quote", "source"):
        assert not bad(lambda r, s=side: r[f"{s}_words"] and r[s].count(r[f"{s}_words"]) != 1), side


def test_damages_name_changed_words_and_lawful_changes_do_not():
    # where two statements are joined without a mark, no word need have changed
    named = [r for r in RECORDS if r["kind"] != "stitched"]
    assert [
        r["id"] for r in named if bool(r["quote_words"] or r["source_words"]) != (r["label"] == "drift")
    ] == []


def test_what_is_reworded_within_one_language_only_is_no_change_of_meaning():
    assert not bad(lambda r: r["kind"] == "not-verbatim" and r["source_language"] != r["quote_language"])


@pytest.mark.parametrize("side", ["quote", "source"])
def test_languages_are_detected_as_said(side: str):
    def wrong(record: Record) -> bool:
        said, found = record[f"{side}_language"], detect_language(record[side])
        return found != UNDETERMINED and not (
            same_macro(said, found) if said in ("id", "ms") else said == found
        )

    assert not bad(wrong)
    assert len(bad(lambda r: detect_language(r[side]) == UNDETERMINED)) <= len(RECORDS) // 500


def test_there_are_as_many_pairs_as_were_asked_for():
    counts = Counter(frozenset((r["source_language"], r["quote_language"])) for r in RECORDS)
    assert len(RECORDS) >= 600
    assert all(counts[languages] >= n for languages, n in WANTED.items())
    assert sum(n for languages, n in counts.items() if languages not in WANTED) >= 30


def test_a_third_is_kept_aside_and_half_of_each_part_is_lawful():
    aside = [r for r in RECORDS if is_aside(r["group"])]
    assert 0.30 <= len(aside) / len(RECORDS) <= 0.36
    for part in (RECORDS, aside):
        assert 0.45 <= sum(r["label"] == "ok" for r in part) / len(part) <= 0.55


def test_every_kind_occurs_in_both_parts():
    for part in ("built", "aside"):
        assert {pair.type for pair in read_own(part)} == {*LAWFUL, *DAMAGES}, part


def test_the_parts_share_no_group_and_make_up_the_whole():
    built, aside, whole = (read_own(part) for part in ("built", "aside", "all"))
    assert not {p.group for p in built} & {p.group for p in aside}
    assert sorted(p.id for p in (*built, *aside)) == sorted(p.id for p in whole)


def test_a_group_without_a_number_is_refused():
    with pytest.raises(ValueError, match="write two languages and a number"):
        is_aside("en-id")


def counted(records: Iterable[Record]) -> list[str]:
    """Lawful and damaged, in all and kept aside, as the datasheet gives them."""
    chosen = list(records)
    aside = [r for r in chosen if is_aside(r["group"])]
    return [
        str(sum(r["label"] == label for r in part)) for part in (chosen, aside) for label in ("ok", "drift")
    ]


def test_the_datasheet_counts_the_languages_as_they_are():
    for name, *numbers in table("Languages"):
        source, _, quote = name.partition(" to ")
        chosen = [
            r
            for r in RECORDS
            if name == "all" or (r["source_language"], r["quote_language"]) == (source, quote)
        ]
        assert numbers == counted(chosen), name
    assert len(table("Languages")) == len({(r["source_language"], r["quote_language"]) for r in RECORDS}) + 1


def test_the_datasheet_names_and_counts_every_kind():
    damages = {cells[0].split()[1]: cells for cells in table("Damages")}
    lawful = {cells[0]: cells for cells in table("Lawful changes")}
    assert damages.keys() == DAMAGES.keys()
    assert lawful.keys() == set(LAWFUL)
    for kind, cells in {**damages, **lawful}.items():
        chosen = [r for r in RECORDS if r["kind"] == kind]
        assert cells[-2:] == [str(len(chosen)), str(sum(is_aside(r["group"]) for r in chosen))], kind
    for kind, (code, level) in DAMAGES.items():
        assert damages[kind][:2] == [f"{code} {kind}", level]


def test_nothing_that_is_fitted_reads_the_third_kept_aside():
    root = FOLDER.parent.parent
    for path in (p for name in ("training", "checker", "index") for p in (root / name).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"read_own\((?!\"built\")|own_records|corpus[/\"', ]+pairs", text), path
