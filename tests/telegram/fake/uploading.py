"""sendDocument, sendPhoto."""

import io
import mimetypes

from PIL import Image

from tests.telegram.fake import limits
from tests.telegram.fake.errors import ApiError, bad_request
from tests.telegram.fake.keyboards import read_markup
from tests.telegram.fake.model import Json, StoredFile
from tests.telegram.fake.params import Params
from tests.telegram.fake.registry import method
from tests.telegram.fake.sending import read_caption, read_reply, read_topic
from tests.telegram.fake.state import State


@method("sendDocument")
def send_document(state: State, params: Params) -> Json:
    """A file into a chat; its content is kept."""
    stored = _sent_file(state, params, "document")
    document = {**stored.to_json(), "file_name": stored.name, "mime_type": stored.mime_type}
    return _send_file(state, params, stored, {"document": document})


@method("sendPhoto")
def send_photo(state: State, params: Params) -> Json:
    """A picture into a chat, which must be one; its content is kept as it was sent."""
    stored = _sent_file(state, params, "photo")
    width, height = _picture_size(stored)
    size = {**stored.to_json(), "width": width, "height": height}
    return _send_file(state, params, stored, {"photo": [size]})


def _picture_size(stored: StoredFile) -> tuple[int, int]:
    if stored.size_bytes > limits.PHOTO_BYTES:
        raise bad_request(f"file of size {stored.size_bytes} bytes is too big for a photo")
    try:
        with Image.open(io.BytesIO(stored.content)) as picture:
            picture.load()
            width, height = picture.size
    except OSError as error:
        raise bad_request("IMAGE_PROCESS_FAILED") from error
    is_too_thin = max(width, height) > limits.PHOTO_RATIO * min(width, height)
    if width + height > limits.PHOTO_SIDES or is_too_thin:
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return width, height


def _send_file(state: State, params: Params, stored: StoredFile, content: Json) -> Json:
    caption = read_caption(params)
    markup = read_markup(params)
    chat = state.writable_chat(params.json("chat_id"))
    topic = read_topic(params, chat)
    reply_to, quote = read_reply(state, params, chat)
    state.rates.take(chat.id)
    message = state.bot_message(
        chat,
        {**content, **caption},
        markup=markup,
        reply_to=reply_to,
        quote=quote,
        file=stored,
        topic=topic,
    )
    return message.to_json()


def _sent_file(state: State, params: Params, name: str) -> StoredFile:
    value = params.text(name)
    if value in state.files:
        return state.files[value]
    upload = params.uploads.get(value.removeprefix("attach://") or name)
    upload = upload or params.uploads.get(name)
    if upload is None:
        if value.startswith(("http://", "https://")):
            raise bad_request("failed to get HTTP URL content")
        if value:
            raise bad_request("wrong file identifier/HTTP URL specified")
        raise bad_request(f"there is no {name} in the request")
    if len(upload.content) > limits.UPLOAD_BYTES:
        raise ApiError(413, "Request Entity Too Large")
    if not upload.content:
        raise bad_request("file must be non-empty")
    mime_type = mimetypes.guess_type(upload.name)[0] or upload.mime_type
    return state.store_file(upload.name, mime_type, upload.content)
