"""Short original texts with the quotations a reader finds in them; all persons are invented."""

from __future__ import annotations

from typing import NamedTuple


class Expected(NamedTuple):
    """One quotation as a reader would write it down; None where there is no speaker."""

    text: str
    speaker: str | None
    kind: str = "direct"


class Case(NamedTuple):
    """A text and its quotations, in order."""

    name: str
    language: str
    text: str
    quotations: tuple[Expected, ...]


def case(name: str, language: str, text: str, *quotations: Expected) -> Case:
    """A case, with less punctuation."""
    return Case(name, language, text, quotations)


E = Expected

INDONESIAN = (
    case(
        "kata NAME",
        "id",
        "“Jembatan itu aman,” kata Bupati Ratna Wulandari, Senin (3/2).",
        E("Jembatan itu aman", "Ratna Wulandari"),
    ),
    case(
        "katanya",
        "id",
        "Ratna Wulandari menjelaskan rencana itu kepada warga.\n\n“Jembatan itu aman,” katanya.",
        E("Jembatan itu aman", "Ratna Wulandari"),
    ),
    case(
        "ujar dia",
        "id",
        "Wali Kota Bayu Prasetya meninjau pasar itu.\n\n“Harga akan turun,” ujar dia.",
        E("Harga akan turun", "Bayu Prasetya"),
    ),
    case(
        "chain of -nya after one name",
        "id",
        "“Air sudah surut,” kata Dimas Hartanto.\n\n“Warga boleh pulang,” ujarnya.\n\n“Kami tetap berjaga,” tegasnya.",
        E("Air sudah surut", "Dimas Hartanto"),
        E("Warga boleh pulang", "Dimas Hartanto"),
        E("Kami tetap berjaga", "Dimas Hartanto"),
    ),
    case(
        "chain broken by another speaker",
        "id",
        "“Air sudah surut,” kata Dimas Hartanto.\n\nLestari Ningsih mengatakan, bantuan belum tiba.\n\n“Kami menunggu,” ucapnya.",
        E("Air sudah surut", "Dimas Hartanto"),
        E("bantuan belum tiba", "Lestari Ningsih", "indirect"),
        E("Kami menunggu", "Lestari Ningsih"),
    ),
    case(
        "mengatakan kepada, colon",
        "id",
        "Dimas Hartanto mengatakan kepada Kabar Pagi: “Kami sangat yakin air akan surut.”",
        E("Kami sangat yakin air akan surut.", "Dimas Hartanto"),
    ),
    case(
        "partial in a bahwa clause",
        "id",
        "Dimas Hartanto mengatakan bahwa waduk itu “masih jauh dari penuh” meskipun hujan turun.",
        E("masih jauh dari penuh", "Dimas Hartanto", "mixed"),
    ),
    case(
        "one word with sebagai",
        "id",
        "Dimas Hartanto mengunjungi tanggul, yang ia gambarkan sebagai “rapuh”.",
        E("rapuh", "Dimas Hartanto", "mixed"),
    ),
    case(
        "carrier is no speaker: dikutip",
        "id",
        "“Panen akan baik,” ungkap Dimas Hartanto, dikutip Kabar Pagi.",
        E("Panen akan baik", "Dimas Hartanto"),
    ),
    case(
        "carrier is no speaker: melansir",
        "id",
        "“Panen akan baik,” kata Laksamana Bayu Prasetya, melansir Kabar Pagi 23 Juni.",
        E("Panen akan baik", "Bayu Prasetya"),
    ),
    case(
        "institution speaks",
        "id",
        "Pentagon mengatakan bahwa paket itu memberi “kemampuan yang sangat diperlukan”.",
        E("kemampuan yang sangat diperlukan", "Pentagon", "mixed"),
    ),
    case(
        "continued paragraph without a clause",
        "id",
        "“Sungai ini milik bersama,” kata Dimas Hartanto.\n\n“Kita harus menjaganya sampai anak cucu.”",
        E("Sungai ini milik bersama", "Dimas Hartanto"),
        E("Kita harus menjaganya sampai anak cucu.", "Dimas Hartanto"),
    ),
    case(
        "paragraph left open and opened again",
        "id",
        "“Sungai ini milik bersama.\n\n“Kita harus menjaganya,” kata Dimas Hartanto.",
        E("Sungai ini milik bersama. Kita harus menjaganya", "Dimas Hartanto"),
    ),
    case(
        "split quotation",
        "id",
        "“Sungai ini milik bersama,” kata Dimas Hartanto. “Kita harus menjaganya.”",
        E("Sungai ini milik bersama Kita harus menjaganya.", "Dimas Hartanto"),
    ),
    case(
        "split by a comma",
        "id",
        "“Sungai ini,” kata Dimas Hartanto, “milik kita bersama selamanya.”",
        E("Sungai ini milik kita bersama selamanya.", "Dimas Hartanto"),
    ),
    case(
        "ellipsis and bracket inside",
        "id",
        "Dimas Hartanto mengatakan warga “memiliki hak… untuk menjaga (sungai) mereka sendiri.”",
        E("memiliki hak… untuk menjaga (sungai) mereka sendiri.", "Dimas Hartanto", "mixed"),
    ),
    case(
        "curly opening, straight closing",
        "id",
        '“Saya sudah melihat tanggul itu," kata Dimas Hartanto.',
        E("Saya sudah melihat tanggul itu", "Dimas Hartanto"),
    ),
    case(
        "straight marks",
        "id",
        '"Saya sudah melihatnya," kata Dimas Hartanto.',
        E("Saya sudah melihatnya", "Dimas Hartanto"),
    ),
    case(
        "single marks for a part",
        "id",
        "Dimas Hartanto menyebut suara itu 'ledakan yang dahsyat'.",
        E("ledakan yang dahsyat", "Dimas Hartanto", "mixed"),
    ),
    case("comma left out", "id", "“Waktunya tepat” tulis Kabar Pagi.", E("Waktunya tepat", "Kabar Pagi")),
    case(
        "comma outside",
        "id",
        "“Waktunya sudah tepat”, kata Dimas Hartanto.",
        E("Waktunya sudah tepat", "Dimas Hartanto"),
    ),
    case("title is no speech", "id", "Kabar Pagi memuat berita berjudul “Panen Raya Tiba” kemarin."),
    case("nickname is no speech", "id", "Petinju Dimas “Kancil” Hartanto menang di Jakarta."),
    case("term is no speech", "id", "Program “desa tangguh” dimulai tahun lalu."),
    case(
        "first name only",
        "id",
        "Dimas Hartanto datang. Warga bertanya.\n\n“Sabar dulu,” ucap Dimas.",
        E("Sabar dulu", "Dimas Hartanto"),
    ),
    case(
        "office only",
        "id",
        "Presiden Bayu Prasetya tiba di Medan.\n\n“Terima kasih,” kata Presiden.",
        E("Terima kasih", "Bayu Prasetya"),
    ),
    case(
        "name after a long office",
        "id",
        "“Belum tahu,” kata Kepala Dusun Melati, Kelurahan Sumberejo, Wahyu Santosa, Jumat.",
        E("Belum tahu", "Wahyu Santosa"),
    ),
    case(
        "menurut",
        "id",
        "Menurut Lestari Ningsih, bantuan baru tiba pekan depan.",
        E("bantuan baru tiba pekan depan", "Lestari Ningsih", "indirect"),
    ),
    case(
        "shared subject",
        "id",
        "Bayu Prasetya menyambut tamunya dengan mengatakan bahwa kerja sama itu semakin kuat.",
        E("kerja sama itu semakin kuat", "Bayu Prasetya", "indirect"),
    ),
    case(
        "second verb with the same subject",
        "id",
        "“Ia bekerja baik sekali,” ujar Sekretaris Pers Lestari Ningsih ketika ditanya, sembari menekankan bahwa gubernur “belum mengambil keputusan”.",
        E("Ia bekerja baik sekali", "Lestari Ningsih"),
        E("belum mengambil keputusan", "Lestari Ningsih", "mixed"),
    ),
    case(
        "closing mark lost",
        "id",
        "“Saya akan datang besok, kata Dimas Hartanto di Jakarta.",
        E("Saya akan datang besok", "Dimas Hartanto"),
    ),
    case(
        "opening mark lost",
        "id",
        "Saya akan datang besok,” kata Dimas Hartanto di Jakarta.",
        E("Saya akan datang besok", "Dimas Hartanto"),
    ),
)

