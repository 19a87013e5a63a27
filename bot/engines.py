"""Which machines do the work of a build."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from bot.options import Engine
from bot.settings import BotSettings
from index import Encoder, load_encoder
from index.build_engine import BuildEngine
from index.build_engines import LocalEngine, ray_engine
from index.encoder import no_progress


@contextmanager
def engine_of(
    engine: Engine, settings: BotSettings, encoder: Encoder
) -> Iterator[tuple[BuildEngine, Sequence[Path]]]:
    """An engine while this lasts, and the corpus directories as its machines know them.

    Args:
        engine: Which.
        settings: Where the corpus and the models are.
        encoder: Of this process.

    Raises:
        CorpusIndexError: There is no such engine here.
    """
    if engine is Engine.LOCAL:
        yield LocalEngine(encoder), settings.corpus_dirs
        return
    models_dir = settings.models_dir.absolute()
    make_encoder = partial(load_encoder, settings.encoder_model, models_dir, no_progress)
    with ray_engine(make_encoder) as cluster:
        yield cluster, [folder.absolute() for folder in settings.corpus_dirs]
