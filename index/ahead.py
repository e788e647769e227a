"""Working on what comes next while the caller is busy with what came before: encoding, for one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from .types import Encoder, FloatMatrix, ModelInfo, TextKind, TokenVectors

_FIRST = 4
"""Items encoded before the first one is given out; each stretch is twice as long as the one before."""
_MOST = 64

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class _Encoded:
    """The vectors of some texts."""

    vectors: Mapping[str, FloatMatrix] = field(default_factory=dict)
    tokens: Mapping[str, TokenVectors] = field(default_factory=dict)


def _stretches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """The items in lists of growing length; an error in taking one comes behind those before it."""
    stretch: list[Item] = []
    size = _FIRST
    try:
        for item in items:
            stretch.append(item)
            if len(stretch) == size:
                yield stretch
                stretch, size = [], min(2 * size, _MOST)
    except Exception:
        if stretch:
            yield stretch
        raise
    if stretch:
        yield stretch


def work_ahead(
    items: Iterable[Item], work: Callable[[Sequence[Item], Result | None], Result], name: str
) -> Iterator[tuple[Sequence[Item], Result]]:
    """The items in stretches, each with what ``work`` makes of it and of the result before.

    While the caller has one stretch, the next is worked on in a thread of this name, so at most two
    stretches (128 items) are taken before the caller asks for them. An error in taking an item comes behind
    the items before it.
    """
    stretches = _stretches(items)
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix=name) as pool:
        chosen = next(stretches, None)
        coming = pool.submit(work, chosen or (), None)
        while chosen is not None:
            result, current, failed = coming.result(), chosen, None
            try:
                chosen = next(stretches, None)
            except Exception as error:  # whatever it is, it is raised again below
                chosen, failed = None, error
            coming = pool.submit(work, chosen or (), result)
            yield current, result
            if failed is not None:
                raise failed


class AheadEncoder:
    """An encoder that already has the vectors of the texts of :meth:`over`, and asks the model for others.

    A model spends most of its time outside of Python, so on two cores the vectors of the next items are
    made while the caller is busy with the current ones. A text that comes again at once is encoded once.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._now = _Encoded()

    @property
    def info(self) -> ModelInfo:
        """Identity of the model."""
        return self._encoder.info

    def over(self, items: Iterable[Item], texts_of: Callable[[Item], Sequence[str]]) -> Iterator[Item]:
        """The items as they are, each once the vectors of its texts (as passages) are there.

        Up to 128 items are taken before they are asked for, so ``items`` must not wait for what the
        caller makes of the ones before. An error in taking them comes behind the items before it, and
        what the model cannot encode raises where it is asked for.
        """

        def encoded(chosen: Sequence[Item], before: _Encoded | None) -> _Encoded:
            texts = list(dict.fromkeys(text for item in chosen for text in texts_of(item)))
            return self._encoded(texts, before or _Encoded())

        for chosen, self._now in work_ahead(items, encoded, "encoder"):
            yield from chosen

    def encode(self, texts: Sequence[str], *, kind: TextKind = "passage") -> FloatMatrix:
        """Unit vectors, shape ``(len(texts), info.dimension)``."""
        known = self._now.vectors
        if texts and kind == "passage" and all(text in known for text in texts):
            return np.stack([known[text] for text in texts])
        return self._encoder.encode(texts, kind=kind)

    def encode_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """The token vectors of each text."""
        known = self._now.tokens
        if all(text in known for text in texts):
            return [known[text] for text in texts]
        return self._encoder.encode_tokens(texts)

    def encode_both(
        self, texts: Sequence[str], *, kind: TextKind = "passage"
    ) -> tuple[FloatMatrix, list[TokenVectors]]:
        """Both of the above, with one run of the model where it can."""
        if texts and kind == "passage" and all(text in self._now.vectors for text in texts):
            return self.encode(texts), self.encode_tokens(texts)
        return self._encoder.encode_both(texts, kind=kind)

    def _encoded(self, texts: Sequence[str], before: _Encoded) -> _Encoded:
        """The vectors of ``texts``; nothing where one of them fails, so that it fails in its place."""
        new = [text for text in texts if text not in before.vectors]
        try:
            vectors, tokens = self._encoder.encode_both(new) if new else ((), [])
        except Exception:  # any encoder may be given; whatever it raises comes again, in the caller's thread
            return _Encoded()
        old = [text for text in texts if text in before.vectors]
        return _Encoded(
            {text: before.vectors[text] for text in old} | dict(zip(new, vectors, strict=True)),
            {text: before.tokens[text] for text in old} | dict(zip(new, tokens, strict=True)),
        )