ENGLISH = (
    case(
        "NAME said",
        "en",
        '"The bridge is safe," Mayor Alma Reyes said on Monday.',
        E("The bridge is safe", "Alma Reyes"),
    ),
    case("said NAME", "en", "“The bridge is safe,” said Alma Reyes.", E("The bridge is safe", "Alma Reyes")),
    case(
        "he said",
        "en",
        'Tomas Brandt visited the dam.\n\n"It will hold," he said.',
        E("It will hold", "Tomas Brandt"),
    ),
    case(
        "apposition before the verb",
        "en",
        "“It will hold,” Tomas Brandt, an engineer at the dam, said.",
        E("It will hold", "Tomas Brandt"),
    ),
    case(
        "bracket before the verb",
        "en",
        "“It will hold,” Tomas Brandt (54) said.",
        E("It will hold", "Tomas Brandt"),
    ),
    case(
        "told an outlet",
        "en",
        'Tomas Brandt told CNN: "The dam will hold for many years."',
        E("The dam will hold for many years.", "Tomas Brandt"),
    ),
    case(
        "split quotation",
        "en",
        '"It will hold," said Tomas Brandt. "We checked it twice."',
        E("It will hold We checked it twice.", "Tomas Brandt"),
    ),
    case(
        "split by a comma",
        "en",
        '"The dam," Tomas Brandt said, "will hold for many years."',
        E("The dam will hold for many years.", "Tomas Brandt"),
    ),
    case(
        "part of a clause",
        "en",
        'Tomas Brandt said the engineers are "making progress" on the dam.',
        E("making progress", "Tomas Brandt", "mixed"),
    ),
    case(
        "two parts of one clause",
        "en",
        'Tomas Brandt called the dam "old" but "sound".',
        E("old", "Tomas Brandt", "mixed"),
        E("sound", "Tomas Brandt", "mixed"),
    ),
    case(
        "pronoun inside the sentence",
        "en",
        'Tomas Brandt inspected the dam, and he called it "difficult".',
        E("difficult", "Tomas Brandt", "mixed"),
    ),
    case(
        "according to, in front",
        "en",
        "According to Tomas Brandt, the dam is seventy years old.",
        E("the dam is seventy years old", "Tomas Brandt", "indirect"),
    ),
    case(
        "according to, at the end",
        "en",
        "The dam is seventy years old, according to Tomas Brandt.",
        E("The dam is seventy years old", "Tomas Brandt", "indirect"),
    ),
    case(
        "said without that",
        "en",
        "Press Secretary Alma Reyes said the governor had not made any decision.",
        E("the governor had not made any decision", "Alma Reyes", "indirect"),
    ),
    case(
        "said that",
        "en",
        "Alma Reyes said that the governor had not made any decision.",
        E("that the governor had not made any decision", "Alma Reyes", "indirect"),
    ),
    case(
        "clause, X said",
        "en",
        "The governor had not made any decision, officials said.",
        E("The governor had not made any decision", "officials", "indirect"),
    ),
    case(
        "and said, with a shared subject",
        "en",
        "Tomas Brandt praised the crews and said the dam had made the valley safer.",
        E("the dam had made the valley safer", "Tomas Brandt", "indirect"),
    ),
    case(
        "byline of a transcript",
        "en",
        'GOVERNOR REYES: "The dam is safe, and I say it again."',
        E("The dam is safe, and I say it again.", "Reyes"),
    ),
    case(
        "introduction in a paragraph of its own",
        "en",
        'Tomas Brandt continued:\n\n"We checked the gates twice."',
        E("We checked the gates twice.", "Tomas Brandt"),
    ),
    case(
        "continued over paragraphs with opening marks only",
        "en",
        '"We checked the gates twice.\n\n"Nothing moved," said Tomas Brandt.',
        E("We checked the gates twice. Nothing moved", "Tomas Brandt"),
    ),
    case(
        "marks nested",
        "en",
        "“He told me ‘never again’ and left,” said Alma Reyes.",
        E("He told me ‘never again’ and left", "Alma Reyes"),
    ),
    case(
        "single marks outside",
        "en",
        "‘I don’t believe it,’ said Alma Reyes.",
        E("I don’t believe it", "Alma Reyes"),
    ),
    case(
        "possessive inside single marks",
        "en",
        "‘These are the workers’ own rules,’ said Alma Reyes.",
        E("These are the workers’ own rules", "Alma Reyes"),
    ),
    case(
        "two apostrophes as marks",
        "en",
        "''The gates are closed,'' said Alma Reyes.",
        E("The gates are closed", "Alma Reyes"),
    ),
    case(
        "inches are no marks",
        "en",
        'The 27" pipe burst. "We closed it," said Alma Reyes.',
        E("We closed it", "Alma Reyes"),
    ),
    case(
        "inches inside a quotation",
        "en",
        '"The 27" pipe burst at night," said Alma Reyes.',
        E('The 27" pipe burst at night', "Alma Reyes"),
    ),
    case("apostrophes are no marks", "en", "The dogs' owners' club met in the '90s and didn't vote."),
    case("title is no speech", "en", 'She sang the song "Blue Rain" at the fair.'),
    case("nickname is no speech", "en", 'Boxer Tomas "The Hammer" Brandt won again.'),
    case("irony is no speech", "en", 'The "free" parking costs ten dollars.'),
    case(
        "two people of one name stay apart",
        "en",
        'Alma Reyes and Jorge Reyes visited.\n\n"We are glad," said Reyes.',
        E("We are glad", "Reyes"),
    ),
    case(
        "unnamed source",
        "en",
        '"Nobody knows," a senior official said.',
        E("Nobody knows", "senior official"),
    ),
    case(
        "wrapped lines",
        "en",
        '"The dam will hold for many years and nobody in\nthe valley has to leave," said Alma Reyes on the way\nto the capital, where she met the engineers and\nthe crews.',
        E("The dam will hold for many years and nobody in\nthe valley has to leave", "Alma Reyes"),
    ),
    case(
        "guillemets",
        "en",
        "« The gates are closed », said Alma Reyes.",
        E("The gates are closed", "Alma Reyes"),
    ),
    case(
        "low marks", "en", "„The gates are closed,“ said Alma Reyes.", E("The gates are closed", "Alma Reyes")
    ),
    case(
        "closing mark set as an opening one",
        "en",
        "“The gates are closed,“ said Alma Reyes.",
        E("The gates are closed", "Alma Reyes"),
    ),
)

