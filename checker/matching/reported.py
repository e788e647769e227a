"""Who earlier coverage says was speaking."""

from __future__ import annotations

from index.types import Passage

from ..quotations import same_speaker
from ..types import Quotation, Speaker, SpeakerKind


def reported_speakers(passage: Passage) -> tuple[Speaker, ...]:
    """The speakers that the occurrences of a passage name, each once."""
    named: dict[str, Speaker] = {}
    for occurrence in passage.occurrences:
        name = occurrence.get("speaker")
        if name:
            kind = SpeakerKind(occurrence.get("speaker_kind", SpeakerKind.PERSON.value))
            named.setdefault(name, Speaker(name, name, occurrence.get("role"), kind=kind))
    return tuple(named.values())


def speakers_agree(quotation: Quotation, passage: Passage) -> bool | None:
    """True where a report names the quotation's speaker, False where all name others, else None."""
    if quotation.speaker is None:
        return None
    answers = [same_speaker(quotation.speaker, reported) for reported in reported_speakers(passage)]
    if any(a is True for a in answers):
        return True
    return False if answers and all(a is False for a in answers) else None
