"""Vectors of the first dimensions: unit vectors that an index, a check and late chunking agree on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from checker.matching.retrieval import find_candidates
from checker.types import Quotation, QuotationKind, Span
from index import ModelError, NewPassage, PassageIndex, StoreError, TokenVectors, fit_to_index
from index.truncated import SMALLEST, TruncatedEncoder, truncated
from index.types import Encoder, FloatMatrix, TextKind
from tests.fakes import FakeEncoder
from tests.index.samples import FIRST, SECOND

TEXTS = ["The harbour will stay closed.", "We lost forty boats in one night.", "No ferry on Friday."]


class TwoLayers(FakeEncoder):
    """Has a last layer of its own, as the embedded model has: the words' vectors, turned round."""

    def encode_both(
        self, texts: Sequence[str], *, kind: TextKind = "passage"
    ) -> tuple[FloatMatrix, list[TokenVectors]]:
        vectors, tokens = super().encode_both(texts, kind=kind)
        return vectors, [replace(one, last=one.vectors[:, ::-1]) for one in tokens]


def cut(rows: FloatMatrix, size: int) -> FloatMatrix:
    kept = rows[:, :size]
    return np.asarray(kept / np.maximum(np.linalg.norm(kept, axis=1, keepdims=True), 1e-12), dtype=np.float32)


def test_sentence_vectors_are_cut_and_unit_again() -> None:
    whole = FakeEncoder(64)
    short: Encoder = TruncatedEncoder(whole, 24)
    vectors = short.encode(TEXTS, kind="query")
    assert (vectors.shape, vectors.dtype) == ((3, 24), np.float32)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    np.testing.assert_allclose(vectors, cut(whole.encode(TEXTS), 24), atol=1e-6)
    assert short.encode([]).shape == (0, 24)


def test_only_the_dimension_of_the_identity_changes() -> None:
    whole = FakeEncoder(64)
    assert TruncatedEncoder(whole, 32).info == replace(whole.info, dimension=32)


@pytest.mark.parametrize("kind", [FakeEncoder, TwoLayers])
def test_words_stay_whole_and_the_last_layer_is_cut(kind: type[FakeEncoder]) -> None:
    whole = kind(64)
    vectors, tokens = TruncatedEncoder(whole, 24).encode_both(TEXTS)
    _, whole_tokens = whole.encode_both(TEXTS)
    np.testing.assert_allclose(vectors, TruncatedEncoder(whole, 24).encode(TEXTS), atol=1e-6)
    for short, one in zip(tokens, whole_tokens, strict=True):
        assert short.spans == one.spans
        np.testing.assert_array_equal(short.vectors, one.vectors)
        assert short.last is not None
        np.testing.assert_allclose(
            short.last, cut(one.vectors if one.last is None else one.last, 24), atol=1e-6
        )
    for short, one in zip(TruncatedEncoder(whole, 24).encode_tokens(TEXTS), whole_tokens, strict=True):
        np.testing.assert_array_equal(short.vectors, one.vectors)


@pytest.mark.parametrize("dimension", [-1, 1, SMALLEST - 1, 65, 4096])
def test_what_the_model_cannot_give_is_an_error(dimension: int) -> None:
    with pytest.raises(ModelError, match=f"{dimension:,} dimensions cannot be had") as caught:
        truncated(FakeEncoder(64), dimension)
    assert caught.value.remedy == "give a number from 16 to 64, or 0 for all of them"


@pytest.mark.parametrize("dimension", [None, 0, 64])
def test_all_dimensions_are_the_model_itself(dimension: int | None) -> None:
    whole = FakeEncoder(64)
    assert truncated(whole, dimension) is whole


