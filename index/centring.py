"""Removes what a vector says about its language, so that meaning alone is compared.

A multilingual encoder keeps languages apart: the nearest passages of a Chinese question are
Chinese, whatever they say. Subtracting from each passage the mean passage of its language, and
from each question the mean question of its language, removes that (the idea: Libovicky et al.
2020, "On the Language Neutrality of Pre-trained Multilingual Representations").
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.encoder import Encoder, Vectors
from index.language import primary

_PRIOR_WEIGHT = 30
"""As many passages as the mean question of a language counts for, where passages are few."""
_NEIGHBOURS = 10
_SAMPLE = 4000
"""Passages that crowding is measured against."""
_ROWS_AT_ONCE = 1024
_GROUP = 16
"""So many columns each have one maximum, where there are enough of them."""
_MEANS_FILE = "question_means.npz"
_MEANS_OF = "smebot-encoder"
_LEAST_SPREAD = 0.02
"""Of scores in one language; a handful of passages may all lie equally far."""
_OTHER = "und"
"""Stands for every language without a mean of its own."""


def questions_by_language() -> dict[str, list[str]]:
    """The parallel questions that means are estimated from; our own, 80 in each language."""
    folder = files("index").joinpath("data/questions")
    return {
        path.name.removesuffix(".txt"): path.read_text("utf-8").split("\n")[:-1]
        for path in sorted(folder.iterdir(), key=lambda path: path.name)
        if path.name.endswith(".txt")
    }


def estimate_question_means(encoder: Encoder) -> dict[str, Vectors]:
    """The mean question vector of each language; `und` is the mean of them all."""
    means = {
        language: encoder.encode_queries(questions).mean(axis=0)
        for language, questions in questions_by_language().items()
    }
    return means | {_OTHER: np.mean(list(means.values()), axis=0)}


def question_means(encoder: Encoder, cache_dir: Path) -> dict[str, Vectors]:
    """The means for this encoder: shipped for the default model, else estimated once.

    Args:
        encoder: Whose vectors are centred.
        cache_dir: Where the means of other models are kept.
    """
    if encoder.name.startswith(_MEANS_OF):
        with files("index").joinpath("data", _MEANS_FILE).open("rb") as file:
            return _unpacked(np.load(file))
    path = cache_dir / f"question-means-{encoder.name.replace('/', '-')}.npz"
    if path.is_file():
        return _unpacked(np.load(path))
    means = estimate_question_means(encoder)
    save_means(means, path)
    return means


def save_means(means: Mapping[str, Vectors], path: Path) -> None:
    """Write means as half-precision numbers, one array a language."""
    path.parent.mkdir(parents=True, exist_ok=True)
    halves = {language: mean.astype(np.float16) for language, mean in means.items()}
    np.savez(path, **halves)  # type: ignore[arg-type]  # numpy takes any names


def _unpacked(arrays: Mapping[str, npt.NDArray[np.float16]]) -> dict[str, Vectors]:
    return {language: arrays[language].astype(np.float32) for language in arrays}


@dataclass(frozen=True, slots=True)
class LanguageSpace:
    """What is known of each language's vectors in one snapshot.

    Attributes:
        languages: Those that passages are in, script and region left out.
        passage_means: float32, (languages, dimension), before centring.
        centred_means: The same after centring and renormalising.
        covariances: float32, (languages, dimension, dimension), of the centred vectors.
        question_means: By language, with `und` for all others.
    """

    languages: tuple[str, ...]
    passage_means: Vectors
    centred_means: Vectors
    covariances: npt.NDArray[np.float32]
    question_means: Mapping[str, Vectors]

    @classmethod
    def measure(
        cls, vectors: Vectors, languages: Sequence[str], question_means: Mapping[str, Vectors]
    ) -> "tuple[LanguageSpace, Vectors]":
        """Centre the passages of a snapshot.

        Args:
            vectors: As the encoder gave them, (passages, dimension).
            languages: Of each passage.
            question_means: Of the same encoder.

        Returns:
            The space, and the centred vectors of unit length.
        """
        codes = np.array([primary(language) for language in languages])
        names = tuple(sorted(set(codes.tolist())))
        dimension = vectors.shape[1]
        means = np.empty((len(names), dimension), np.float32)
        after = np.empty_like(means)
        covariances = np.empty((len(names), dimension, dimension), np.float32)
        centred = np.empty_like(vectors)
        for position, name in enumerate(names):
            rows = codes == name
            prior = question_means.get(name, question_means[_OTHER])
            members = vectors[rows]  # a copy, changed in its place: there may be millions
            means[position] = (members.sum(axis=0) + _PRIOR_WEIGHT * prior) / (
                len(members) + _PRIOR_WEIGHT
            )
            members -= means[position]
            members /= _lengths(members)
            centred[rows] = members
            after[position] = members.mean(axis=0)
            members -= after[position]
            covariances[position] = members.T @ members / len(members)
        return cls(names, means, after, covariances, question_means), centred

    def centre_question(self, vector: Vectors, language: str) -> Vectors:
        """A question's vector less what is common to the questions of its language."""
        mean = self.question_means.get(language)
        if mean is None:
            mean = self.question_means.get(primary(language), self.question_means[_OTHER])
        return np.asarray(_unit(vector - mean), np.float32)

    def centre_passages(self, vectors: Vectors, languages: Sequence[str]) -> Vectors:
        """Texts that the space was not measured on, centred like those that it was.

        Args:
            vectors: As the encoder gave them, (texts, dimension).
            languages: Of each text.
        """
        means = dict(zip(self.languages, self.passage_means, strict=True))
        other = self.question_means[_OTHER]
        usual = [means.get(primary(language), other) for language in languages]
        return _unit(vectors - np.array(usual, np.float32).reshape(vectors.shape))

    def moments(self, question: Vectors) -> dict[str, tuple[float, float]]:
        """Mean and standard deviation of a centred question's score in each language."""
        means = self.centred_means @ question
        variances = self.covariances @ question @ question
        spreads = np.sqrt(np.maximum(variances, _LEAST_SPREAD**2))
        return {
            language: (float(mean), float(spread))
            for language, mean, spread in zip(self.languages, means, spreads, strict=True)
        }

    def save(self, path: Path) -> None:
        """Write everything into one file."""
        named = {f"question:{name}": mean for name, mean in self.question_means.items()}
        np.savez(
            path,
            languages=np.array(self.languages),
            passage_means=self.passage_means,
            centred_means=self.centred_means,
            covariances=self.covariances,
            **named,  # type: ignore[arg-type]  # numpy takes any names
        )

    @classmethod
    def load(cls, path: Path) -> "LanguageSpace":
        """Open what `save` wrote."""
        with np.load(path) as arrays:
            prefix = "question:"
            return cls(
                languages=tuple(arrays["languages"].tolist()),
                passage_means=arrays["passage_means"],
                centred_means=arrays["centred_means"],
                covariances=arrays["covariances"],
                question_means={
                    name.removeprefix(prefix): arrays[name]
                    for name in arrays.files
                    if name.startswith(prefix)
                },
            )


