from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index import EMBEDDED_MODEL, ModelError, load_encoder
from index.embedded import embedded_folder
from index.onnx_encoder import OnnxEncoder
from index.types import Encoder

shipped = pytest.mark.skipif(
    not (embedded_folder() / "misquote.json").is_file(),
    reason="the shipped model has not been trained in this checkout",
)

TEXTS = [
    "The governor said the bridge would open in March.",
    "Gubernur mengatakan jembatan itu akan dibuka pada bulan Maret.",
    "Rain fell on the coast.",
    "",
    "Harga beras naik 5,2 persen, kata menteri itu kepada wartawan di pelabuhan.",
]


@pytest.fixture(scope="module")
def encoder() -> OnnxEncoder:
    return OnnxEncoder(embedded_folder(), threads=1)


@shipped
def test_vectors_have_unit_length_and_carry_meaning(encoder):
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), encoder.info.dimension)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    scores = vectors @ vectors.T
    assert scores[0, 1] > scores[0, 2] + 0.2, "a translation is nearer than another subject"


@shipped
def test_the_batch_makes_no_difference(encoder):
    many = [f"{text} Day {i}." for i in range(30) for text in TEXTS]
    together = encoder.encode(many)
    for number in (0, 7, 149):
        np.testing.assert_allclose(together[number], encoder.encode([many[number]])[0], atol=2e-3)


@shipped
def test_both_at_once_equals_each_alone(encoder):
    vectors, tokens = encoder.encode_both(TEXTS)
    np.testing.assert_allclose(vectors, encoder.encode(TEXTS), atol=1e-5)
    for one, other in zip(tokens, encoder.encode_tokens(TEXTS), strict=True):
        assert one.spans == other.spans
        np.testing.assert_allclose(one.vectors, other.vectors, atol=1e-5)


@shipped
def test_loaded_briefly_the_vectors_are_the_same(encoder):
    brief = load_encoder(None, brief=True, threads=1)
    vectors, tokens = brief.encode_both(TEXTS)
    np.testing.assert_allclose(vectors, encoder.encode(TEXTS), atol=1e-5)
    for one, alone, other in zip(
        tokens, brief.encode_tokens(TEXTS), encoder.encode_tokens(TEXTS), strict=True
    ):
        np.testing.assert_allclose(one.vectors, other.vectors, atol=1e-5)
        np.testing.assert_array_equal(one.vectors, alone.vectors)


@shipped
def test_without_the_graph_of_words_the_whole_one_serves(tmp_path, encoder):
    folder = copy_of_model(tmp_path)
    (folder / "words.int8.onnx").unlink()
    for one, other in zip(
        OnnxEncoder(folder).encode_tokens(TEXTS), encoder.encode_tokens(TEXTS), strict=True
    ):
        np.testing.assert_allclose(one.vectors, other.vectors, atol=1e-5)


@shipped
def test_tokens_lie_in_the_text_and_special_ones_are_left_out(encoder):
    for text, tokens in zip(TEXTS, encoder.encode_tokens(TEXTS), strict=True):
        assert tokens.vectors.shape == (len(tokens.spans), encoder.info.dimension)
        covered = "".join(text[start:end] for start, end in tokens.spans)
        assert covered == "".join(text.split())
        np.testing.assert_allclose(np.linalg.norm(tokens.vectors, axis=1), 1.0, atol=1e-5)


@shipped
def test_offsets_are_code_points(encoder):
    text = "𝔄 café 🙂 naïve \ud83d boats"
    [tokens] = encoder.encode_tokens([text])
    assert text[tokens.spans[-1][0] : tokens.spans[-1][1]].endswith("boats"[-1])
    assert all(0 <= start <= end <= len(text) for start, end in tokens.spans)


@shipped
def test_long_and_hostile_texts_are_cut_not_refused(encoder):
    texts = ["word " * 2_000_000, "x" * 1_000_000, "\ud800\x00\u202e", "漢" * 100_000]
    vectors, tokens = encoder.encode_both(texts)
    assert np.isfinite(vectors).all()
    assert max(len(t.spans) for t in tokens) <= encoder.info.max_tokens


