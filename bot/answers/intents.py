"""Recognises by meaning what no document answers: for a person, a decision, the weather, a letter.

A message is compared with prototypes in eight languages, in the space of the encoder that finds
passages, centred by language. What is as near to questions about the contents, prototypes and a
thousand labelled ones, is no intent; nor, if it is about the bot or a decision, is what names a
thing or a place, or holds a digit.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.answers.reasons import Reason
from bot.shipped import parsed
from index import Encoder, Glossary, Retriever
from index.glossary import EntryKind
from index.language import primary

_KINDS = {
    "asks_for_person": Reason.ASKS_FOR_PERSON,
    "asks_who_runs": Reason.ASKS_WHO_RUNS,
    "asks_price": Reason.ASKS_WHO_RUNS,
    "asks_price_of_bot": Reason.ASKS_WHO_RUNS,
    "asks_decision": Reason.ASKS_DECISION,
    "asks_weather": Reason.DECLINED_WEATHER,
    "asks_writing": Reason.DECLINED_WRITING,
    "asks_rates": Reason.DECLINED_RATES,
    "asks_booking": Reason.DECLINED_BOOKING,
}
_OF_WHAT_WAS_SPOKEN_OF = "asks_price"
_DECLINED = ("asks_weather", "asks_writing", "asks_rates", "asks_booking")
"""These may name something: a place, a fair, an amount."""
_CONTENTS = "about_contents"
LEAST_COSINE = 0.45
LEAST_LEAD = 0.14
LEAST_LEAD_LATER = 0.2
"""Least cosine to a prototype, and how much it is above those to questions about the contents.

After other questions the lead must be larger: 电话是多少 is asked of what was spoken of. Chosen on
`tests/labelled/dev`, of which no question may be taken for an intent, and on the phrasings in
tests/bot/test_intents.py, which says how many are recognised.
"""
_NEIGHBOURS = 3
"""The mean cosine to so many of the nearest questions about the contents is compared."""
LEAST_COSINE_UNMEASURED = 0.9
"""With any other model: little else than the prototypes themselves."""
_VECTORS_FILE = "intents.npz"
_VECTORS_OF = "smebot-encoder"


@dataclass(frozen=True, slots=True)
class Prototype:
    """One text in a language; `kind` is an intent or `about_contents`."""

    kind: str
    language: str
    text: str


def prototypes() -> tuple[Prototype, ...]:
    """All of them, in the order of the file."""
    source = files(__package__).joinpath("intents.yaml").read_text("utf-8")
    kinds: dict[str, dict[str, list[str]]] = parsed(source)
    return tuple(
        Prototype(kind, language, said)
        for kind, by_language in kinds.items()
        for language, texts in by_language.items()
        for said in texts
    )


def save_vectors(encoder: Encoder, asked: Sequence[tuple[str, str]]) -> Path:
    """Encode all prototypes, and questions about the contents, once for each installation.

    Args:
        encoder: The bundled one.
        asked: Questions and their languages, BCP 47.
    """
    arrays = {
        "prototypes": encoder.encode_queries([prototype.text for prototype in prototypes()]),
        "asked": encoder.encode_queries([text for text, _ in asked]),
    }
    halves = {name: vectors.astype(np.float16) for name, vectors in arrays.items()}
    with as_file(files(__package__).joinpath(_VECTORS_FILE)) as path:
        np.savez_compressed(path, languages=np.array([code for _, code in asked]), **halves)  # type: ignore[arg-type]  # numpy takes any names
        return path


def _is_measured(encoder: Encoder) -> bool:
    return encoder.name.startswith(_VECTORS_OF)


def raw_vectors(encoder: Encoder) -> list[tuple[str, str, npt.NDArray[np.float32]]]:
    """Kind, language and vector, not centred, of all that messages are compared with.

    Those of the default model are shipped; with any other the prototypes are encoded.
    """
    known = prototypes()
    if not _is_measured(encoder):
        vectors = encoder.encode_queries([prototype.text for prototype in known])
        return [(p.kind, p.language, one) for p, one in zip(known, vectors, strict=True)]
    with files(__package__).joinpath(_VECTORS_FILE).open("rb") as file:
        shipped = np.load(file)
        vectors = np.asarray(shipped["prototypes"], np.float32)
        asked = np.asarray(shipped["asked"], np.float32)
        languages = shipped["languages"].tolist()
    return [
        *((p.kind, p.language, one) for p, one in zip(known, vectors, strict=True)),
        *((_CONTENTS, language, one) for language, one in zip(languages, asked, strict=True)),
    ]


@dataclass(frozen=True)
class Intents:
    """Recognises intents with the encoder and the space of one snapshot."""

    retriever: Retriever
    glossary: Glossary

    def of(self, text: str, language: str, *, is_first: bool) -> Reason | None:
        """The intent of a message; None if it asks something of the documents.

        Args:
            text: The message, not completed from earlier turns.
            language: Its language, BCP 47.
            is_first: Whether nothing was asked before.
        """
        scores = self.scores(text, language)
        contents = scores.pop(_CONTENTS)
        is_measured = _is_measured(self.retriever.encoder)
        least_cosine = LEAST_COSINE if is_measured else LEAST_COSINE_UNMEASURED
        least_lead = LEAST_LEAD if is_first else LEAST_LEAD_LATER
        near = {
            kind: cosine
            for kind, cosine in scores.items()
            if cosine >= least_cosine
            and cosine - contents >= least_lead
            and (kind in _DECLINED or not self._names_something(text))
        }
        kind = max(near, key=near.__getitem__, default=None)
        if kind is None or (kind == _OF_WHAT_WAS_SPOKEN_OF and not is_first):
            return None
        return _KINDS[kind]

    def scores(self, text: str, language: str) -> dict[str, float]:
        """The largest cosine of a text to the prototypes of each intent.

        Of the questions about the contents it is the mean of the largest ones.
        """
        vector = self.retriever.vector(text, language)
        cosines = {kind: vectors @ vector for kind, vectors in self._known.items()}
        contents = np.sort(cosines.pop(_CONTENTS))[-_NEIGHBOURS:]
        scores = {kind: float(of_kind.max()) for kind, of_kind in cosines.items()}
        return scores | {_CONTENTS: float(contents.mean())}

    @cached_property
    def _known(self) -> dict[str, npt.NDArray[np.float32]]:
        """Kinds -> the centred vectors of all that are known of each."""
        centre = self.retriever.snapshot.space.centre_question
        centred: dict[str, list[npt.NDArray[np.float32]]] = defaultdict(list)
        for kind, language, vector in raw_vectors(self.retriever.encoder):
            centred[kind].append(centre(vector, primary(language)))
        return {kind: np.array(vectors, np.float32) for kind, vectors in centred.items()}

    def _names_something(self, text: str) -> bool:
        mentions = self.glossary.mentions(text)
        named = any(mention.entry.kind is not EntryKind.WORD for mention in mentions)
        return named or any(map(str.isdigit, text))