def crowding(centred: Vectors, languages: Sequence[str]) -> npt.NDArray[np.float32]:
    """How near each passage is to its neighbours, beyond what is usual in its language.

    A passage in a crowd is near to many questions that it does not answer (a "hub"). Measured
    against a sample, so that a million passages take minutes and not days.
    """
    step = max(1, len(centred) // _SAMPLE)
    sample = centred[::step]
    neighbours = min(_NEIGHBOURS, len(sample) - 1)
    crowd = np.zeros(len(centred), np.float32)
    for first in range(0, len(centred) if neighbours else 0, _ROWS_AT_ONCE):
        rows = np.arange(first, min(first + _ROWS_AT_ONCE, len(centred)))
        near = centred[rows] @ sample.T
        sampled = rows % step == 0
        near[
            np.flatnonzero(sampled), rows[sampled] // step
        ] = -np.inf  # nobody's neighbour is itself
        crowd[rows] = _largest(near, neighbours).mean(axis=1)
    codes = np.array([primary(language) for language in languages])
    for language in set(codes.tolist()):
        crowd[codes == language] -= crowd[codes == language].mean()
    return crowd


def _largest(values: Vectors, count: int) -> Vectors:
    """The largest values of each row, ascending.

    The maxima of groups of columns tell first from where on a value can be one of them: to sort
    out those few takes a fifth of the time that it takes to part all.

    Args:
        values: (rows, columns).
        count: How many, at most as many as there are columns.

    Returns:
        Of shape (rows, count).
    """
    rows, columns = values.shape
    width = max(count, columns // _GROUP)
    whole = columns // width * width
    maxima = values[:, :whole].reshape(rows, -1, width).max(axis=1)
    least = np.partition(maxima, -count, axis=1)[:, -count]
    places = np.flatnonzero(values >= least[:, None])
    row_of, found = places // columns, values.ravel()[places]
    found = found[np.lexsort((found, row_of))]
    ends = np.cumsum(np.bincount(row_of, minlength=rows))
    return np.asarray(found[ends[:, None] - np.arange(count, 0, -1)], np.float32)


def asked_vectors(encoder: Encoder, space: LanguageSpace) -> Vectors:
    """The parallel questions in the languages of a snapshot, as they are searched for there."""
    return np.array(
        [
            space.centre_question(vector, language)
            for language, questions in questions_by_language().items()
            if language in space.languages
            for vector in encoder.encode_queries(questions)
        ],
        np.float32,
    ).reshape(-1, encoder.dimension)


def _unit(vectors: Vectors) -> Vectors:
    return np.asarray(vectors / _lengths(vectors), np.float32)


def _lengths(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(np.maximum(lengths, 1e-12), np.float32)