@shipped
def test_nothing_in_nothing_out(encoder):
    assert encoder.encode([]).shape == (0, encoder.info.dimension)
    assert encoder.encode_tokens([]) == []


@shipped
def test_it_is_an_encoder_and_its_files_are_what_it_says(encoder):
    as_protocol: Encoder = encoder
    assert as_protocol.info == load_encoder(None).info == load_encoder(EMBEDDED_MODEL).info
    assert load_encoder(encoder.info.name).info == encoder.info, (
        "the name that an index records can be given back"
    )
    assert load_encoder(str(embedded_folder())).info == encoder.info
    assert encoder.verify() == []


@shipped
def test_a_changed_file_is_found_by_verify(tmp_path):
    folder = copy_of_model(tmp_path)
    settings = folder / "tokenizer_config.json"
    settings.write_text(settings.read_text(encoding="utf-8") + " ", encoding="utf-8")
    (folder / "modules.json").unlink()
    problems = OnnxEncoder(folder).verify()
    assert len(problems) == 2
    assert any("tokenizer_config.json does not match" in problem for problem in problems)
    assert any("modules.json is missing" in problem for problem in problems)


@shipped
def test_without_listed_checksums_they_are_computed(tmp_path, encoder):
    folder = copy_of_model(tmp_path)
    description = json.loads((folder / "misquote.json").read_text(encoding="utf-8"))
    del description["files"]
    (folder / "misquote.json").write_text(json.dumps(description), encoding="utf-8")
    assert OnnxEncoder(folder).info == encoder.info


DAMAGES = {
    "misquote.json": "is not valid JSON",
    "tokenizer.json": "cannot be read",
    "model.int8.onnx": "cannot be loaded",
}


@shipped
@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_folder_is_an_error_with_a_remedy(name, tmp_path):
    folder = copy_of_model(tmp_path)
    (folder / name).write_bytes(b"{ not a model")
    with pytest.raises(ModelError, match=DAMAGES[name]) as caught:
        OnnxEncoder(folder)
    assert "install misquote again" in caught.value.remedy
    (folder / name).unlink()
    with pytest.raises(ModelError, match=r"missing|cannot be read"):
        OnnxEncoder(folder)


@pytest.mark.parametrize("content", ["[]", "{}", '{"name": "x", "dimension": "many"}'])
def test_a_description_that_says_too_little(content, tmp_path):
    (tmp_path / "onnx").mkdir()
    (tmp_path / "misquote.json").write_text(content, encoding="utf-8")
    (tmp_path / "onnx" / "model.onnx").touch()
    (tmp_path / "tokenizer.json").touch()
    with pytest.raises(ModelError):
        load_encoder(str(tmp_path))


@pytest.mark.parametrize("model", ["./nowhere", "/no/such/model", "~/nothing-here", "a/b/c", "models\\mine"])
def test_a_path_that_is_not_there_is_not_taken_for_a_hub_name(model):
    with pytest.raises(ModelError, match="no model folder") as caught:
        load_encoder(model)
    assert caught.value.remedy


@shipped
def test_another_version_of_the_embedded_model_is_refused():
    with pytest.raises(ModelError, match="not misquote-encoder-v999") as caught:
        load_encoder("misquote-encoder-v999")
    assert "build the index again" in caught.value.remedy


@shipped
def test_the_embedded_model_needs_no_torch():
    code = (
        "import sys; from index import load_encoder; load_encoder().encode(['a'])\n"
        "print(*sorted({'torch', 'transformers', 'sentence_transformers', 'faiss'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
    assert done.stderr == ""


def copy_of_model(tmp_path: Path) -> Path:
    """The shipped model with its weights linked; what a test writes to is a file of its own."""
    folder = tmp_path / "model"
    shutil.copytree(embedded_folder(), folder)
    return folder
