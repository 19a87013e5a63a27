"""Mails as programs in China and elsewhere send them."""

from base64 import b64encode
from email.message import EmailMessage

import pytest

from index.loading.extraction.extracted import UnreadableError
from index.loading.extraction.mail import read

WORDS = "陶喆与朱镕基于2026年3月参观了园区，费用为€40。"
SUBJECT = "朱镕基参观园区"


def test_a_mail_may_hold_more_characters_than_its_encoding_allows():
    word = b64encode(SUBJECT.encode("gbk"))
    mail = b"Subject: =?GB2312?B?" + word + b"?=\nContent-Type: text/plain; charset=gb2312\n\n"

    (found,) = read(mail + WORDS.encode("gb18030"))

    assert (found.title, found.text) == (SUBJECT, f"# {SUBJECT}\n\n{WORDS}\n")


@pytest.mark.parametrize("declared", [b"", b"Content-Type: text/plain; charset=utf-8\n"])
def test_a_mail_in_another_encoding_than_it_declares_is_read_as_it_seems(declared):
    words = "园区内有德资企业五百多家，年产值超过六百亿元。"
    mail = b"Subject: " + "园区".encode("gbk") + b"\n" + declared + b"\n"

    (found,) = read(mail + words.encode("gbk"))

    assert (found.title, found.text) == ("园区", f"# 园区\n\n{words}\n")
    assert found.notes == ("read as gb18030: save it as UTF-8 to be sure",)


def test_where_the_plain_text_is_blank_the_page_is_read():
    mail = EmailMessage()
    mail["Subject"] = "Fair"
    mail.set_content("\n\n")
    mail.add_alternative("<p>It begins in April.</p>", subtype="html")

    (found,) = read(mail.as_bytes())

    assert found.text == "# Fair\n\nIt begins in April.\n"


def test_a_page_in_a_mail_may_declare_its_own_encoding():
    page = '<meta charset="big5"><p>展覽</p>'.encode("big5")

    (found,) = read(b"Subject: Fair\nContent-Type: text/html\n\n" + page)

    assert found.text == "# Fair\n\n展覽\n"


def test_a_mail_that_is_no_text_is_refused():
    with pytest.raises(UnreadableError, match="UTF-8"):
        read(b"Subject: Fair\n\n\xff\x81 \xfe")


def test_a_mail_without_text_says_nothing():
    assert read(b"Subject: Fair\n\n\n") == []
