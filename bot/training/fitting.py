"""The command `fit`: labelled sets -> weights of sentences, then of abstention."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bot.answers.abstention import (
    ABSTENTION_FILE,
    AbstentionFit,
    abstention_fit_path,
    shipped_abstention_fit,
)
from bot.answers.features import GLOSSARY_FEATURES, LEXICAL_FEATURES
from bot.answers.fits import Provenance
from bot.answers.sentence_scoring import (
    LEXICAL_SENTENCE_FEATURES,
    SentenceFit,
    sentence_fit_path,
    shipped_sentence_fit,
)
from bot.evaluation.sets import Part, open_sets
from bot.settings import BotSettings
from bot.training import abstention, sentences
from bot.training.abstention import Example
from bot.training.provenance import commit_of_source, provenance, write_fit
from index import LabelledSet, Retriever, SnapshotStore, find_sets, load_glossary, load_set, say

_MAX_REFUSED = 0.06
"""Share of answerable questions that may be refused for having a low confidence."""
_MAX_REFUSED_BETWEEN = 0.35
"""The same between languages: parallel sets ask headlines, which are hard to tell apart, and
where the index has the question's language as well, it hardly ever is the other that answers."""
_MAX_REFUSED_OF_OWN = 0.01
"""The same of a corpus's own questions, in all languages; with 0.02 four canned checks fail."""
_OWN_WEIGHT = 30.0
"""The own corpus is what the bot is for, but its questions are few."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitter:
    """Fits on labelled sets.

    Attributes:
        command: For the provenance.
        commit: The same.
        folders: Of the sets.
        sets: All of them are in the retriever's index.
        retriever: Searches that index.
        today: The day on which the questions are asked.
    """

    command: str
    commit: str
    folders: Sequence[Path]
    sets: Sequence[LabelledSet]
    retriever: Retriever
    today: date

    def fit_sentences(self) -> SentenceFit:
        """Fit which sentences answer; between languages without features that compare words."""
        choices = list(sentences.choices_of(self.sets, self.retriever, self.today))
        training = [choice for choice in choices if choice.part is Part.TRAIN]
        reported = [choice for choice in choices if choice.part is Part.REPORT]
        same = sentences.fit_weights(training)
        other = sentences.fit_weights(training, ignored=LEXICAL_SENTENCE_FEATURES)
        metrics = {
            "same_language": sentences.metrics_of(same, reported),
            "other_language": sentences.metrics_of(other, reported),
        }
        return SentenceFit(
            provenance=self._provenance((c.part for c in choices), metrics),
            same_language=same,
            other_language=other,
        )

    def examples(self) -> list[Example]:
        """The examples of abstention in the sets."""
        return list(abstention.examples_of(self.sets, self.retriever, self.today))

    def fit_abstention(self, examples: Sequence[Example]) -> AbstentionFit:
        """Fit when to abstain, for any corpus: there is no glossary."""
        max_refused = (_MAX_REFUSED, _MAX_REFUSED_BETWEEN)
        ignored = (*LEXICAL_FEATURES, *GLOSSARY_FEATURES)
        return self._fit_abstention(examples, examples, max_refused, ignored)

    def fit_own_abstention(
        self, examples: Sequence[Example], settings: BotSettings, own: Path
    ) -> AbstentionFit:
        """Fit when to abstain for the corpus that is served, on the sets' examples as well."""
        served = Retriever(SnapshotStore(settings.data_dir).open_current(), self.retriever.encoder)
        glossary = load_glossary(settings.corpus_dirs)
        folders = find_sets([own])
        own_examples = [
            example
            for folder in folders
            for example in abstention.own_examples_of(
                load_set(folder), served, glossary, self.today, _OWN_WEIGHT
            )
        ]
        max_refused = (_MAX_REFUSED_OF_OWN, _MAX_REFUSED_OF_OWN)
        fitter = replace(self, folders=[*self.folders, *folders])
        return fitter._fit_abstention(
            [*examples, *own_examples], own_examples, max_refused, LEXICAL_FEATURES
        )

    def _fit_abstention(
        self,
        examples: Sequence[Example],
        deciding: Sequence[Example],
        max_refused: tuple[float, float],
        ignored: Sequence[str],
    ) -> AbstentionFit:
        """Fit on the examples for training; the deciding ones give threshold and metrics.

        `max_refused` is for the question's language and for others, `ignored` for others.
        """

        def chosen(among: Sequence[Example], part: Part, *, is_other: bool) -> list[Example]:
            return [e for e in among if e.part is part and e.is_other is is_other]

        same, other = (
            abstention.fit_weights(
                chosen(examples, Part.TRAIN, is_other=is_other),
                chosen(deciding, Part.THRESHOLD, is_other=is_other),
                max_refused[is_other],
                ignored if is_other else (),
            )
            for is_other in (False, True)
        )
        metrics = {
            name: abstention.metrics_of(weights, chosen(deciding, Part.REPORT, is_other=is_other))
            for name, weights, is_other in (
                ("same_language", same, False),
                ("other_language", other, True),
            )
        }
        return AbstentionFit(
            provenance=self._provenance((e.part for e in examples), metrics),
            same_language=same,
            other_language=other,
        )

    def _provenance(
        self, parts: Iterable[Part], metrics: Mapping[str, Mapping[str, float]]
    ) -> Provenance:
        return provenance(
            command=self.command,
            commit=self.commit,
            encoder=self.retriever.encoder.name,
            folders=self.folders,
            parts=parts,
            metrics=metrics,
        )


def fit_all(
    folders: Sequence[Path],
    settings: BotSettings,
    languages: Sequence[str],
    today: date,
    own: Path | None,
) -> Iterator[Path]:
    """Make every fit anew; each is written before the next, which rests on it, is begun.

    Args:
        folders: Labelled sets.
        settings: Where the served index of the own corpus lies.
        languages: See `load_set`.
        today: The day on which the questions are asked.
        own: Folder of `train`, `threshold` and `report`: questions about the served corpus.

    Yields:
        The files, as they are written.

    Raises:
        InputError: The sets lack a kind of question.
    """
    sets, retriever = open_sets(folders, settings, languages)
    fitter = Fitter(
        command=_command(find_sets(folders), languages, today, own),
        commit=commit_of_source(),
        folders=find_sets(folders),
        sets=sets,
        retriever=retriever,
        today=today,
    )
    say("asking for the sentences that answer")
    write_fit(fitter.fit_sentences(), sentence_fit_path())
    shipped_sentence_fit.cache_clear()
    yield sentence_fit_path()
    say("asking for what has an answer and what has none")
    examples = fitter.examples()
    write_fit(fitter.fit_abstention(examples), abstention_fit_path())
    shipped_abstention_fit.cache_clear()
    yield abstention_fit_path()
    if own:
        path = settings.corpus_dirs[-1] / ABSTENTION_FILE
        write_fit(fitter.fit_own_abstention(examples, settings, own), path)
        yield path


def _command(
    folders: Sequence[Path], languages: Sequence[str], today: date, own: Path | None
) -> str:
    """What to type for the same fits; folders are named without the place where they lie."""
    words = ["smebot fit", *(folder.name for folder in folders)]
    if languages:
        words += ["--languages", ",".join(f"{name}={n}" for n, name in enumerate(languages))]
    words += ["--as-of", today.isoformat()]
    words += ["--own", own.name] if own else []
    return " ".join(words)
