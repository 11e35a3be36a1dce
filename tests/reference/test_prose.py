"""Descriptions: what of their Markdown is kept on the pages, in HTML and in Markdown."""

from __future__ import annotations

import pytest

from clientsmith.data.text import anchor, local_url, script_value, url
from clientsmith.targets import markdown_prose
from clientsmith.targets.markdown_prose import blocks, is_plain, one_line
from clientsmith.targets.reference import prose
from clientsmith.targets.reference.prose import description


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plain, isn't it?", "<p>Plain, isn&#39;t it?</p>"),
        ("`a` *b* **c** ~~d~~", "<p><code>a</code> <em>b</em> <strong>c</strong> <s>d</s></p>"),
        ("a <b>c</b> & d", "<p>a &lt;b&gt;c&lt;/b&gt; &amp; d</p>"),
        ("# Head", '<p class="heading"><strong>Head</strong></p>'),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        (
            "[a](https://b.example/?c=1&d=2)",
            '<p><a href="https://b.example/?c=1&amp;d=2" rel="noopener noreferrer">a</a></p>',
        ),
        ("[a](mailto:b@c.example)", '<p><a href="mailto:b@c.example" rel="noopener noreferrer">a</a></p>'),
        ("See https://a/b.", '<p>See <a href="https://a/b" rel="noopener noreferrer">https://a/b</a>.</p>'),
        ("[a](/b) [c](#d) [e](ftp://f)", "<p><span>a</span> <span>c</span> <span>e</span></p>"),
        ("![a](https://b.example/c.png)", '<p><a href="https://b.example/c.png" rel="noopener noreferrer">a</a></p>'),
        ("[![a](https://b/c.png)](https://d)", '<p><a href="https://d" rel="noopener noreferrer">a</a></p>'),
        ("5) not plain", '<ol start="5">\n<li>not plain</li>\n</ol>'),
        ("```python\na < b\n```", '<pre tabindex="0"><code>a &lt; b\n</code></pre>'),
    ],
)
def test_a_description_in_html(text: str, expected: str) -> None:
    assert description(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a `b|c` *d*\ne", "a `b|c` *d* e"),
        ("a <b>c</b>", r"a \<b\>c\</b\>"),
        ("# Head\n\ntext\n\n- a\n- b", "Head text a b"),
        ("[a](https://b.example/(c))", "[a](https://b.example/%28c%29)"),
        ("[a](javascript:b)", r"\[a\](javascript:b)"),
        ("[a](/b)", "a"),
        ("![a](https://b.example/c.png)", "[a](https://b.example/c.png)"),
    ],
)
def test_a_description_on_one_line(text: str, expected: str) -> None:
    assert one_line(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "a\n\nb",
        "- a\n\n- b",
        "1. a\n\n2. b",
        "- a\n\n  - b\n\n  c",
        "> a",
        "| a | b |\n| --- | --- |\n| c |   |",
        "```\na < b\n```",
        r"1\. a",
        r"\- a",
    ],
)
def test_blocks_stay_what_they_are(text: str) -> None:
    assert blocks(text) == text
    assert blocks(str(blocks(text))) == blocks(text)


@pytest.mark.parametrize(
    "text",
    ["javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "vbscript:x", "//host/x", "/x", "x", "", " ", "file:///etc",
     "https:", "java\nscript:x", "#", "#a b", "https://a b"],
)  # fmt: skip
def test_what_is_no_link(text: str) -> None:
    assert url(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://a.example/b?c=\"d'<e>&f", "https://a.example/b?c=%22d&#39;%3Ce%3E&amp;f"),
        ("HTTP://A", "HTTP://A"),
        ("mailto:a@b", "mailto:a@b"),
        ("#a.b", "#a.b"),
        ("https://ä.example/\ud800", "https://%C3%A4.example/?"),
    ],
)
def test_what_is_a_link(text: str, expected: str) -> None:
    assert url(text) == expected


def test_places_have_names_without_markup() -> None:
    assert local_url("a.html", "B.größe") == "a.html#B.gr%C3%B6%C3%9Fe"
    with pytest.raises(ValueError, match="not an anchor"):
        anchor('a"b')


def test_a_value_cannot_end_a_script() -> None:
    assert script_value({"a": "</script><!--&\u2028"}) == '{"a":"\\u003c/script\\u003e\\u003c!--\\u0026\\u2028"}'


@pytest.mark.parametrize(
    "text",
    [
        "A pet.",
        "  two  blanks ",
        "-1 or +1",
        "1.5 times",
        "a - b = c",
        "= 4",
        "- a",
        "  - a",
        "1) a",
        "+",
        "===",
        "    a",
        "",
    ],
)
def test_a_text_that_needs_no_parser_is_written_as_the_parser_would(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    quick = description(text), one_line.__wrapped__(text), blocks.__wrapped__(text)
    for module in (markdown_prose, prose):
        monkeypatch.setattr(module, is_plain.__name__, lambda text: False)
    assert quick == (description(text), one_line.__wrapped__(text), blocks.__wrapped__(text))


@pytest.mark.parametrize("text", ["*a* ", "*_", "~~a", "a\\\n", "[a](http://b) ", "**a [b** ~~c] "])
def test_a_long_text_takes_linear_time(text: str) -> None:
    """To look back from each part for a link around it took minutes."""
    assert len(description(text * (48_000 // len(text)))) > 40_000
    assert description("[*a* http://b.c ![d](http://e.f)](http://g.h) http://i.j").count("<a ") == 2