MALAY = (
    case(
        "katanya pada sidang akhbar",
        "ms",
        "Menteri Pengangkutan Azlan Kamaruddin hadir di Ipoh.\n\n“Jalan itu selamat,” katanya pada sidang akhbar.",
        E("Jalan itu selamat", "Azlan Kamaruddin"),
    ),
    case(
        "kata NAME",
        "ms",
        "“Jalan itu selamat,” kata Datuk Azlan Kamaruddin",
        E("Jalan itu selamat", "Azlan Kamaruddin"),
    ),
    case(
        "berkata",
        "ms",
        "Azlan Kamaruddin berkata, jalan itu akan dibuka minggu depan.",
        E("jalan itu akan dibuka minggu depan", "Azlan Kamaruddin", "indirect"),
    ),
    case(
        "memberitahu, part",
        "ms",
        "Azlan Kamaruddin menyifatkan projek itu sebagai “sangat mencabar”.",
        E("sangat mencabar", "Azlan Kamaruddin", "mixed"),
    ),
)

CHINESE = (
    case("说：“", "zh", "林业部长周文清说：“山火已经受到控制。”", E("山火已经受到控制。", "周文清")),
    case(
        "，他说",
        "zh",
        "周文清视察了林区。\n\n周文清表示，情况稳定。\n\n“我们会继续巡逻，”他说。",
        E("情况稳定", "周文清", "indirect"),
        E("我们会继续巡逻", "周文清"),
    ),
    case("表示，「", "zh", "部長周文清表示，「山火已經受到控制」。", E("山火已經受到控制", "周文清")),
    case("」，X說", "zh", "「山火已經受到控制」，周文清說。", E("山火已經受到控制", "周文清")),
    case(
        "指出，part",
        "zh",
        "周文清指出，居民“有权返回自己的家园”。",
        E("有权返回自己的家园", "周文清", "mixed"),
    ),
    case("称之为", "zh", "周文清称之为“奇迹”。", E("奇迹", "周文清", "mixed")),
    case("institution", "zh", "联合国称：“救援物资已经抵达。”", E("救援物资已经抵达。", "联合国")),
    case("carrier", "zh", "据山城日报报道，周文清说：“道路已经恢复。”", E("道路已经恢复。", "周文清")),
    case("term is no speech", "zh", "“绿色走廊”计划去年启动。"),
    case(
        "short foreign name",
        "zh",
        "市长安娜·贝伦松抵达。贝伦松说：“谢谢大家的帮助。”",
        E("谢谢大家的帮助。", "安娜·贝伦松"),
    ),
)

CASES = (*INDONESIAN, *ENGLISH, *MALAY, *CHINESE)
