"""Writes the model folder that ships: sentence-transformers layout, ONNX file, manifest.

``python -m training.export --work FOLDER --weights FILE --out index/models/misquote-encoder``
``python -m training.export --again --out index/models/misquote-encoder``: only the graphs, anew from
the weights that are there.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from transformers import BertModel

from .data import read_lines, read_training_pairs
from .graph import TABLE, build_model, take_out_weights, word_model
from .network import ARCHITECTURE, WORD_EMBEDDINGS, Matrix, encode_texts, load_network, load_weights
from .settings import DEFAULT_CONFIG, DEFAULT_DATA, Settings, load_settings
from .vocabulary import SPECIAL, teacher_folder

# Beside model.safetensors, since a graph may refer to files below its own folder only.
ONNX_FILE = "model.int8.onnx"
WORDS_FILE = "words.int8.onnx"
WEIGHTS_FILE = "weights.int8.bin"
SAFETENSORS = "model.safetensors"
ROTATION_FOLDER = "2_Dense"
ROTATION_KEY = "linear.weight"
MANIFEST = "misquote.json"
LEAST_COSINE = 0.99


def write_json(path: Path, value: object) -> None:
    """Indented JSON; makes the folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def principal_rotation(vectors: Matrix) -> Matrix:
    """The rotation after which each dimension holds as much of the vectors as the ones before leave.

    Shape ``(d, d)``: rows are the eigenvectors of the second moments, largest first. Cosines stay as they
    are, and the first dimensions alone are the best short form that is linear (Eckart and Young 1936).
    """
    _, axes = np.linalg.eigh(vectors.T.astype(np.float64) @ vectors)
    return np.ascontiguousarray(axes[:, ::-1].T, dtype=np.float32)


def write_sentence_transformers(
    out: Path, weights: dict[str, torch.Tensor], rotation: Matrix, teacher: dict[str, Any], longest: int
) -> None:
    """Everything ``SentenceTransformer(out)`` reads, less the tokenizer."""
    config: dict[str, Any] = {"architectures": ["BertModel"], "model_type": "bert", "pad_token_id": 0}
    config |= {key: teacher[key] for key in ARCHITECTURE}
    config["vocab_size"] = len(weights[WORD_EMBEDDINGS])
    # Stored in halves and quarters to save space, computed in float32.
    config |= {"torch_dtype": "float32", "hidden_dropout_prob": 0.1, "attention_probs_dropout_prob": 0.1}
    write_json(out / "config.json", config)
    stored = {name: value.to(torch.float16) for name, value in weights.items()}
    stored[WORD_EMBEDDINGS] = weights[WORD_EMBEDDINGS].to(torch.float8_e4m3fn)
    # Unused, but transformers reports a head it does not find on every load.
    width = teacher["hidden_size"]
    stored["pooler.dense.weight"] = torch.zeros((width, width), dtype=torch.float16)
    stored["pooler.dense.bias"] = torch.zeros(width, dtype=torch.float16)
    save_file(stored, str(out / SAFETENSORS), metadata={"format": "pt"})
    modules = {
        "": "Transformer",
        "1_Pooling": "Pooling",
        ROTATION_FOLDER: "Dense",
        "3_Normalize": "Normalize",
    }
    write_json(
        out / "modules.json",
        [
            {"idx": number, "name": str(number), "path": path, "type": f"sentence_transformers.models.{kind}"}
            for number, (path, kind) in enumerate(modules.items())
        ],
    )
    dense = {"in_features": width, "out_features": width, "bias": False}
    activation = "torch.nn.modules.linear.Identity"
    write_json(out / ROTATION_FOLDER / "config.json", dense | {"activation_function": activation})
    half = torch.from_numpy(rotation).to(torch.float16)
    save_file({ROTATION_KEY: half}, str(out / ROTATION_FOLDER / SAFETENSORS), metadata={"format": "pt"})
    write_json(
        out / "1_Pooling" / "config.json",
        {"word_embedding_dimension": teacher["hidden_size"], "pooling_mode_mean_tokens": True},
    )
    write_json(out / "3_Normalize" / "config.json", {})
    write_json(out / "sentence_bert_config.json", {"max_seq_length": longest, "do_lower_case": False})
    write_json(out / "config_sentence_transformers.json", {"similarity_fn_name": "cosine"})


