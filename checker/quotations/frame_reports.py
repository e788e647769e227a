"""Reported speech without marks, in a language without capital letters.

The reported clause stands in front of its verb (…と市長は述べた), behind it (X ने कहा कि …), or behind
"according to X". Only a sentence that names its speaker, or has a pronoun for him, is reported speech.
"""

from __future__ import annotations

from typing import NamedTuple

from .frame_names import FrameNames, Source
from .frames import Frame

_NEAR = 40
_REACH = 120
_JOINTS = " ,，、:：،"


class Report(NamedTuple):
    """A reported clause; offsets are into its sentence."""

    cue: tuple[int, int]
    source: Source
    content: tuple[int, int]
    carrier: str | None = None


class FrameReports:
    """Reads sentences of the narrator with one language's frame."""

    def __init__(self, frame: Frame, names: FrameNames) -> None:
        self._frame = frame
        self._names = names

    def read(self, sentence: str) -> Report | None:
        """What a sentence reports; None when it is no report, or nobody knows whose."""
        by_source = self._according(sentence)
        if by_source is not None:
            return by_source
        if self._frame.verb_first:
            return self._verb_first(sentence)
        return self._clause_first(sentence) or self._clause_last(sentence)

    def _according(self, sentence: str) -> Report | None:
        """``Xによると、…``; ``بحسب X، فإن …``."""
        behind = self._frame.after_sources.search(sentence[:_REACH])
        if behind is not None:
            source = self._names.read(sentence[: behind.start()])
            if source is None:
                return None
            return Report(behind.span(), source, (self._skip(sentence, behind.end()), len(sentence)))
        front = self._frame.before_sources.search(sentence[:_REACH])
        if front is None:
            return None
        comma = next((i for i in range(front.end(), len(sentence)) if sentence[i] in "،,"), None)
        if comma is None or comma - front.end() > _REACH:
            return None
        source = self._names.read(sentence[front.end() : comma])
        if source is None:
            return None
        return Report(front.span(), source, (self._skip(sentence, comma), len(sentence)))

    def _skip(self, sentence: str, at: int) -> int:
        """Where the content begins behind a comma and a "that"."""
        while at < len(sentence) and sentence[at] in _JOINTS:
            at += 1
        that = self._frame.that.match(sentence, at)
        return that.end() if that is not None else at

    def _verb_first(self, sentence: str) -> Report | None:
        """``قال X إن …``."""
        verb = self._frame.verbs.search(sentence)
        that = self._frame.that.search(sentence, verb.end(), verb.end() + _REACH) if verb else None
        if verb is None or that is None:
            return None
        content = (that.end(), len(sentence))
        carried = self._frame.carried.search(sentence[: that.start()])
        if carried is not None:
            source = self._names.read(carried.group("subject"))
            carrier = carried.group("carrier").strip()
            return Report(verb.span(), source, content, carrier) if source is not None else None
        source, _ = self._names.after(sentence[: verb.start()], sentence[verb.end() : that.start()])
        return Report(verb.span(), source, content) if source is not None else None

    def _clause_first(self, sentence: str) -> Report | None:
        """``Xは…と述べた``; ``…と、Xは述べた``: the last verb, with a "that" in front of it."""
        verb = None
        for match in self._frame.verbs.finditer(sentence):
            verb = match
        if verb is None:
            return None
        link = None
        for match in self._frame.told_links.finditer(sentence, max(0, verb.start() - _NEAR), verb.end()):
            if match.start() <= verb.start():
                link = match
        if link is None:
            return None
        between = self._names.before(sentence[link.end() : verb.start()])
        if between is not None:
            return Report(verb.span(), between, (0, link.start()))
        source = self._names.before(sentence[: link.start()])
        if source is None:
            return None
        lead_in = self._frame.lead_in.match(sentence, source.end, link.start())
        start = lead_in.end() if lead_in is not None else source.end
        return Report(verb.span(), source, (start, link.start()))

    def _clause_last(self, sentence: str) -> Report | None:
        """``X ने कहा कि …``: a verb with a "that" behind it."""
        for verb in self._frame.verbs.finditer(sentence):
            that = self._frame.that.match(sentence, verb.end())
            if that is None:
                continue
            source = self._names.before(sentence[: verb.start()])
            return Report(verb.span(), source, (that.end(), len(sentence))) if source is not None else None
        return None
