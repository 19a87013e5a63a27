"""Small labelled sets, written to disk, for evaluating and fitting with the fake encoder."""

import json
from collections.abc import Sequence
from pathlib import Path

TOWNS = "Lagos Lima Oslo Rome Bern Cork Graz Linz Kiel Bonn Lyon Nice Bari Pisa Gent Brno".split()
GOODS = "tea rice silk wool salt iron".split()


def write_set(folder: Path, **rows: Sequence[dict[str, object]]) -> Path:
    """Write `passages`, `questions` or `rewrites` of a set."""
    folder.mkdir(parents=True)
    for name, lines in rows.items():
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        (folder / f"{name}.jsonl").write_text(text, "utf-8")
    return folder


def write_fairs(folder: Path) -> Path:
    """A set of fairs: each is asked about, and as many that are withheld."""
    fairs = [(town, goods) for town in TOWNS for goods in GOODS]
    kept, withheld = fairs[::2], fairs[1::2]
    passages = [
        {
            "id": f"{town}-{goods}",
            "lang": "en",
            "title": f"{goods} fair",
            "text": f"The {goods} fair of {town} has {40 + n} booths. It is open in May. "
            "Visitors come by boat.",
        }
        for n, (town, goods) in enumerate(kept)
    ]
    asked = [
        {
            "id": f"how-many-{town}-{goods}",
            "lang": "en",
            "text": f"How many booths has the {goods} fair of {town}?",
            "relevant": [f"{town}-{goods}"],
            "answers": [f"{40 + n} booths"],
        }
        for n, (town, goods) in enumerate(kept)
    ]
    unanswerable = [
        {
            "id": f"who-{town}-{goods}",
            "lang": "en",
            "text": f"Who painted the {goods} bridge near {town} for the emperor?",
            "answerable": False,
            "unanswerable_kind": "withheld",
        }
        for town, goods in withheld
    ]
    return write_set(folder, passages=passages, questions=[*asked, *unanswerable])


def write_news(folder: Path) -> Path:
    """A parallel set: headlines in Chinese and in English, articles in one of both."""
    texts = {
        "en": "{town} opens a port. Ships with {goods} reach {town} in June.",
        "zh": "{town} 开放港口。载有 {goods} 的船六月到达 {town}。",
    }
    headlines = {"en": "New port for {goods} in {town}", "zh": "{town} 的 {goods} 新港口"}
    articles = [(town, GOODS[n % len(GOODS)]) for n, town in enumerate(TOWNS)]
    rows = [
        (language, n, {"town": town, "goods": goods})
        for n, (town, goods) in enumerate(articles)
        for language in texts
    ]
    return write_set(
        folder,
        passages=[
            {
                "id": f"{language}-{n}",
                "lang": language,
                "parallel": f"{n}-1",
                "title": "news",
                "text": texts[language].format(**words),
            }
            for language, n, words in rows
        ],
        questions=[
            {
                "id": f"headline-{language}-{n}",
                "lang": language,
                "text": headlines[language].format(**words),
                "relevant": [f"{language}-{n}"],
            }
            for language, n, words in rows
        ],
    )