def write_tokenizer(out: Path, tokenizer: Tokenizer, longest: int) -> None:
    """``tokenizer.json`` without padding or truncation, and what transformers wants beside it."""
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.save(str(out / "tokenizer.json"))
    names = {f"{name.strip('[]').lower()}_token": name for name in SPECIAL}
    roles = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    roles["mask_token"] = "[MASK]"
    if roles != names:
        raise SystemExit("the special tokens and their roles do not agree")
    write_json(
        out / "tokenizer_config.json",
        {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": longest, **roles},
    )
    write_json(out / "special_tokens_map.json", roles)


def place_in_safetensors(file: Path, name: str) -> tuple[int, bytes]:
    """Where a tensor begins in a safetensors file, and its bytes.

    The format: eight bytes with the length of the header, the header (JSON), the data.
    """
    content = file.read_bytes()
    length = int.from_bytes(content[:8], "little")
    begin, end = json.loads(content[8 : 8 + length])[name]["data_offsets"]
    start = 8 + length + begin
    return start, content[start : start + end - begin]


def write_graphs(out: Path, teacher: dict[str, Any]) -> None:
    """The whole graph, that of the words, and the file of weights that both read beside the safetensors.

    They are built from the stored weights, so writing them again changes nothing.
    """
    weights = {name: value.numpy() for name, value in load_weights(out / SAFETENSORS).items()}
    rotation = load_file(out / ROTATION_FOLDER / SAFETENSORS)[ROTATION_KEY].float().numpy()
    model = build_model(weights, teacher["num_attention_heads"], teacher["layer_norm_eps"], rotation)
    words = word_model(model)
    table = (SAFETENSORS, *place_in_safetensors(out / SAFETENSORS, WORD_EMBEDDINGS))
    (out / WEIGHTS_FILE).write_bytes(take_out_weights([model, words], WEIGHTS_FILE, {TABLE: table}))
    for proto, file in ((model, ONNX_FILE), (words, WORDS_FILE)):
        (out / file).write_bytes(proto.SerializeToString(deterministic=True))
        onnx.checker.check_model(str(out / file))


def write_manifest(out: Path, name: str, **fields: object) -> None:
    """Name, revision (first digits of a hash over the ONNX files), ``fields``, the sha256 of every file."""
    files = {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name not in (MANIFEST, "README.md")
    }
    lines = "".join(f"{sha}  {name}\n" for name, sha in files.items() if name.endswith((".onnx", ".bin")))
    write_json(
        out / MANIFEST,
        {
            "name": name,
            "revision": hashlib.sha256(lines.encode()).hexdigest()[:12],
            **fields,
            "files": files,
        },
    )


def write_encoder_manifest(out: Path, settings: Settings, dimension: int) -> None:
    """The manifest of an encoder's folder."""
    write_manifest(out, settings.model.name, dimension=dimension, max_tokens=settings.model.max_tokens)


def onnx_vectors(path: Path, tokenizer: Tokenizer, texts: list[str], longest: int) -> Matrix:
    """Sentence vectors from the ONNX file, one text at a time."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    rows = []
    for text in texts:
        ids = np.array([tokenizer.encode(text).ids[:longest]], dtype=np.int64)
        rows.append(
            session.run(["sentence_embedding"], {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0]
        )
    return np.concatenate(rows)


def sample_texts(root: Path, settings: Settings, count: int = 8_000) -> list[str]:
    """Training texts of all languages, at even distances: what the rotation is fitted to."""
    pairs = read_training_pairs(root, settings)
    chosen = pairs[:: max(1, 2 * len(pairs) // count)]
    return [text for pair in chosen for text in (pair.english, pair.other)]


def check(out: Path, work: Path, network: BertModel, root: Path, settings: Settings) -> None:
    """Compare the ONNX file with the float32 weights on news sentences of both languages."""
    tokenizer = Tokenizer.from_file(str(work / "tokenizer.json"))
    rows = [line.split("\t") for line in read_lines(root / "eval" / "retrieval" / "news-dev.en-id.tsv.xz")]
    texts = [text for row in rows[::40] for text in row]
    exact = encode_texts(network, tokenizer, texts, settings.model.max_tokens, exact=True)
    rotation = load_file(out / ROTATION_FOLDER / SAFETENSORS)[ROTATION_KEY].float().numpy()
    rounded = onnx_vectors(out / ONNX_FILE, tokenizer, texts, settings.model.max_tokens)
    cosine = (exact @ rotation.T * rounded).sum(axis=1)
    print(
        f"8 bits against float32 on {len(texts)} texts: cosine {cosine.mean():.5f}, least {cosine.min():.5f}"
    )
    if cosine.mean() < LEAST_COSINE:
        raise SystemExit("the 8-bit file strays too far from the weights")


def export(work: Path, weights: Path, out: Path, root: Path, settings: Settings) -> None:
    """Everything; see the module's text."""
    folder = teacher_folder(settings.model.teacher)
    teacher = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    tokenizer = Tokenizer.from_file(str(work / "tokenizer.json"))
    network = load_network(weights, folder / "config.json")
    rotation = principal_rotation(encode_texts(network, tokenizer, sample_texts(root, settings)))
    out.mkdir(parents=True, exist_ok=True)
    write_sentence_transformers(out, load_weights(weights), rotation, teacher, settings.model.max_tokens)
    write_tokenizer(out, tokenizer, settings.model.max_tokens)
    write_graphs(out, teacher)
    write_encoder_manifest(out, settings, teacher["hidden_size"])
    check(out, work, network, root, settings)
    for path in sorted(out.rglob("*")):
        if path.is_file():
            print(f"{path.stat().st_size:10} {path.relative_to(out)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA)
    parser.add_argument("--config", type=Path, default=DEFAULT_CONFIG)
    parser.add_argument("--work", type=Path)
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--again", action="store_true", help="write the graphs anew from the stored weights")
    arguments = parser.parse_args()
    settings = load_settings(arguments.config)
    if arguments.again:
        config = json.loads((arguments.out / "config.json").read_text(encoding="utf-8"))
        write_graphs(arguments.out, config)
        write_encoder_manifest(arguments.out, settings, config["hidden_size"])
        return
    if not (arguments.work and arguments.weights):
        parser.error("--work and --weights are needed, or --again")
    torch.set_num_threads(settings.distil.threads)
    export(arguments.work, arguments.weights, arguments.out, arguments.data, settings)


if __name__ == "__main__":
    main()
