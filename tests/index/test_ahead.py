"""Encoding ahead: the same vectors as the model's own, each text once, errors where they belong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from index import AheadEncoder, Encoder, FloatMatrix, load_encoder
from index.types import ModelInfo, TextKind, TokenVectors


class Watched:
    """The embedded encoder; remembers what it was asked for, and refuses one text."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.asked: list[list[str]] = []

    @property
    def info(self) -> ModelInfo:
        return self._encoder.info

    def encode(self, texts: Sequence[str], *, kind: TextKind = "passage") -> FloatMatrix:
        self.asked.append(list(texts))
        return self._encoder.encode(texts, kind=kind)

    def encode_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        self.asked.append(list(texts))
        return self._encoder.encode_tokens(texts)

    def encode_both(
        self, texts: Sequence[str], *, kind: TextKind = "passage"
    ) -> tuple[FloatMatrix, list[TokenVectors]]:
        self.asked.append(list(texts))
        if "bad" in texts:
            raise ValueError("bad text")
        return self._encoder.encode_both(texts, kind=kind)


@pytest.fixture(scope="module")
def model() -> Encoder:
    return load_encoder(None)


@pytest.fixture
def watched(model: Encoder) -> Watched:
    return Watched(model)


def pair(number: int) -> tuple[str, str]:
    return f"The ferry has {number} decks.", "It sails at noon."


def test_the_vectors_are_those_of_the_model_and_nothing_is_encoded_again(
    watched: Watched, model: Encoder
) -> None:
    ahead = AheadEncoder(watched)
    seen = []
    for number in ahead.over(range(30), pair):
        vectors, tokens = ahead.encode_both(pair(number))
        expected, words = model.encode_both(pair(number))
        assert vectors == pytest.approx(expected, abs=1e-5)
        assert [t.spans for t in tokens] == [t.spans for t in words]
        seen.append(number)
    assert seen == list(range(30))
    asked = [text for texts in watched.asked for text in texts]
    assert len(asked) == len(set(asked)) == 31


def test_other_texts_and_queries_go_to_the_model(watched: Watched) -> None:
    ahead = AheadEncoder(watched)
    for number in ahead.over([1], pair):
        before = len(watched.asked)
        ahead.encode(["Something else."])
        ahead.encode(pair(number), kind="query")
        assert len(watched.asked) == before + 2


def test_a_text_that_cannot_be_encoded_fails_in_its_place(watched: Watched) -> None:
    ahead = AheadEncoder(watched)
    failed = []
    for text in ahead.over(["one", "bad", "two"], lambda text: [text]):
        try:
            ahead.encode_both([text])
        except ValueError:
            failed.append(text)
    assert failed == ["bad"]


def test_an_error_in_taking_the_items_comes_behind_those_before_it(watched: Watched) -> None:
    def items() -> Iterator[int]:
        yield from range(6)
        raise OSError("the disk is gone")

    given = AheadEncoder(watched).over(items(), pair)
    assert [next(given) for _ in range(6)] == list(range(6))
    with pytest.raises(OSError, match="disk"):
        next(given)


def test_no_items_ask_for_nothing(watched: Watched) -> None:
    assert list(AheadEncoder(watched).over([], pair)) == []
    assert watched.asked == []
