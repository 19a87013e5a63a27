"""What a page shows of formulas, hidden elements and tables in full-width signs."""

import pytest

from index.loading.visible import visible


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("尺寸60*40*30厘米。", "尺寸60*40*30厘米。"),
        ("60cm*40cm和3*5，共 *5* 天", "60cm*40cm和3*5，共 5 天"),
        ("完税价格*税率*汇率", "完税价格*税率*汇率"),
        ("（价格+运费）*税率*（1-3%）*2", "（价格+运费）*税率*（1-3%）*2"),
        ("(a)*(b)*(c)", "(a)*(b)*(c)"),
        ("致电138****1234或139****5678", "致电138****1234或139****5678"),
        ("应当**依法**申报，*也*可，见 *notes*.", "应当依法申报，*也*可，见 notes."),
        ("60_40_30和_重点_", "60_40_30和_重点_"),
        ("A <span hidden>x <b>y</b> z</span> B", "A B"),
        ('电话1。<span style="display:none">内部2。</span>完', "电话1。完"),
        ("A <span aria-hidden=true>x</span><i hidden=''>y<br>z</i> B", "A B"),
        ("A <span style='color:red'>w</span>", "A w"),
        ('A <a href="x" title="a hidden cost">w</a>', "A w"),
    ],
)
def test_shows_what_the_page_shows(body: str, text: str) -> None:
    assert visible(body, first_line=1, sources=1).text.strip() == text
