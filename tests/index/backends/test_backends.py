"""Every backend is held to exact search by value: same rows, same scores."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from index import StoreError
from index.backends import BACKENDS, backend_module
from index.backends.exact import ExactBackend, best

EXACT_FACTORIES = [*BACKENDS, "Flat"]
APPROXIMATE = ["HNSW32", "IVF16,Flat", "IVF16,SQ8", "SQ8", "PCA24,IVF4,Flat", "IVF4,SQ8,RFlat"]


def unit(count: int, dimension: int, seed: int) -> np.ndarray:
    rows = np.random.default_rng(seed).standard_normal((count, dimension)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def backend(factory: str, vectors: np.ndarray, folder):
    module = backend_module(factory)
    module.build(vectors, factory, folder / "dense")
    assert (folder / "dense").exists() == module.NEEDS_FILE
    return module.load(vectors, folder / "dense")


def by_definition(vectors: np.ndarray, queries: np.ndarray, k: int, allowed=None):
    scores = queries.astype(np.float64) @ vectors.astype(np.float64).T
    if allowed is not None:
        scores[:, ~allowed] = -np.inf
    order = np.argsort(-scores, axis=1, kind="stable")[:, :k]
    return np.take_along_axis(scores, order, axis=1), order


@pytest.mark.parametrize("factory", EXACT_FACTORIES)
@pytest.mark.parametrize("filtered", [False, True])
def test_values_equal_the_definition(factory, filtered, tmp_path):
    vectors = unit(700, 32, 1).astype(np.float16)
    queries = unit(9, 32, 2)
    allowed = np.arange(700) % 5 == 0 if filtered else None
    found = backend(factory, vectors, tmp_path)
    scores, rows = found.search(queries, 20, allowed=allowed)
    expected_scores, expected_rows = by_definition(vectors, queries, 20, allowed)
    assert len(found) == 700
    np.testing.assert_array_equal(rows, expected_rows)
    np.testing.assert_allclose(scores, expected_scores, atol=1e-6)


@pytest.mark.parametrize("factory", EXACT_FACTORIES)
def test_missing_rows_are_padded(factory, tmp_path):
    vectors = unit(5, 8, 3).astype(np.float16)
    allowed = np.array([True, False, False, True, False])
    _, rows = backend(factory, vectors, tmp_path).search(unit(2, 8, 4), 4, allowed=allowed)
    assert {frozenset(line) for line in rows.tolist()} == {frozenset({0, 3, -1})}
    assert (rows[:, 2:] == -1).all()


@pytest.mark.parametrize("factory", APPROXIMATE)
def test_approximate_backends_find_the_nearest_and_keep_to_what_is_allowed(factory, tmp_path, capfd):
    vectors = unit(700, 32, 5).astype(np.float16)
    near = vectors[::70].astype(np.float32) + 0.05 * unit(10, 32, 6)
    allowed = np.arange(700) % 7 == 0
    found = backend(factory, vectors, tmp_path)
    _, rows = found.search(near, 100)
    _, kept = found.search(near, 60, allowed=allowed)
    assert all(number * 70 in line for number, line in enumerate(rows.tolist()))
    assert allowed[kept[kept >= 0]].all()
    assert all(number * 70 in line for number, line in enumerate(kept.tolist()))


@settings(max_examples=60, deadline=None)
@given(
    hnp.arrays(
        np.float32,
        st.tuples(st.integers(1, 4), st.integers(1, 60)),
        elements=st.sampled_from([0.0, 0.5, 1.0, -1.0]),
    ),
    st.integers(1, 20),
)
def test_best_equals_a_full_sort_whatever_the_ties(scores, k):
    rows = np.broadcast_to(np.arange(scores.shape[1], dtype=np.int64), scores.shape)
    got_scores, got_rows = best(scores, rows, k)
    order = np.argsort(-scores, axis=1, kind="stable")[:, :k]
    np.testing.assert_array_equal(got_rows, order)
    np.testing.assert_array_equal(got_scores, np.take_along_axis(scores, order, axis=1))


def test_blocks_make_no_difference(monkeypatch):
    vectors, queries = unit(100, 16, 7).astype(np.float16), unit(3, 16, 8)
    whole = ExactBackend(vectors).search(queries, 9)
    monkeypatch.setattr("index.backends.exact._BLOCK", 7)
    pieces = ExactBackend(vectors).search(queries, 9)
    np.testing.assert_array_equal(pieces[1], whole[1])
    np.testing.assert_allclose(pieces[0], whole[0], atol=1e-6)


@pytest.mark.parametrize("factory", ["Nonsense", "IVF4096,Flat", "PQ7", ""])
def test_an_impossible_factory_is_an_error_with_a_remedy(factory, tmp_path):
    with pytest.raises(StoreError, match="cannot build a FAISS index") as caught:
        backend(factory, unit(50, 32, 9).astype(np.float16), tmp_path)
    assert "Flat" in caught.value.remedy


@pytest.mark.parametrize("damage", ["cut", "noise", "empty", "gone", "other rows", "other dimension"])
def test_a_damaged_file_is_an_error_with_a_remedy(damage, tmp_path):
    vectors = unit(50, 32, 10).astype(np.float16)
    backend("Flat", vectors, tmp_path)
    file = tmp_path / "dense"
    content = file.read_bytes()
    if damage == "gone":
        file.unlink()
    else:
        file.write_bytes(
            {"cut": content[: len(content) // 2], "noise": b"\xff" * 99, "empty": b""}.get(damage, content)
        )
    given_vectors = {"other rows": vectors[:49], "other dimension": vectors[:, :16]}.get(damage, vectors)
    with pytest.raises(StoreError, match="damaged") as caught:
        backend_module("Flat").load(given_vectors, file)
    assert caught.value.remedy
