"""The main figures on judged pairs, each with its 95 % interval and the aim the project set itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from benchmarks.evaluation import auroc, recall_at_false_alarms
from benchmarks.pair_judges import Outcome
from benchmarks.pair_measures import Measure, Rows, Statistic, interval, macro_f1, said, truth
from checker.types import Severity

ID, EN = "demetr-id.public", "demetr-en.public"
RECALL: Mapping[str, tuple[str, float]] = {
    "critical_id10_numbers_replaced": ("numbers", 0.95),
    "critical_id8_negation": ("negation", 0.85),
    "critical_id9_ne_replaced": ("entity replaced", 0.60),
    "critical_id7_antonym": ("antonym", 0.40),
}
"""Recall at 5 % false alarms that is aimed at on demetr-id."""
WORDS = (
    "critical_id6_addition",
    "critical_id21_adj_adv_removed",
    "critical_id22_verb_removed",
    "critical_id23_noun_removed",
    "critical_id24_subj_removed",
    "critical_id25_ne_removed",
    "major_id5_pp_removed",
)
"""Types in which one side has words that the other lacks."""
CRITICAL = "critical_"


@dataclass(frozen=True, slots=True)
class Judged:
    """The outcomes of one set, and the generator that intervals are drawn with."""

    set: str
    outcomes: Sequence[Outcome]
    chance: np.random.Generator

    def measure(
        self, name: str, statistic: Statistic, n: int, *, aim: float | None = None, lower: bool = False
    ) -> Measure:
        """A statistic of row numbers, over all rows and with its interval."""
        rows = np.arange(len(self.outcomes), dtype=np.int64)
        low, high = interval([o.pair.group for o in self.outcomes], statistic, self.chance)
        return Measure(f"{self.set}: {name}", statistic(rows), low, high, n, aim, lower)

    def share(
        self,
        name: str,
        of: Callable[[Outcome], bool | None],
        *,
        aim: float | None = None,
        lower: bool = False,
    ) -> Measure:
        """The share for which ``of`` is true, among those for which it is not None."""
        flags = np.array([np.nan if (flag := of(o)) is None else float(flag) for o in self.outcomes])

        def statistic(rows: Rows) -> float:
            known = flags[rows][~np.isnan(flags[rows])]
            return float(known.mean()) if len(known) else float("nan")

        return self.measure(name, statistic, int((~np.isnan(flags)).sum()), aim=aim, lower=lower)

    def rank(
        self,
        name: str,
        of: Callable[[npt.ArrayLike, npt.ArrayLike], float],
        lost: Callable[[Outcome], bool],
        aim: float | None = None,
    ) -> Measure:
        """A measure of how ``drift`` separates the damaged pairs ``lost`` from the faithful ones."""
        drift = np.array([o.drift for o in self.outcomes])
        positive = np.array([o.pair.label == "drift" and lost(o) for o in self.outcomes], dtype=np.bool_)
        used = positive | np.array([o.pair.label == "ok" for o in self.outcomes], dtype=np.bool_)

        def statistic(rows: Rows) -> float:
            chosen = rows[used[rows]]
            return of(drift[chosen], positive[chosen])

        return self.measure(name, statistic, int(positive.sum()), aim=aim)


def has(severity: Severity, label: str) -> Callable[[Outcome], bool | None]:
    """Whether a pair of this label has a finding of this severity; None of other labels."""
    return lambda o: o.has(severity) if o.pair.label == label else None


def right_error(o: Outcome) -> bool | None:
    """Whether a damage that deserves an error gets one of a right rule; None of other pairs."""
    return o.right(Severity.ERROR) if o.pair.label == "drift" and o.pair.level == "error" else None


def right_below(o: Outcome) -> bool | None:
    """Whether a damage that deserves a warning gets a finding of a right rule; None of other pairs."""
    return o.right() if o.pair.label == "drift" and o.pair.level == "warning" else None


def rendering_claims(judged: Judged) -> Iterator[Measure]:
    """Of a set of faithful and damaged renderings; the aims are those of the pairs across languages."""
    aimed = judged.set == ID
    for kind, (name, aim) in RECALL.items():
        yield judged.rank(
            f"recall at 5 %, {name}", recall_at_false_alarms, _of({kind}), aim if aimed else None
        )
    yield judged.rank("AUROC, words dropped or added", auroc, _of(WORDS), 0.70 if aimed else None)
    yield judged.rank(
        "AUROC, all critical types",
        auroc,
        lambda o: o.pair.type.startswith(CRITICAL),
        0.78 if aimed else None,
    )
    yield judged.share("faithful pairs with an error", has(Severity.ERROR, "ok"), aim=0.01, lower=True)
    yield judged.share("faithful pairs with a warning", has(Severity.WARNING, "ok"), lower=True)
    yield judged.share(
        "error of the right rule, where that rule is an error", right_error, aim=0.60 if aimed else None
    )


def _of(types: Iterable[str]) -> Callable[[Outcome], bool]:
    chosen = frozenset(types)
    return lambda o: o.pair.type in chosen


def own_claims(judged: Judged) -> Iterator[Measure]:
    """Of the project's own pairs."""
    yield judged.share("error-level damages with an error of the right rule", right_error, aim=0.90)
    yield judged.share("warning-level damages found under the right rule", right_below)
    yield judged.share("lawful pairs with an error", has(Severity.ERROR, "ok"), aim=0.01, lower=True)
    yield judged.share("lawful pairs with a warning", has(Severity.WARNING, "ok"), aim=0.08, lower=True)
    yield judged.rank("AUROC, all damages", auroc, lambda _: True)
    yield judged.share("of the right findings, those whose marks touch the changed words", lambda o: o.marked)


def inference_claims(judged: Judged) -> Iterator[Measure]:
    """Of a set of premise and hypothesis; see :func:`~benchmarks.pair_measures.said` for the classes."""
    given, right = [said(o) for o in judged.outcomes], [truth(o) for o in judged.outcomes]
    n, two = len(right), len(set(right)) == 2

    def f1(rows: Rows) -> float:
        return macro_f1([right[k] for k in rows], [given[k] for k in rows])

    aims = {"pud-nli.public": (0.65, None, None), "indonli-val": (None, 0.72, None)}
    f1_aim, three_aim, two_aim = aims.get(judged.set, (None, None, 0.70))
    if not two:
        yield judged.measure("macro F1 of three classes", f1, n, aim=f1_aim)
        yield judged.share("accuracy of three classes", lambda o: said(o) == truth(o), aim=three_aim)
    yield judged.share(
        "accuracy of two classes", lambda o: (said(o) == "ok") == (o.pair.label == "ok"), aim=two_aim
    )
    yield judged.share(
        "accuracy of two classes by drift alone, at 0.5", lambda o: (o.drift < 0.5) == (o.pair.label == "ok")
    )
    yield judged.rank("AUROC, all that is not entailed", auroc, lambda _: True)
