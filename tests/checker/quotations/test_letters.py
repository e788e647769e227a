"""Letters and notices without marks, bodies that speak together, labels, and names that were cut short."""

from __future__ import annotations

import pytest

from .cases import Case, E, case
from .test_cases import found_in

CASES = (
    case(
        "a letter behind a colon",
        "en",
        "Alma Reyes, the mayor, wrote to the ferry crews:\n\nWe have asked too much of you.\n\nI am sorry for it.\n\n"
        "The crews did not answer.",
        E("We have asked too much of you. I am sorry for it.", "Alma Reyes"),
    ),
    case(
        "a letter that begins a paragraph of its own",
        "id",
        "Bupati Ratna Wulandari menulis kepada warga:\n\nKami meminta maaf atas keterlambatan itu.\n\nWarga belum menjawab.",
        E("Kami meminta maaf atas keterlambatan itu.", "Ratna Wulandari"),
    ),
    case(
        "a notice has no voice of its own",
        "en",
        "Alma Reyes put up a notice. It reads in full:\n\nWe have closed the pier.",
        E("We have closed the pier.", None),
    ),
    case(
        "a list behind a colon",
        "en",
        "Alma Reyes said the crews need three things:\n\nA new pier and a longer rope.\n\nThe work begins in May.",
        E("the crews need three things", "Alma Reyes", "indirect"),
    ),
    case(
        "two companies",
        "en",
        "Hearth Foods and Colman Bakeries have ended their talks.\n\n“We could not agree,” the companies said.",
        E("We could not agree", "Hearth Foods and Colman Bakeries"),
    ),
    case(
        "two bodies, kedua",
        "ms",
        "Dua pertubuhan, Sahabat Paya Bakau dan Jaringan Pantai Bersih, mahu projek itu ditangguhkan.\n\n"
        "Dalam kenyataan bersama, kedua-dua pertubuhan itu menyifatkan laporan itu sebagai “dokumen salin dan tampal”.",
        E("dokumen salin dan tampal", "Sahabat Paya Bakau dan Jaringan Pantai Bersih", "mixed"),
    ),
    case(
        "several are no one person",
        "en",
        "Alma Reyes, the mayor, arrived on Monday. “The bridge is safe,” the officials said.",
        E("The bridge is safe", "officials"),
    ),
    case(
        "labels that are no names",
        "en",
        "The log was released on Friday.\n\nCALLER 1: There is a crack in the road.\n\nDISPATCH: Are you near it?\n\n"
        "CALLER 1: I am.",
        E("There is a crack in the road.", "CALLER 1"),
        E("Are you near it?", "DISPATCH"),
        E("I am.", "CALLER 1"),
    ),
    case(
        "a dateline is no person",
        "ms",
        "SERI MAHKOTA: Dewan kecil itu memuatkan 150 kerusi.\n\n“Saya menulisnya dalam bas di belakang resit pasar,” katanya.",
        E("Saya menulisnya dalam bas di belakang resit pasar", None),
    ),
    case(
        "a/l",
        "ms",
        "Penasihat persatuan, Encik Muniandy a/l Raman, kelihatan lega. Katanya, ahli mahukan jaminan bertulis.",
        E("ahli mahukan jaminan bertulis", "Muniandy a/l Raman", "indirect"),
    ),
    case(
        "of the, behind a full name",
        "en",
        "“The rope held,” said Dimas Prakoso, a sailor.\n\nAssociate Professor Ravi Sundaram of the Straits Institute of "
        "Policy was less sure. Ropes of this age, he noted, rarely change for longer than six months.",
        E("The rope held", "Dimas Prakoso"),
        E("Ropes of this age rarely change for longer than six months", "Ravi Sundaram", "indirect"),
    ),
    case(
        "keduanya",
        "id",
        "Gubernur Amrizal Pamuncak dan Gubernur Wayan Suteja menandatangani kesepakatan itu.\n\n"
        "“Kami akan membangun tempat pengolahan bersama,” kata keduanya.",
        E("Kami akan membangun tempat pengolahan bersama", "Amrizal Pamuncak dan Wayan Suteja"),
    ),
    case(
        "they are two, she is nobody in particular",
        "en",
        "Alma Reyes and Siti Rahman met at the harbour.\n\n“The ferry is late,” they said.\n\n“It is not,” she said.",
        E("The ferry is late", "Alma Reyes and Siti Rahman"),
        E("It is not", None),
    ),
    case(
        "a name behind a possessive is no subject",
        "id",
        "Ekonom Ratna Dewi menilai kawasan itu penting. Pabrik akan dibangun di kawasan industri Nam Dinh Vu.\n\n"
        "“Modal asing akan datang,” ujarnya.",
        E("kawasan itu penting", "Ratna Dewi", "indirect"),
        E("Modal asing akan datang", "Ratna Dewi"),
    ),
    case(
        "a first name that is a common word",
        "id",
        "Ketua Gili Hotel Association Lalu Kusnawan mengatakan, air sudah surut.",
        E("air sudah surut", "Lalu Kusnawan", "indirect"),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.language}: {c.name}")
def test_quotations_and_speakers(case: Case) -> None:
    assert found_in(case.text, case.language) == list(case.quotations)
