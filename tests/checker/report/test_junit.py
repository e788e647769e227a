"""JUnit: one case a quotation, as a public reader reads it."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest
from junitparser import Error, Failure, JUnitXml, Skipped

from checker.report import render
from checker.report.summary import exit_status
from checker.types import Report

from .samples import BROKEN, EMPTY, REPORT
from .test_hostile import PAYLOADS, poisoned

OUTCOMES = {Failure: "failure", Error: "error", Skipped: "skipped"}


def outcomes(report: Report) -> dict[tuple[str, str], list[str]]:
    """For each case, named by its suite and first word, what became of it."""
    read = JUnitXml.fromstring(render(report, "junit").encode())
    return {
        (suite.name, case.name.split()[0]): [OUTCOMES[type(result)] for result in case.result]
        for suite in read
        for case in suite
    }


def gated(**settings: object) -> Report:
    return replace(REPORT, run=replace(REPORT.run, **settings))  # type: ignore[arg-type]


def test_each_quotation_is_a_case() -> None:
    assert outcomes(REPORT) == {
        ("content/ar/bus.md", "q1"): ["failure"],
        ("content/en/bus.md", "q1"): ["skipped"],
        ("content/en/bus.md", "q2"): ["skipped"],
        ("content/en/bus.md", "MQ401"): [],
        ("content/id/tarif-bus.md", "q1"): ["failure"],
        ("content/id/tarif-bus.md", "q2"): ["failure"],
        ("content/id/tarif-bus.md", "q3"): [],
        ("content/zh/巴士票价.md", "q1"): ["failure"],
    }


def test_what_fails_the_run_fails_the_case() -> None:
    assert outcomes(gated(fail_on="warning"))["content/en/bus.md", "MQ401"] == ["failure"]
    assert outcomes(gated(fail_on="info"))["content/id/tarif-bus.md", "q3"] == ["failure"]
    assert outcomes(gated(fail_on_unverified=True))["content/en/bus.md", "q1"] == ["failure"]
    lenient = outcomes(gated(fail_on="never"))
    assert ["failure"] not in lenient.values()
    assert lenient["content/en/bus.md", "q1"] == ["skipped"]


@pytest.mark.parametrize("fail_on", ["error", "warning", "info", "never"])
def test_the_report_fails_when_the_run_does(fail_on: str) -> None:
    report = gated(fail_on=fail_on)
    status, _ = exit_status(report, fail_on, fail_on_unverified=False)
    assert (["failure"] in outcomes(report).values()) == (status == 1)


def test_what_does_not_fail_is_in_the_output_of_the_case() -> None:
    text = render(gated(fail_on="never"), "junit")
    for case in ElementTree.fromstring(text).iter("testcase"):
        if "q1" in case.attrib["name"] and "tarif" in case.attrib["classname"]:
            assert "will not raise" in (case.findtext("system-out") or "")


def test_errors_of_the_run_are_cases_of_their_own() -> None:
    read = JUnitXml.fromstring(render(BROKEN, "junit").encode())
    assert (read.tests, read.errors, read.failures, read.skipped) == (5, 2, 0, 2)
    first = next(iter(read))
    assert first.name == "misquote run"
    assert [type(result) for case in first for result in case.result] == [Error, Error]


def test_the_counts_are_those_of_the_cases() -> None:
    for report in (REPORT, BROKEN, EMPTY):
        root = ElementTree.fromstring(render(report, "junit"))
        for element in [root, *root.iter("testsuite")]:
            cases = list(element.iter("testcase"))
            assert int(element.attrib["tests"]) == len(cases)
            for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
                assert int(element.attrib[name]) == sum(case.find(tag) is not None for case in cases)


def test_a_case_has_its_place_and_its_carets() -> None:
    root = ElementTree.fromstring(render(REPORT, "junit"))
    case = next(c for c in root.iter("testcase") if "1.500" in c.attrib["name"])
    assert (case.attrib["file"], case.attrib["line"]) == ("content/id/tarif-bus.md", "5")
    failure = case.find("failure")
    assert failure is not None
    assert "^^^^^ one thousand five hundred" in (failure.text or "")


@pytest.mark.parametrize("payload", [pytest.param(text, id=name) for name, text in PAYLOADS.items()])
def test_hostile_text_leaves_the_structure_as_it_is(payload: str) -> None:
    for report in (REPORT, BROKEN):
        hostile = ElementTree.fromstring(render(poisoned(report, payload), "junit"))
        harmless = ElementTree.fromstring(render(poisoned(report, "x"), "junit"))
        assert [e.tag for e in hostile.iter()] == [e.tag for e in harmless.iter()]
        assert [sorted(e.attrib) for e in hostile.iter()] == [sorted(e.attrib) for e in harmless.iter()]
