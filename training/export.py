"""Writes the model folder that ships: sentence-transformers layout, ONNX file, manifest.

``python -m training.export --work FOLDER --weights FILE --out index/models/misquote-encoder``
``python -m training.export --again --out index/models/misquote-encoder``: only the graphs, anew from
the ONNX file that is there.
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
from safetensors.numpy import load_file, save_file
from tokenizers import Tokenizer

from .data import read_lines
from .graph import build_model, take_out_weights, word_model
from .network import ARCHITECTURE, Matrix, encode_texts, load_network
from .settings import DEFAULT_CONFIG, DEFAULT_DATA, Settings, load_settings
from .vocabulary import SPECIAL, teacher_folder

ONNX_FILE = Path("onnx") / "model.int8.onnx"
WORDS_FILE = Path("onnx") / "words.int8.onnx"
WEIGHTS_FILE = Path("onnx") / "weights.int8.bin"
MANIFEST = "misquote.json"
LEAST_COSINE = 0.99


def write_json(path: Path, value: object) -> None:
    """Indented JSON; makes the folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def write_sentence_transformers(
    out: Path, weights: dict[str, Matrix], teacher: dict[str, Any], longest: int
) -> None:
    """Everything ``SentenceTransformer(out)`` reads, less the tokenizer."""
    config: dict[str, Any] = {"architectures": ["BertModel"], "model_type": "bert", "pad_token_id": 0}
    config |= {key: teacher[key] for key in ARCHITECTURE}
    config["vocab_size"] = len(weights["embeddings.word_embeddings.weight"])
    # Stored in halves to save space, computed in float32.
    config |= {"torch_dtype": "float32", "hidden_dropout_prob": 0.1, "attention_probs_dropout_prob": 0.1}
    write_json(out / "config.json", config)
    halves = {name: value.astype(np.float16) for name, value in weights.items()}
    # Unused, but transformers reports a head it does not find on every load.
    width = teacher["hidden_size"]
    halves["pooler.dense.weight"] = np.zeros((width, width), dtype=np.float16)
    halves["pooler.dense.bias"] = np.zeros(width, dtype=np.float16)
    save_file(halves, str(out / "model.safetensors"), metadata={"format": "pt"})
    write_json(
        out / "modules.json",
        [
            {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
        ],
    )
    write_json(
        out / "1_Pooling" / "config.json",
        {"word_embedding_dimension": teacher["hidden_size"], "pooling_mode_mean_tokens": True},
    )
    write_json(out / "2_Normalize" / "config.json", {})
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


def write_graphs(out: Path, model: onnx.ModelProto) -> None:
    """The whole graph, that of the words, and the one file of weights that both read."""
    target = out / ONNX_FILE
    target.parent.mkdir(exist_ok=True)
    words = word_model(model)
    (out / WEIGHTS_FILE).write_bytes(take_out_weights([model, words], WEIGHTS_FILE.name))
    for proto, file in ((model, ONNX_FILE), (words, WORDS_FILE)):
        (out / file).write_bytes(proto.SerializeToString(deterministic=True))
        onnx.checker.check_model(str(out / file))


def write_manifest(out: Path, settings: Settings, dimension: int) -> None:
    """Name, revision (first digits of a hash over the ONNX files) and the sha256 of every file."""
    files = {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name not in (MANIFEST, "README.md")
    }
    lines = "".join(f"{sha}  {name}\n" for name, sha in files.items() if name.startswith("onnx/"))
    write_json(
        out / MANIFEST,
        {
            "name": settings.model.name,
            "revision": hashlib.sha256(lines.encode()).hexdigest()[:12],
            "dimension": dimension,
            "max_tokens": settings.model.max_tokens,
            "files": files,
        },
    )


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


def check(out: Path, work: Path, weights: Path, root: Path, settings: Settings) -> None:
    """Compare the ONNX file with the float32 weights on news sentences of both languages."""
    tokenizer = Tokenizer.from_file(str(work / "tokenizer.json"))
    rows = [line.split("\t") for line in read_lines(root / "eval" / "retrieval" / "news-dev.en-id.tsv.xz")]
    texts = [text for row in rows[::40] for text in row]
    config = teacher_folder(settings.model.teacher) / "config.json"
    exact = encode_texts(
        load_network(weights, config), tokenizer, texts, settings.model.max_tokens, exact=True
    )
    cosine = (exact * onnx_vectors(out / ONNX_FILE, tokenizer, texts, settings.model.max_tokens)).sum(axis=1)
    print(
        f"8 bits against float32 on {len(texts)} texts: cosine {cosine.mean():.5f}, least {cosine.min():.5f}"
    )
    if cosine.mean() < LEAST_COSINE:
        raise SystemExit("the 8-bit file strays too far from the weights")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA)
    parser.add_argument("--config", type=Path, default=DEFAULT_CONFIG)
    parser.add_argument("--work", type=Path)
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--again", action="store_true", help="write the graphs anew from the ONNX file")
    arguments = parser.parse_args()
    settings = load_settings(arguments.config)
    if arguments.again:
        model = onnx.load(str(arguments.out / ONNX_FILE))
        write_graphs(arguments.out, model)
        write_manifest(arguments.out, settings, model.graph.output[0].type.tensor_type.shape.dim[1].dim_value)
        return
    if not (arguments.work and arguments.weights):
        parser.error("--work and --weights are needed, or --again")
    torch.set_num_threads(1)
    teacher = json.loads((teacher_folder(settings.model.teacher) / "config.json").read_text(encoding="utf-8"))
    weights = load_file(str(arguments.weights))
    arguments.out.mkdir(parents=True, exist_ok=True)
    write_sentence_transformers(arguments.out, weights, teacher, settings.model.max_tokens)
    write_tokenizer(
        arguments.out, Tokenizer.from_file(str(arguments.work / "tokenizer.json")), settings.model.max_tokens
    )
    write_graphs(
        arguments.out, build_model(weights, teacher["num_attention_heads"], teacher["layer_norm_eps"])
    )
    write_manifest(arguments.out, settings, teacher["hidden_size"])
    check(arguments.out, arguments.work, arguments.weights, arguments.data, settings)
    for path in sorted(arguments.out.rglob("*")):
        if path.is_file():
            print(f"{path.stat().st_size:10} {path.relative_to(arguments.out)}")


if __name__ == "__main__":
    main()
