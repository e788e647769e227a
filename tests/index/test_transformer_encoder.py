"""Models in sentence-transformers format: a tiny random one made here, and the shipped one against its ONNX file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index import ModelError, PassageIndex, load_encoder
from index.embedded import embedded_folder
from index.onnx_encoder import OnnxEncoder
from index.transformer_encoder import SentenceTransformerEncoder, _choose_prompts
from tests.index.samples import FIRST

pytestmark = pytest.mark.model

WORDS = [
    "the",
    "harbour",
    "will",
    "stay",
    "closed",
    "until",
    "friday",
    "we",
    "lost",
    "forty",
    "boats",
    "in",
    "one",
    "night",
    "kami",
    "perahu",
    "query",
    "passage",
]
TEXTS = ["The harbour will stay closed.", "We lost forty boats in one night.", "kami", ""]


def make_model(folder: Path, prompts: dict[str, str] | None = None) -> Path:
    """A two-layer network with random weights, saved the way the library saves models."""
    import torch
    from sentence_transformers import SentenceTransformer, models
    from tokenizers import Tokenizer, normalizers, pre_tokenizers, processors
    from tokenizers.models import WordPiece
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    pieces = [
        *special,
        *WORDS,
        ".",
        ":",
        *"abcdefghijklmnopqrstuvwxyz",
        *(f"##{c}" for c in "abcdefghijklmnopqrstuvwxyz"),
    ]
    tokenizer = Tokenizer(
        WordPiece({piece: i for i, piece in enumerate(dict.fromkeys(pieces))}, unk_token="[UNK]")
    )
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]",
        mask_token="[MASK]", model_max_length=32,
    )  # fmt: skip
    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=tokenizer.get_vocab_size(), hidden_size=16, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=32, max_position_embeddings=40,
    )  # fmt: skip
    BertModel(config).save_pretrained(folder / "plain")
    fast.save_pretrained(folder / "plain")
    body = models.Transformer(str(folder / "plain"), max_seq_length=32)
    model = SentenceTransformer(
        modules=[body, models.Pooling(16), models.Normalize()], device="cpu", prompts=prompts
    )
    model.save(str(folder / "model"), create_model_card=False)
    return folder / "model"


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    return make_model(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="module")
def prompted(tmp_path_factory):
    return make_model(tmp_path_factory.mktemp("prompted"), {"query": "query: ", "document": "passage: "})


def test_a_folder_is_loaded_by_path(tiny):
    encoder = load_encoder(str(tiny), offline=True)
    assert isinstance(encoder, SentenceTransformerEncoder)
    assert (encoder.info.name, encoder.info.dimension, encoder.info.max_tokens) == (str(tiny), 16, 32)
    vectors = encoder.encode(TEXTS)
    assert (vectors.shape, vectors.dtype) == ((4, 16), np.float32)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    np.testing.assert_allclose(encoder.encode(TEXTS, kind="query"), vectors, atol=1e-6)
    assert encoder.encode([]).shape == (0, 16)


def test_an_index_works_with_it_and_refuses_the_next_one(tiny, prompted, tmp_path):
    encoder = load_encoder(str(tiny))
    with PassageIndex.create(tmp_path / "index", encoder.info) as index:
        index.add(FIRST, encoder)
        assert index.search(encoder.encode([FIRST[1].text]), 1)[0][0].passage.text == FIRST[1].text
    with pytest.raises(ModelError, match="was built with the model"):
        PassageIndex.open(tmp_path / "index", model=load_encoder(str(prompted)).info)


def test_tokens_lie_in_the_text(tiny):
    encoder = SentenceTransformerEncoder(str(tiny))
    for text, tokens in zip(TEXTS, encoder.encode_tokens(TEXTS), strict=True):
        assert "".join(text[start:end] for start, end in tokens.spans) == "".join(text.split())
        assert tokens.vectors.shape == (len(tokens.spans), 16)
        np.testing.assert_allclose(np.linalg.norm(tokens.vectors, axis=1), 1.0, atol=1e-5)
    assert encoder.encode_tokens([]) == []
    both = encoder.encode_both(TEXTS)
    np.testing.assert_allclose(both[0], encoder.encode(TEXTS), atol=1e-6)
    assert [t.spans for t in both[1]] == [t.spans for t in encoder.encode_tokens(TEXTS)]


def test_stored_prompts_are_used_and_can_be_replaced(prompted):
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
    assert stored.encode_tokens(text)[0].spans[0] == (0, 2), "tokens are those of the text alone"


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("intfloat/multilingual-e5-small", "query: "),
        ("/models/e5-large-v2", "query: "),
        ("intfloat/multilingual-e5-large-instruct", ""),
        ("someone/LaBSE", ""),
    ],
)
def test_families_trained_with_prompts(name, query):
    assert _choose_prompts(name, None, {"query": "", "document": ""})["query"] == query
    assert _choose_prompts(name, {"query": "Q "}, {})["query"] == "Q "


def test_the_checksum_follows_the_files(tiny, tmp_path):
    first = SentenceTransformerEncoder(str(tiny)).info
    assert SentenceTransformerEncoder(str(tiny)).info == first
    other = make_model(tmp_path)
    (other / "README.md").write_text("A note changes nothing.", encoding="utf-8")
    assert SentenceTransformerEncoder(str(other)).info.checksum == first.checksum
    config = other / "1_Pooling" / "config.json"
    config.write_text(config.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert SentenceTransformerEncoder(str(other)).info.checksum != first.checksum


def test_a_name_that_is_not_cached_is_an_error_when_offline():
    with pytest.raises(ModelError, match="cannot be loaded") as caught:
        load_encoder("nobody-at-all/no-such-model", offline=True)
    assert "folder" in caught.value.remedy


def test_a_broken_folder_is_an_error(tmp_path):
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ModelError, match="cannot be loaded") as caught:
        load_encoder(str(tmp_path))
    assert "complete" in caught.value.remedy


@pytest.mark.skipif(
    not (embedded_folder() / "model.safetensors").is_file(),
    reason="the shipped model has not been trained in this checkout",
)
def test_both_implementations_agree_on_the_shipped_model():
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
    # The fast one gives words from a lower layer; the last layer is what both have.
    pairs = zip(fast.encode_both(texts)[1], reference.encode_tokens(texts), strict=True)
    for ours, theirs in pairs:
        assert ours.spans == theirs.spans
        assert ours.last is not None
        assert (ours.last * theirs.vectors).sum(axis=1).mean() >= 0.95
