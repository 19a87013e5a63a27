"""The beginning of a new document: valid front matter, and `{{...}}` where a person must write.

A document with such a placeholder is never published: loading refuses it by file and line.
"""

import re
from datetime import UTC, datetime
from pathlib import Path

from index.documents import Topic
from index.errors import SkeletonError

_NAME = re.compile(r"([a-z-]+)/([a-z0-9]+(?:-[a-z0-9]+)*)")

_FRONT_MATTER = """\
---
title: "{title}"
language: {language}
topic: {topic}
countries: [CN]
provinces: []
cities: []
as_of: {today}
valid_until: null
sources:
- title: {{{{title of the source, or null}}}}
  publisher: "{{{{who published it}}}}"
  original_publisher: null
  published: {today}
  url: null
  confidence: read
{facts}{gaps}---
"""

_GAPS = {
    "zh": (
        "# 资料里没有而别人可能会问的，以及使用前要注意的，写在这里，不写进正文：\n"
        "# not_covered:\n"
        "# - question: 展位申请方式和展位价格\n"
        "#   note: 请向主办单位咨询\n"
        "# caveats:\n"
        "# - 资料没有注明日期，使用前请向主办单位核实。\n"
    ),
    "en": (
        "# What people may ask for and is not held, and what to beware of, stands here, not in\n"
        "# the text:\n"
        "# not_covered:\n"
        "# - question: how to apply for a booth, and booth prices\n"
        "#   note: Ask the organiser.\n"
        "# caveats:\n"
        "# - The source is undated; check with the organiser before you rely on it.\n"
    ),
}
"""Comments: the keys are left out where nothing is to be said."""

_FACTS = {
    Topic.EVENTS: (
        "event: {{series: null, edition: null, start: {today}, end: {today}, \n"
        "  certainty: scheduled, city: null, country: CN, organisers: [],\n"
        "  partner_countries: [], theme: comprehensive}}\n"
    ),
    Topic.ZONES: (
        "zone: {{kind: park-abroad, country: CN, city: null, since: null, area_km2: null}}\n"
    ),
    Topic.FINANCING: "financing: {{kind: loan, providers: [], audience: [sme], limits: []}}\n",
}

_BODIES = {
    "zh": (
        "# {title}\n\n{{{{先用一两句话直接回答：是什么、何时、何地、谁可以用}}}}[^1]\n\n"
        "## {{{{小标题：写清楚这一节回答什么}}}}\n\n"
        "{{{{每句话单独拿出来也要完整、准确，并注明数据时间}}}}[^1]\n"
    ),
    "en": (
        "# {title}\n\n"
        "{{{{the answer first, in one or two sentences: what, when, where, for whom}}}}[^1]\n\n"
        "## {{{{a heading that says what the section answers}}}}\n\n"
        "{{{{sentences that are right when quoted alone, each figure with its date}}}}[^1]\n"
    ),
}
_TITLES = {"zh": "{{中文标题}}", "en": "{{English title}}"}


def write_skeleton(directory: Path, name: str) -> list[Path]:
    """Write the two language versions of a new document.

    Args:
        directory: The corpus directory.
        name: Topic and short name, `events/canton-fair-139`.

    Returns:
        The files written.

    Raises:
        SkeletonError: The name is no such name, or the document exists.
        OSError: A file cannot be written.
    """
    match = _NAME.fullmatch(name)
    topics = ", ".join(topic.value for topic in Topic)
    if match is None or match[1] not in set(Topic):
        raise SkeletonError(
            f"{name!r}: write TOPIC/SHORT-NAME in small letters, digits and hyphens; "
            f"topics are {topics}"
        )
    topic = Topic(match[1])
    paths = {language: directory / topic / f"{match[2]}.{language}.md" for language in _BODIES}
    for path in paths.values():
        if path.exists():
            raise SkeletonError(f"{path} exists already: edit it, or choose another name")
    today = datetime.now(UTC).date().isoformat()
    for language, path in paths.items():
        title = _TITLES[language]
        facts = _FACTS.get(topic, "").format(today=today)
        front_matter = _FRONT_MATTER.format(
            title=title,
            language=language,
            topic=topic.value,
            today=today,
            facts=facts,
            gaps=_GAPS[language],
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(front_matter + _BODIES[language].format(title=title), "utf-8")
    return list(paths.values())
