"""Any sentence-transformers model, by name or folder, with the prompts it declares."""

from collections.abc import Sequence

import numpy as np
from sentence_transformers import SentenceTransformer

from index.encoder import Progress, Vectors, no_progress
from index.errors import ModelError

_BATCH = 16


class SentenceEncoder:
    """Encodes with sentence-transformers, in float32."""

    def __init__(self, model: str) -> None:
        """Load the model.

        Args:
            model: A folder, or a name on the model hub.

        Raises:
            ModelError: It cannot be loaded.
        """
        try:
            self._model = SentenceTransformer(model, device="cpu")
        except (OSError, ValueError, RuntimeError) as error:
            reason = str(error).strip().splitlines()[0] if str(error).strip() else repr(error)
            raise ModelError(
                f"SMEBOT_ENCODER_MODEL={model!r} cannot be loaded ({reason}): name a folder or a "
                "model of the hub, or leave the setting out for the bundled model"
            ) from error
        self._model.max_seq_length = self._model.max_seq_length or 512
        self._name = model

    @property
    def name(self) -> str:
        return self._name

    @property
    def dimension(self) -> int:
        dimension = self._model.get_embedding_dimension()
        if dimension is None:
            raise ModelError(f"{self._name}: the model does not say how long its vectors are")
        return int(dimension)

    @property
    def max_tokens(self) -> int:
        return int(self._model.max_seq_length or 512)

    def count_tokens(self, text: str) -> int:
        return len(
            self._model.tokenizer(self._prompt("passage") + text, truncation=False)["input_ids"]
        )

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts, self._prompt("query"), no_progress)

    def encode_passages(self, texts: Sequence[str], progress: Progress = no_progress) -> Vectors:
        return self._encode(texts, self._prompt("passage"), progress)

    def _prompt(self, kind: str) -> str:
        prompts = self._model.prompts
        return prompts.get(kind) or (prompts.get("document") if kind == "passage" else "") or ""

    def _encode(self, texts: Sequence[str], prompt: str, progress: Progress) -> Vectors:
        order = sorted(range(len(texts)), key=lambda row: -len(texts[row]))
        vectors = np.empty((len(texts), self.dimension), np.float32)
        for first in range(0, len(order), _BATCH):
            rows = order[first : first + _BATCH]
            vectors[rows] = self._model.encode(
                [texts[row] for row in rows],
                prompt=prompt,
                normalize_embeddings=True,
                show_progress_bar=False,
            )
            progress(first + len(rows), len(texts))
        return vectors
