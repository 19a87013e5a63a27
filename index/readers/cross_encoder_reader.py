"""Any cross-encoder of sentence-transformers, by its name or folder."""

from collections.abc import Sequence

import numpy as np

from index.errors import ModelError
from index.reader import Probabilities

_PAIRS_A_BATCH = 16


class CrossEncoderReader:
    """Reads with a `CrossEncoder`, for example `BAAI/bge-reranker-v2-m3`."""

    def __init__(self, model: str) -> None:
        """Load the model.

        Raises:
            ModelError: It cannot be loaded, or gives more than one number.
        """
        from sentence_transformers import CrossEncoder

        try:
            self._model = CrossEncoder(model, device="cpu")
        except (OSError, ValueError, RuntimeError) as error:
            raise ModelError(
                f"the reader {model!r} cannot be loaded ({error}): check SMEBOT_READER_MODEL"
            ) from error
        if self._model.num_labels != 1:
            raise ModelError(
                f"the reader {model!r} gives {self._model.num_labels} numbers instead of one: "
                "name another in SMEBOT_READER_MODEL"
            )
        self._name = model

    @property
    def knows_conversations(self) -> bool:
        return False

    @property
    def reads_across_languages(self) -> bool:
        return True

    @property
    def name(self) -> str:
        return self._name

    def score(self, question: str, texts: Sequence[str]) -> Probabilities:
        from torch import nn

        if not texts:
            return np.empty(0, np.float32)
        scores = self._model.predict(
            [(question, text) for text in texts],
            batch_size=_PAIRS_A_BATCH,
            activation_fn=nn.Sigmoid(),
            show_progress_bar=False,
        )
        return np.asarray(scores, np.float32)