def test_an_index_gives_its_own_dimension(tmp_path: Path) -> None:
    whole = FakeEncoder(64)
    short = TruncatedEncoder(whole, 24)
    with PassageIndex.create(tmp_path / "short", short.info) as index:
        index.add(FIRST, short)
    fitted = fit_to_index(whole, tmp_path / "short")
    assert fitted.info == short.info
    assert fit_to_index(fitted, tmp_path / "short") is fitted
    with PassageIndex.open(tmp_path / "short", model=fitted.info) as index:
        index.add(SECOND, fitted)
        assert index.model.dimension == 24
        hit = index.search(fitted.encode([FIRST[0].text], kind="query"), 1)[0][0]
        assert hit.passage.text == FIRST[0].text
        assert hit.score == pytest.approx(1.0, abs=1e-3)


def test_an_encoder_is_left_alone_where_nothing_fits(tmp_path: Path) -> None:
    whole = FakeEncoder(64)
    assert fit_to_index(whole, tmp_path / "nothing") is whole
    PassageIndex.create(tmp_path / "other", FakeEncoder(32).info).close()
    assert fit_to_index(whole, tmp_path / "other") is whole, "an index of another model"
    PassageIndex.create(tmp_path / "whole", whole.info).close()
    short = TruncatedEncoder(whole, 24)
    assert fit_to_index(short, tmp_path / "whole") is short, "nothing can be added to it"
    (tmp_path / "other" / "manifest.json").write_text("[", encoding="utf-8")
    with pytest.raises(StoreError, match="damaged"):
        fit_to_index(whole, tmp_path / "other")


@pytest.mark.parametrize(("built", "given"), [(24, 32), (24, 64), (64, 24)])
def test_another_dimension_is_refused_as_such(built: int, given: int, tmp_path: Path) -> None:
    whole = FakeEncoder(64)
    PassageIndex.create(tmp_path / "index", truncated(whole, built).info).close()
    with pytest.raises(ModelError, match=f"has vectors of {built} dimensions, not {given}") as caught:
        PassageIndex.open(tmp_path / "index", model=truncated(whole, given).info)
    assert "leave the dimension out" in caught.value.remedy
    with PassageIndex.open(tmp_path / "index") as index, pytest.raises(ModelError, match="dimensions"):
        index.add(FIRST, truncated(whole, given))


@pytest.mark.parametrize("kind", [FakeEncoder, TwoLayers])
def test_sentences_of_a_quotation_are_searched_in_the_short_space(
    kind: type[FakeEncoder], tmp_path: Path
) -> None:
    short = TruncatedEncoder(kind(64), 24)
    said = "We lost forty boats in one night. The harbour will stay closed until Friday."
    with PassageIndex.create(tmp_path / "index", short.info) as index:
        index.add([NewPassage(said, "en", {"article_id": "a", "kind": "direct"}), *FIRST], short)
        whole = Span(0, len(said))
        quotation = Quotation("q1", (whole,), said, QuotationKind.DIRECT, whole, None, cue=None)
        [found] = find_candidates([quotation], "en", index, short)
    assert found.candidates[0].passage.text == said


def test_sentences_are_encoded_where_token_vectors_do_not_average(tmp_path: Path) -> None:
    class Pooled(FakeEncoder):
        """Gives token vectors that have nothing to do with sentence vectors, not even the width."""

        def encode_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
            return [
                replace(one, vectors=one.vectors[:, :40], averages=False)
                for one in super().encode_tokens(texts)
            ]

    encoder = Pooled(64)
    first, second = "We lost forty boats in one night.", "The harbour will stay closed until Friday."
    with PassageIndex.create(tmp_path / "index", encoder.info) as index:
        index.add([NewPassage(second, "en", {"article_id": "a", "kind": "narration"})], encoder)
        whole = Span(0, len(f"{first} {second}"))
        quotation = Quotation(
            "q1", (whole,), f"{first} {second}", QuotationKind.DIRECT, whole, None, cue=None
        )
        [found] = find_candidates([quotation], "en", index, encoder)
    assert found.candidates[0].passage.text == second
    assert {first, second} <= set(encoder.texts_seen)
