"""Staff's files for the corpus: read, asked about, looked at, and added or discarded."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from bot.chat.live import LiveAnswerer
from bot.chat.replies import Button, Reply, Rows, plain
from bot.chat.upload_guesses import guessed, similar_to
from bot.chat.upload_metadata import described
from bot.chat.upload_questions import (
    ADD,
    DROP,
    PRESS,
    QUESTION_MARKS,
    REPLACES,
    RESTART,
    VERSION,
    WITHDRAW,
    answered,
    answered_line,
    as_json,
    ask,
    open_question,
    read_words,
    shown,
    takes_words,
    why_not_taken,
)
from bot.store import Store
from bot.store.models import Upload
from bot.texts import interface, remark, text
from index import Document, Topic
from index.adding import NewFile, add_document, file_key, files_of, held_as, withdraw
from index.arrival import inherit, read_arrival
from index.errors import DocumentError
from index.glossary_file import load_glossary
from index.terminal import remark_of

logger = logging.getLogger(__name__)

MOST_WAITING = 10
"""So many files of one person may wait; an album has no more."""


class Uploading:
    """One method for each thing that staff can do with a file.

    What is half done lies in the store. A person is asked about one file at a time.
    """

    def __init__(
        self,
        corpus_dirs: Sequence[Path],
        live: LiveAnswerer,
        store: Store,
        clock: Callable[[], datetime],
    ) -> None:
        """Files of one bot's staff.

        Args:
            corpus_dirs: The last takes what is new.
            live: What is served: new versions, topics and publishers are guessed from it.
            store: Keeps files while they are asked about.
            clock: The time where staff are.
        """
        self._corpus_dirs = corpus_dirs
        self._live = live
        self._store = store
        self._clock = clock

    def receive(
        self, user_id: int, language: str, name: str, content: bytes, caption: str = ""
    ) -> Reply:
        """A file came: it is read, and the first question asked, or why it cannot be read said.

        Args:
            user_id: Of the staff.
            language: Of the interface.
            name: As the file is called.
            content: The file.
            caption: What was written below it; taken for its title.
        """
        if self._store.uploads.count_of(user_id) >= MOST_WAITING:
            return plain(interface("upload_full", language, most=MOST_WAITING))
        try:
            arrival = read_arrival(name, content)
        except DocumentError as error:
            return refusal(language, error.cause, name, error.problem)
        retriever = self._live.current().retriever
        similar = similar_to(arrival, retriever.snapshot.documents.values())
        held = next((each.document.metadata.title for each in similar if each.is_same), None)
        held = held or held_as(self._corpus_dirs, content)
        if held:
            return plain(interface("upload_known", language, title=held))
        guesses = guessed(arrival, similar, retriever, self._clock().date(), caption)
        upload_id = self._store.uploads.add(user_id, name, content, as_json(guesses))
        first = self._store.uploads.first_of(user_id)
        if first is None or first.id != upload_id:
            return plain(interface("upload_waits", language, name=name))
        return shown(first, language)

    def answer(self, user_id: int, language: str, words: str) -> Reply | None:
        """Words were typed; None if they are no answer to a question about a file.

        What ends in a question mark is asked of the bot.
        """
        upload = self._store.uploads.first_of(user_id)
        question = open_question(upload) if upload else None
        is_asked = words.rstrip().endswith(QUESTION_MARKS)
        if upload is None or question is None or is_asked or not takes_words(question):
            return None
        answer = read_words(question, words, self._clock().date())
        if answer is None:
            return plain(interface(why_not_taken(question, words), language))
        return shown(self._answered(upload, question, answer), language)

    def press(self, user_id: int, language: str, data: str) -> list[Reply]:
        """A button was pressed; one of an earlier question brings the open one again."""
        number, _, rest = data.partition(":")
        action, _, value = rest.partition(":")
        if action == WITHDRAW:
            return [self._withdraw(user_id, language, value)]
        upload = self._store.uploads.first_of(user_id)
        if upload is None or str(upload.id) != number:
            return [plain(interface("upload_gone", language))]
        return self._on(upload, language, action, value)

    def _on(self, upload: Upload, language: str, action: str, value: str) -> list[Reply]:
        """What a button of the file that is asked about does."""
        if action == DROP:
            return self._drop(upload, language)
        if action == RESTART:
            self._store.uploads.answer(upload.id, {})
            upload.answers = {}
            return [shown(upload, language)]
        if open_question(upload) is None and action in (ADD, VERSION, REPLACES):
            return self._on_card(upload, language, action, value)
        answer = answered(upload, action, value) if action == open_question(upload) else None
        if answer is None:
            return [shown(upload, language)]
        upload = self._answered(upload, action, answer)
        line = plain(answered_line(upload, action, language))
        return [replace(line, edits=True), shown(upload, language)]

    def _on_card(self, upload: Upload, language: str, action: str, value: str) -> list[Reply]:
        """What can be done when all questions are answered."""
        if action == ADD:
            return self._add(upload, language)
        if action == VERSION:
            return [replace(ask(upload, REPLACES, language), edits=True)]
        answer = answered(upload, REPLACES, value)
        if answer is not None:
            upload = self._answered(upload, REPLACES, answer)
        return [replace(shown(upload, language), edits=True)]

    def _answered(self, upload: Upload, question: str, answer: str) -> Upload:
        upload.answers = upload.answers | {question: answer}
        self._store.uploads.answer(upload.id, upload.answers)
        return upload

    def _drop(self, upload: Upload, language: str) -> list[Reply]:
        self._store.uploads.drop(upload.id)
        said = plain(interface("upload_discarded", language, name=upload.name))
        return [replace(said, edits=True), *self._next_of(upload.user_id, language)]

    def _withdraw(self, user_id: int, language: str, key: str) -> Reply:
        """Take a file that was added out of the corpus again; the next build leaves it out."""
        path = withdraw(self._corpus_dirs, key)
        if path is None:
            return plain(interface("upload_gone", language))
        name = f"{path.parent.name}/{path.name}"
        self._store.log_staff(user_id, "withdraw", name)
        return replace(plain(interface("upload_withdrawn", language, path=name)), edits=True)

    def _next_of(self, user_id: int, language: str) -> list[Reply]:
        following = self._store.uploads.first_of(user_id)
        return [shown(following, language)] if following else []

    def _add(self, upload: Upload, language: str) -> list[Reply]:
        """Put the file into the corpus; nothing of it is lost if that cannot be done."""
        content = self._store.uploads.content(upload.id)
        replaces = upload.answers.get(REPLACES, "")
        try:
            path = add_document(self._corpus_dirs, self._new_file(upload, content, replaces))
        except DocumentError as error:
            reason = remark(replace(remark_of(error), path=""), language)
            return [plain(interface("upload_not_added", language, reason=reason))]
        except OSError as error:
            logger.warning("a file was not added to the corpus: %s", type(error).__name__)
            reason = remark(remark_of(error), language)
            return [plain(interface("upload_not_added", language, reason=reason))]
        self._store.log_staff(upload.user_id, "add", f"{path.parent.name}/{path.name}")
        self._store.uploads.drop(upload.id)
        key = "upload_replaced" if replaces else "upload_added"
        said = interface(key, language, path=f"{path.parent.name}/{path.name}")
        old = files_of(self._corpus_dirs, replaces) if replaces else []
        others = [each for _, each in old if each != path]
        if others:  # what was changed since the index was built is kept
            names = text("comma", language).join(f"{e.parent.name}/{e.name}" for e in others)
            said += "\n" + interface("upload_kept", language, names=names)
        rows: Rows = ()
        if not replaces:  # else the one before would be missed
            undo = f"{PRESS}{upload.id}:{WITHDRAW}:{file_key(path)}"
            rows = ((Button(interface("upload_withdraw", language), undo),),)
        done = replace(plain(said, rows), edits=True)
        return [done, *self._next_of(upload.user_id, language)]

    def _new_file(self, upload: Upload, content: bytes, replaces: str) -> NewFile:
        """The file with all that is known of it.

        Raises:
            DocumentError: It cannot be read any more.
        """
        arrival = read_arrival(upload.name, content)
        own = arrival.documents[0].metadata
        metadata = None if arrival.describes_itself else described(upload, own.title)
        old = self._document(replaces)
        if metadata and old:
            glossary = load_glossary(self._corpus_dirs)
            metadata = inherit(metadata, old.metadata, arrival.text, glossary)
        topic = (metadata or own).topic
        folder = Path(replaces).parent.name
        if folder in set(Topic):
            topic = Topic(folder)
            metadata = metadata and metadata.model_copy(update={"topic": topic})
        return NewFile(
            name=arrival.name,
            content=content,
            topic=topic or next(iter(Topic)),
            language=arrival.language,
            metadata=metadata,
            replaces=replaces,
            update_began=self._served_since(),
        )

    def _served_since(self) -> datetime:
        """When the index was built that is served: what lies in the corpus since then is new."""
        return self._live.current().retriever.snapshot.manifest.created_at

    def _document(self, stem: str) -> Document | None:
        documents = self._live.current().retriever.snapshot.documents.values()
        return next((each for each in documents if stem and each.stem == stem), None)


def refusal(language: str, cause: str, name: str, problem: str = "") -> Reply:
    """Why a file cannot be taken, and what to do."""
    why = interface(f"upload_cannot_{cause}", language, reason=problem)
    return plain(f"📄 {name}\n{why}" if name else why)
