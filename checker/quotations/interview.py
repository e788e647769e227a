"""Who asks and who answers in an interview: by the people named in front of it, or by initials."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..types import Speaker, SpeakerKind
from .discourse import Unit
from .lexicon import Speech
from .segments import Token
from .speakers import Registry

_MAX_INITIALS = 3


class Interview:
    """The two sides of one interview."""

    def __init__(
        self, units: Sequence[Unit], numbers: Iterable[int], registry: Registry, speech: Speech
    ) -> None:
        turns = frozenset(numbers)
        self._speakers: dict[str, Speaker] = {}
        """The people in front of the first turn, and of the turns with full names."""
        self._reporters: set[str] = set()
        begun = False
        for unit in units if turns else ():
            begun = begun or any(t.quote in turns for t in unit.tokens)
            for sentence in unit.sentences:
                for group in sentence.groups:
                    speaker = registry.resolve(group)
                    if not group.is_person or len(speaker.name.split()) < 2:
                        continue
                    if begun and not (group.first == sentence.first and group.surface.isupper()):
                        continue
                    self._speakers.setdefault(speaker.name, speaker)
                    office = {w.lower() for w in (group.role or speaker.role or "").split()}
                    if office & speech.reporters:
                        self._reporters.add(speaker.name)

    @property
    def asking(self) -> Speaker | None:
        """The reporter, if the introduction names one and no more."""
        return self._only(name for name in self._speakers if name in self._reporters)

    @property
    def answering(self) -> Speaker | None:
        """The only other person that the introduction names."""
        return self._only(name for name in self._speakers if name not in self._reporters)

    def by_initials(self, label: str) -> Speaker | None:
        """The only person with these initials (``CS``), in lower case."""
        if not 1 < len(label) <= _MAX_INITIALS:
            return None
        return self._only(n for n in self._speakers if "".join(w[0] for w in n.lower().split()) == label)

    def _only(self, names: Iterable[str]) -> Speaker | None:
        found = list(names)
        return self._speakers[found[0]] if len(found) == 1 else None


def by_label(text: str, tokens: Sequence[Token]) -> Speaker | None:
    """Whom a label names that is no known person: its own words (``CALLER 1``)."""
    words = text[tokens[0].start : tokens[-1].end].rstrip(" :：\u00a0") if tokens else ""
    return Speaker(words, words, kind=SpeakerKind.UNNAMED) if words else None
