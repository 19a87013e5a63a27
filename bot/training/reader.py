"""Trains the reader: the bundled encoder's layers, as a cross-encoder of question and sentence.

The word embeddings stay as they are, so that the reader shares them with the encoder and only its
layers are shipped.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from datasets import Dataset
from sentence_transformers.base.modules import Dense, Transformer
from sentence_transformers.base.sampler import DefaultBatchSampler
from sentence_transformers.cross_encoder import (
    CrossEncoder,
    CrossEncoderTrainer,
    CrossEncoderTrainingArguments,
)
from sentence_transformers.cross_encoder.losses import BinaryCrossEntropyLoss
from sentence_transformers.sentence_transformer.modules import Pooling
from tokenizers.processors import TemplateProcessing
from torch.utils.data import SequentialSampler

from bot.training.pairs import Pair
from index.readers.onnx_reader import MAX_TOKENS

BATCH = 128
_WARM_UP = 0.06
"""Share of the steps in which the learning rate rises."""
_SORTED_TOGETHER = 32
_WORKERS = 8


def untrained_reader(encoder_folder: Path) -> CrossEncoder:
    """The bundled encoder with a head that has learned nothing yet.

    Args:
        encoder_folder: Where the encoder is unpacked.
    """
    transformer = Transformer(str(encoder_folder), transformer_task="feature-extraction")
    tokenizer: Any = transformer.tokenizer
    begin, end = tokenizer.cls_token, tokenizer.sep_token
    tokenizer.backend_tokenizer.post_processor = TemplateProcessing(
        single=f"{begin} $A {end}",
        pair=f"{begin} $A {end} {end} $B {end}",
        special_tokens=[(begin, tokenizer.cls_token_id), (end, tokenizer.sep_token_id)],
    )
    config: Any = transformer.model.config
    head = Dense(config.hidden_size, 1, activation_function=None, module_output_name="scores")
    pooling = Pooling(config.hidden_size, "mean")
    model: CrossEncoder = CrossEncoder(modules=[transformer, pooling, head])
    model.max_seq_length = MAX_TOKENS
    return model


class SimilarLengths(DefaultBatchSampler):
    """Batches of pairs of similar length, in random order, so that little of them is padding."""

    def __init__(
        self, dataset: Dataset, batch_size: int, drop_last: bool, seed: int = 0, **_: object
    ) -> None:
        pairs = zip(dataset["question"][:], dataset["text"][:], strict=True)
        self._lengths = [len(question) + len(text) for question, text in pairs]
        self._size, self._seed, self._epoch = batch_size, seed, 0
        super().__init__(SequentialSampler(dataset), batch_size=batch_size, drop_last=drop_last)

    def set_epoch(self, epoch: int) -> None:
        """Choose another order."""
        self._epoch = epoch

    def __iter__(self) -> Iterator[list[int]]:
        generator = torch.Generator().manual_seed(self._seed + self._epoch)
        order = torch.randperm(len(self._lengths), generator=generator).tolist()
        window = self._size * _SORTED_TOGETHER
        batches = []
        for first in range(0, len(order), window):
            rows = sorted(order[first : first + window], key=self._lengths.__getitem__)
            batches += [rows[i : i + self._size] for i in range(0, len(rows), self._size)]
        for batch in torch.randperm(len(batches), generator=generator).tolist():
            yield batches[batch]


def train(
    model: CrossEncoder, pairs: Sequence[Pair], out: Path, *, learning_rate: float, seed: int
) -> None:
    """Train a reader in place, each pair once; what was cut off goes on from its checkpoint.

    On a graphics processor if there is one; otherwise it takes some hundred times as long.

    Args:
        model: Of `untrained_reader`, or trained on other pairs before.
        pairs: What is learned.
        out: The folder of the checkpoints.
        learning_rate: Its highest value; it rises to it and falls to 0.
        seed: Of the order of the pairs.
    """
    bert: Any = model[0].model
    for weights in bert.embeddings.parameters():
        weights.requires_grad = False
    rows = {
        "question": [pair.question for pair in pairs],
        "text": [pair.text for pair in pairs],
        "label": [float(pair.answers) for pair in pairs],
    }
    is_fast = torch.cuda.is_available()
    arguments = CrossEncoderTrainingArguments(
        output_dir=str(out),
        num_train_epochs=1,
        per_device_train_batch_size=BATCH,
        learning_rate=learning_rate,
        warmup_steps=_WARM_UP,
        weight_decay=0.01,
        lr_scheduler_type="linear",
        batch_sampler=SimilarLengths,
        save_steps=3_000 if is_fast else 300,
        save_total_limit=1,
        logging_steps=50,
        report_to=[],
        seed=seed,
        use_cpu=not is_fast,
        bf16=is_fast,
        dataloader_num_workers=_WORKERS if is_fast else 0,
    )
    trainer = CrossEncoderTrainer(
        model=model,
        args=arguments,
        train_dataset=Dataset.from_dict(rows),
        loss=BinaryCrossEntropyLoss(model),
    )
    trainer.train(resume_from_checkpoint=any(out.glob("checkpoint-*")))
