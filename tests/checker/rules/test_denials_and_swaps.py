"""MQ101, MQ102, MQ106 and MQ108 on texts that the pages do not show: what was turned round, and what was not."""

from __future__ import annotations

import pytest

from checker import Checker, Severity, Source
from index import Encoder, load_encoder


@pytest.fixture(scope="module")
def checker() -> Checker:
    encoder: Encoder = load_encoder(None)
    return Checker(encoder=encoder)


def errors(checker: Checker, quote: str, language: str, source: str, source_language: str) -> set[str]:
    result = checker.compare(quote, [Source(source, source_language)], language=language)
    return {f.rule for f in result.findings if f.severity is Severity.ERROR}


TURNED = [
    # "not only" without "only" denies what it affirmed
    ("MQ102", "The crew had not checked the valve but had closed the gate.", "en", "The crew had not only checked the valve but had also closed the gate.", "en"),
    # an edit takes "hardly" or "without" away
    ("MQ102", "The guards noticed the smoke in the ten minutes before the alarm.", "en", "The guards hardly noticed the smoke in the ten minutes before the alarm.", "en"),
    ("MQ102", "Divers may enter the wreck with a guide in the summer months.", "en", "Divers may enter the wreck without a guide in the summer months.", "en"),
    # "or not" of a question denies nothing, so the other denial is missing
    ("MQ102", "Dewan sudah memutuskan akan membangun jembatan itu atau tidak.", "id", "The council has not decided whether to build the bridge.", "en"),
    # two figures that changed places
    ("MQ101", "The committee rejects Article 12 and wants Article 31 restored.", "en", "Panitia menolak pasal 31 dan meminta pasal 12 dikembalikan.", "id"),
    # the modal that is left when those of one rung have found each other
    ("MQ106", "Saya tidak menutup kemungkinan pinjaman kedua, dan setiap bantuan mungkin disertai direksi baru.", "id", "I would not rule out a second loan, and any help must come with a new board.", "en"),
    # duties are told apart past denials that are linked astray
    ("MQ106", "The nurses must not attend the course, but those who have signed up will not be paid if they stay away.", "en", "Para perawat tidak wajib mengikuti kursus itu, tetapi yang sudah mendaftar tidak akan dibayar kalau absen.", "id"),
    # the same order of clauses with the opposite word between them
    ("MQ108", "Para penumpang meninggalkan kapal itu setelah mesinnya meledak.", "id", "The passengers left the ship before its engine exploded.", "en"),
    # what is compared with what
    ("MQ108", "Harga beras naik lebih cepat daripada upah tahun lalu.", "ms", "Wages rose faster than the price of rice last year.", "en"),
    # figures that changed places, one of them of people, and two of one unit
    ("MQ101", "Kami menangkap tiga tersangka pada hari Rabu dan melepaskan dua orang.", "id", "We arrested two suspects on Wednesday and released three people.", "en"),
    ("MQ101", "Harga turun menjadi 12 dolar dari 8 dolar.", "id", "The price fell to 8 dollars from 12 dollars.", "en"),
    # the end of a period for its beginning
    ("MQ104", "Ia menjabat sebagai menteri sejak 2019.", "id", "He was minister until 2019.", "en"),
    ("MQ108", "Pemerintah gagal melunasi utangnya.", "id", "The government managed to repay its debts.", "en"),
    # an opposite whose own end stands elsewhere in the same text
    ("MQ108", "If prices rise, we will cut taxes.", "en", "Jika harga turun, kami akan memotong pajak.", "id"),
    ("MQ108", "We lost the first match and won the second.", "en", "Kami memenangi laga pertama dan kalah di laga kedua.", "id"),
    # where to and where from, with one end alone
    ("MQ108", "Exports to Japan fell by a third.", "en", "Ekspor dari Jepang turun sepertiga.", "id"),
    # "may" beside "will" that was left out
    ("MQ106", "The minister will visit the island next week.", "en", "Menteri mungkin akan mengunjungi pulau itu pekan depan.", "id"),
    # a deputy for the chief, and the reverse
    ("MQ103", "The police chief resigned on Monday.", "en", "Wakil kepala polisi mengundurkan diri pada Senin.", "id"),
    ("MQ103", "Beliau dilantik sebagai timbalan menteri pada 2018.", "ms", "He was appointed minister in 2018.", "en"),
    # what is permitted and what is forbidden, in words of either kind
    ("MQ106", "Para nelayan boleh menangkap ikan di teluk itu.", "id", "Fishermen are banned from fishing in the bay.", "en"),
    ("MQ108", "Kami akan memperpanjang gencatan senjata.", "id", "We will end the ceasefire.", "en"),
    ("MQ108", "Kami menerima tawaran itu dengan senang hati.", "id", "We reluctantly accepted the offer.", "en"),
    ("MQ108", "Laporan itu dirahasiakan.", "id", "The report was made public.", "en"),
    ("MQ108", "Pasien itu masih hidup.", "id", "The patient has died.", "en"),
    # further pairs that exclude each other
    ("MQ108", "Banjir itu melukai 12 orang.", "id", "The flood killed 12 people.", "en"),
    ("MQ108", "Menteri itu berasal dari partai oposisi.", "id", "The minister is from the ruling party.", "en"),
    ("MQ108", "Kebakaran itu disengaja.", "id", "The fire was an accident.", "en"),
    # "with" for "without" in a free rewording, within one language
    ("MQ102", "Children can cross the border with a visa as long as an adult relative travels with them.", "en", "The consul explained that children could cross the border without a visa as long as an adult relative travelled with them.", "en"),
    # a condition that follows "said that"
    ("MQ109", "The agency will tell the public within 48 hours and not a minute later.", "en", "Dr Roth said that if a second satellite confirmed the signal, the agency would tell the public within 48 hours and not a minute later.", "en"),
    # "may" before a denied "will"
    ("MQ106", "Perusahaan itu mungkin tidak akan mengajukan banding.", "id", "The company will not appeal against the fine.", "en"),
    # what is preferred to what
    ("MQ108", "Saya lebih memilih pasar ikan daripada feri", "id", "I would rather have the ferry than the fish market.", "en"),
    ("MQ108", "She would rather lose the election than raise taxes", "en", "Ia lebih rela menaikkan pajak daripada kalah dalam pemilihan.", "id"),
    # which of two is denied
    ("MQ108", "Kami akan memperbaiki jalan, bukan jembatan.", "id", "We will repair the bridge instead of the road.", "en"),
    ("MQ108", "Bukan cuaca, melainkan kesalahan manusia yang menyebabkan kecelakaan itu.", "id", "It was the weather, not human error, that caused the crash.", "en"),
    ("MQ108", "我们要修的不是路，而是桥。", "zh", "We want to repair the road, not the bridge.", "en"),
    # where from and where to
    ("MQ108", "Barang dipindahkan dari bandara ke pelabuhan.", "id", "The goods were moved from the port to the airport.", "en"),
]  # fmt: skip

