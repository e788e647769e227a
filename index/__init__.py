"""A small vector store over passages; it knows nothing of quotations or news.

Importing it loads neither FAISS nor ONNX Runtime nor torch; each comes with its first use.
"""

from __future__ import annotations

from .ahead import AheadEncoder
from .backends import preload
from .embedded import EMBEDDED_MODEL
from .encoder import load_encoder
from .errors import ModelError, PassageIndexError, StoreError
from .passage_index import PassageIndex
from .texts import passage_id
from .truncated import fit_to_index
from .types import (
    AddResult,
    Encoder,
    FloatMatrix,
    Hit,
    IndexInfo,
    Metadata,
    ModelInfo,
    NewPassage,
    Passage,
    StoredArticle,
    TextKind,
    TokenVectors,
)

__all__ = [
    "EMBEDDED_MODEL",
    "AddResult",
    "AheadEncoder",
    "Encoder",
    "FloatMatrix",
    "Hit",
    "IndexInfo",
    "Metadata",
    "ModelError",
    "ModelInfo",
    "NewPassage",
    "Passage",
    "PassageIndex",
    "PassageIndexError",
    "StoreError",
    "StoredArticle",
    "TextKind",
    "TokenVectors",
    "fit_to_index",
    "load_encoder",
    "passage_id",
    "preload",
]
