"""The fit of the drift score: what the scorer adds is heard at half strength, on top of what is known without it."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.evaluation import auroc
from checker.matching.signals import FEATURES, READ_FEATURES
from training.drift_examples import Pair
from training.drift_fit import (
    HEARD,
    Table,
    calibration_error,
    fit_table,
    probabilities,
    reliability,
    stacked,
    table_of,
)

COUNT = 3000
RULE, MEANING = FEATURES.index("rule number"), READ_FEATURES.index("meaning")


@pytest.fixture(scope="module")
def tables() -> tuple[Table, Table]:
    """Unread pairs and read ones: one signal of each kind tells of a change, the others are noise."""
    rng = np.random.default_rng(5)
    found = []
    for names in (FEATURES, READ_FEATURES):
        changed = rng.random(COUNT) < 0.5
        signals = rng.normal(size=(COUNT, len(names)))
        signals[:, RULE] += 1.5 * changed
        if names is READ_FEATURES:
            signals[:, MEANING] += 1.5 * changed
        types = tuple("word" if c else "faithful" for c in changed)
        found.append(Table(signals, names, changed, types, np.arange(COUNT) % 3 == 0))
    return found[0], found[1]


def test_the_reading_adds_to_what_is_known_without_it(tables: tuple[Table, Table]) -> None:
    base, fresh = tables
    plain = fit_table(base)
    train, aside = fresh.where(~fresh.aside), fresh.where(fresh.aside)
    read = stacked(plain, train)
    truth = list(aside.changed)
    with_it = auroc(list(probabilities(*read, aside.signals)), truth)
    without = auroc(list(probabilities(*plain, aside.signals[:, : len(FEATURES)])), truth)
    assert with_it > without + 0.03
    assert calibration_error(probabilities(*read, aside.signals), aside.changed) < 0.08


def test_what_the_scorer_adds_is_halved_beside_the_rest(tables: tuple[Table, Table]) -> None:
    base, fresh = tables
    plain = fit_table(base)
    _, read = stacked(plain, fresh)
    whole = fit_table(fresh)[1]
    assert read[MEANING] / read[RULE] == pytest.approx(HEARD * whole[MEANING] / whole[RULE], rel=0.15)
    np.testing.assert_allclose(read[: len(FEATURES)] / read[RULE], plain[1] / plain[1][RULE])


def test_a_table_knows_whether_its_pairs_were_read() -> None:
    pair = Pair("a", "en", "b", "id", True, "word", 0)
    assert table_of([(pair, np.zeros(len(FEATURES)))]).names == FEATURES
    assert table_of([(pair, np.zeros(len(READ_FEATURES)))]).names == READ_FEATURES


def test_reliability_names_each_bin_that_holds_pairs() -> None:
    p = np.array([0.05, 0.05, 0.95, 0.97])
    changed = np.array([False, False, True, False])
    assert reliability(p, changed) == "0.05: 0.00 (2), 0.96: 0.50 (2)"
    assert calibration_error(p, changed) == pytest.approx(0.5 * 0.05 + 0.5 * 0.46)
