"""What APIs call the parts of paging, in lower case and without punctuation; the likeliest first."""

from __future__ import annotations

ITEMS = (
    "data", "items", "results", "records", "entries", "value", "values", "list", "content", "rows", "elements",
    "objects", "hits", "resources", "nodes", "docs", "documents",
)  # fmt: skip
CONTAINERS = (
    "links", "meta", "metadata", "paging", "pagination", "page", "pages", "pageinfo", "cursor", "cursors", "next",
    "responsemetadata", "resultinfo", "pageable", "pagingmetadata", "paginationmetadata", "resultset", "info", "header",
    "listmeta", "pagingdata", "paginationinfo", "pagedata", "resultmetadata", "xpagination", "searchmetadata",
)  # fmt: skip
"""Objects with facts about the page."""
CURSORS = (
    "cursor", "pagetoken", "nexttoken", "nextpagetoken", "nextcursor", "startcursor", "pagecursor", "continuationtoken",
    "continuation", "paginationtoken", "pageafter", "pagepaginationcursor", "startingtoken", "aftercursor", "after",
    "startingafter", "startafter", "marker", "bookmark", "scrollid", "exclusivestartkey", "nextmarker", "next",
)  # fmt: skip
NEXT_CURSORS = (
    "nextcursor", "nextpagetoken", "nexttoken", "nextpagecursor", "nextstartcursor", "nextcontinuationtoken",
    "nextmarker", "cursornext", "nextbookmark", "nextscrollid", "nextkey", "nextafter", "nextstartingafter",
    "continuationtoken", "continuation", "paginationtoken", "lastevaluatedkey",
)  # fmt: skip
"""Places of the response; `next` and `after` are in `OWN_CURSORS`, as they may be something else."""
RELAY_CURSORS = ("endcursor",)
"""The cursor of the last item, which the last page has, too: a flag must say which one that is."""
OWN_CURSORS = ("cursor", "after", "next", "nextpage", "pagetoken", "marker", "bookmark", "scrollid")
AFTER_ITEM = ("startingafter", "startafter", "afterid", "startafterid", "idafter", "lastid", "after")
ITEM_IDS = ("id", "uuid", "uid", "key")
NEXT_LINKS = (
    "nextpageurl", "nexturl", "nextlink", "odatanextlink", "nextpagelink", "nexthref", "nextpageuri", "nexturi",
    "nextpagehref", "linknext",
)  # fmt: skip
PAGES = ("page", "pagenumber", "pageno", "pagenum", "pageindex", "currentpage", "p")
PAGE_SIZES = ("perpage", "pagesize", "limit", "size", "pagelimit")
OFFSETS = ("offset", "skip", "pageoffset", "startat", "startindex", "start")
TOTALS = (
    "total", "totalcount", "totalresults", "totalitems", "totalrecords", "totalelements", "totalhits", "totalsize",
    "counttotal", "itemstotal",
)  # fmt: skip
PAGE_COUNTS = ("totalpages", "pagecount", "lastpage", "numpages", "pagestotal", "totalpagecount", "pages")
HAS_MORE = (
    "hasmore",
    "hasnextpage",
    "hasnext",
    "more",
    "morepages",
    "hasmoreitems",
    "hasmorepages",
    "hasnextpages",
    "istruncated",
)
ZERO_BASED = frozenset(("number", "totalpages", "totalelements"))
"""What Spring's pages have, whose numbers start at 0."""
ONE_BASED = frozenset(("resources", "totalresults", "startindex"))
"""What lists of SCIM have (RFC 7644, section 3.4.2.4), whose items are counted from 1."""
BASES = {0: r"\b(zero|0)[- ]?(based|indexed)|\b0\.\.", 1: r"\b(one|1)[- ]?(based|indexed)|\b1\.\."}
"""How descriptions say where counting starts."""
