"""Pairs read ahead: the same results as one by one, nothing read twice, errors where they belong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from checker import Checker, Source
from checker.pairs import Pair
from index import Encoder, FloatMatrix, load_encoder
from index.errors import ModelError
from index.types import ModelInfo, TextKind, TokenVectors

SAID = "We will not close the port before the inquiry ends in March, harbour chief Ida Brandt said."


class Refusing:
    """The embedded encoder; fails at one text, and counts what it was asked for."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.asked: list[str] = []

    @property
    def info(self) -> ModelInfo:
        return self._encoder.info

    def encode(self, texts: Sequence[str], *, kind: TextKind = "passage") -> FloatMatrix:
        return self._encoder.encode(texts, kind=kind)

    def encode_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        return self._encoder.encode_tokens(texts)

    def encode_both(
        self, texts: Sequence[str], *, kind: TextKind = "passage"
    ) -> tuple[FloatMatrix, list[TokenVectors]]:
        self.asked += texts
        if "broken" in texts:
            raise ModelError("the model cannot read this", "leave it out")
        return self._encoder.encode_both(texts, kind=kind)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder(None)


def pairs(count: int) -> list[Pair]:
    """Of growing length, so that batches are padded; the last words of some say the contrary."""
    return [
        Pair(
            f"Kami {'' if n % 3 else 'tidak '}akan menutup pelabuhan {'besar ' * (n % 5)}sebelum {n} Maret.",
            (Source(SAID.replace("in March", f"on {n} March"), "en"),),
            str(n),
            "id",
        )
        for n in range(1, count + 1)
    ]


def test_many_pairs_are_judged_as_each_of_them_alone(encoder: Encoder) -> None:
    checker = Checker(encoder=encoder)
    together = list(checker.compare_many(pairs(24)))
    for pair, result in zip(pairs(24), together, strict=True):
        alone = checker.compare_pair(pair)
        assert (result.id, result.verdict) == (alone.id, alone.verdict)
        assert [f.rule for f in result.findings] == [f.rule for f in alone.findings]
        assert result.drift == pytest.approx(alone.drift, abs=2e-3)
    assert len({result.verdict for result in together}) > 1


def test_what_was_read_ahead_is_not_read_again(encoder: Encoder) -> None:
    watched = Refusing(encoder)
    list(Checker(encoder=watched).compare_many(pairs(20)))
    assert len(watched.asked) == len(set(watched.asked))


def test_a_pair_that_cannot_be_read_fails_in_its_place(encoder: Encoder) -> None:
    good = pairs(6)
    checker = Checker(encoder=Refusing(encoder))
    given = [*good[:3], Pair("broken", (Source(SAID, "en"),), "bad", "id"), *good[3:]]
    seen = []
    for pair in checker.ahead(given, lambda pair: pair):
        if pair.id == "bad":
            with pytest.raises(ModelError, match="cannot read"):
                checker.compare_pair(pair)
        else:
            seen.append(checker.compare_pair(pair).id)
    assert seen == [pair.id for pair in good]


def test_an_error_in_taking_pairs_comes_behind_those_before_it(encoder: Encoder) -> None:
    def taken() -> Iterator[Pair]:
        yield from pairs(6)
        raise OSError("the disk is gone")

    results = Checker(encoder=encoder).compare_many(taken())
    assert [next(results).id for _ in range(6)] == [str(n) for n in range(1, 7)]
    with pytest.raises(OSError, match="disk"):
        next(results)


def test_items_without_a_pair_pass_through(encoder: Encoder) -> None:
    given = [None, *pairs(2), None]
    assert list(Checker(encoder=encoder).ahead(given, lambda item: item)) == given


def test_other_levels_share_what_was_read(encoder: Encoder) -> None:
    watched = Refusing(encoder)
    checker = Checker(encoder=watched)
    lenient = checker.with_levels({"MQ102": "off"})
    [pair] = pairs(1)
    for item in checker.ahead([pair], lambda item: item):
        strict, mild = checker.compare_pair(item), lenient.compare_pair(item)
    assert "MQ102" in {f.rule for f in strict.findings}
    assert "MQ102" not in {f.rule for f in mild.findings}
    assert len(watched.asked) == 2