KEPT = [
    # the dead and the injured in another order
    ("Dua belas orang terluka dan tiga tewas.", "id", "Three people were killed and twelve injured.", "en"),
    ("Partai oposisi mengecam partai penguasa.", "id", "The ruling party was criticised by the opposition party.", "en"),
    # a permission that is worded as one, and a ban as a ban
    ("Para nelayan boleh menangkap ikan di teluk itu.", "id", "Fishermen may fish in the bay.", "en"),
    ("Wartawan tidak boleh masuk.", "id", "Journalists are banned from entering.", "en"),
    ("Warga di lereng barat belum boleh pulang.", "id", "Villagers on the western slope must not go home yet.", "en"),
    ("Warga tidak perlu pindah.", "id", "Residents are free to stay.", "en"),
    # what is wanted and what is denied, in either order; two journeys; one that both sides begin alike
    ("Bukan uang yang kami cari, melainkan keadilan.", "id", "We want justice, not money.", "en"),
    ("Ekspor ke Jepang turun, sedangkan impor dari Jepang naik.", "id", "Exports to Japan fell while imports from Japan rose.", "en"),
    ("Harga turun dari 12 dolar menjadi 8 dolar.", "id", "The price fell to 8 dollars from 12 dollars.", "en"),
    ("Dua tersangka ditangkap, tiga orang dibebaskan.", "id", "Three people were released and two suspects arrested.", "en"),
    # deputies on both sides, in one word or in several
    ("Wapres Adebayo menandatangani surat itu.", "id", "Vice President Adebayo signed the letter.", "en"),
    ("Wakil rakyat di daerah menolak rencana itu.", "id", "The region's members of parliament rejected the plan.", "en"),
    # the same goal with another preposition
    ("Ia meminjam uang kepada Norwegia.", "id", "She borrowed money from Norway.", "en"),
    # the end of a period told by its beginning
    ("Jembatan itu baru dibuka mulai Mei.", "id", "The bridge will not open until May.", "en"),
    ("Toko tutup sampai Senin.", "id", "The shop reopens on Monday.", "en"),
    ("Kantor pos dibuka lagi mulai 3 Mei.", "id", "The post office is closed until 3 May.", "en"),
    # the same with the denied thing first, or with "instead of"
    ("Bukan kesalahan manusia, melainkan cuaca yang menyebabkan kecelakaan itu.", "id", "It was the weather, not human error, that caused the crash.", "en"),
    ("Kami akan memperbaiki jembatan, bukan jalan.", "id", "We will repair the bridge instead of the road.", "en"),
    ("Daripada gandum, orang di sini lebih suka beras.", "id", "People here prefer rice rather than wheat.", "en"),
    ("我们要修的不是桥，而是路。", "zh", "We want to repair the road, not the bridge.", "en"),
    # a journey beside one that is told by its end alone
    ("Dari pelabuhan barang itu dibawa ke bandara.", "id", "The goods were taken to the airport from the port.", "en"),

    # not only, in two words that stand apart
    ("Mereka tidak membeli beras saja, tetapi juga minyak.", "id", "They did not only buy rice, they bought oil too.", "en"),
    ("Jangan hanya melihat harganya, lihat juga mutunya.", "id", "Don't just look at the price, look at the quality too.", "en"),
    # a denial with an exception, and a permission under a condition
    ("Kapal itu tidak bisa berangkat kecuali kedua pemiliknya setuju.", "id", "The ship can leave only if its two owners agree.", "en"),
    ("The guard lets visitors in only if they carry a letter.", "en", "Penjaga tidak mengizinkan tamu masuk kecuali mereka membawa surat.", "id"),
    # until, and only after
    ("Jembatan itu baru akan dibuka lagi setelah insinyur memeriksanya.", "id", "The bridge will stay closed until an engineer has inspected it.", "en"),
    # everybody unharmed, nobody harmed
    ("Semua penumpang selamat tanpa cedera.", "id", "None of the passengers was hurt.", "en"),
    # the clauses in the other order
    ("The ferry had sailed two hours before the pier collapsed.", "en", "Dermaga itu ambruk dua jam sesudah feri berangkat.", "id"),
    # figures of different kinds in the other order
    ("公司去年亏损3亿元，比前年减少了一半。", "zh", "The company's loss fell by half last year, to 300 million yuan.", "en"),
    # a half and its per cent, with an ending
    ("Tambang itu dibeli pada 2003, dan 50 persennya dijual kepada mitra asing.", "id", "The mine was bought in 2003, and half of it was sold to a foreign partner.", "en"),
    # a denial that a condition takes in ("selama tidak")
    ("Pengunjung boleh tinggal selama tidak mengganggu pasien.", "id", "Visitors may stay as long as they do not disturb the patients.", "en"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "quote", "language", "source", "other"), TURNED)
def test_what_was_turned_round_is_an_error(
    checker: Checker, rule: str, quote: str, language: str, source: str, other: str
) -> None:
    assert rule in errors(checker, quote, language, source, other)


@pytest.mark.parametrize(("quote", "language", "source", "other"), KEPT)
def test_what_says_the_same_is_none(
    checker: Checker, quote: str, language: str, source: str, other: str
) -> None:
    assert errors(checker, quote, language, source, other) == set()
