"""Texts that break what joins texts: SQL, patterns, JSON, HTML, shells, templates, spreadsheets, and Unicode's own traps."""

from __future__ import annotations

SQL = (
    "'", "''", '"', "\\", "\\'", "';", "' OR '1'='1", "' OR 1=1 --", "1) OR (1=1", "admin'--", "'/**/OR/**/1=1#", "' UNION SELECT NULL,NULL,NULL --",
    "'; DROP TABLE contacts; --", "'||(SELECT version())||'", "1;SELECT pg_sleep(9)--", "'||pg_sleep(9)||'", "$$;SELECT 1;$$", ":user_id", "%s", "%(name)s", "$1",
    "E'\\x27'", "' AND extractvalue(1,concat(0x7e,version()))--", "');RESET ROLE;--", "'||set_config('app.user_id','','t')||'", "\xbf'", "ʼ OR 1=1",
)  # fmt: skip
PATTERNS = (
    "%", "_", "%%%%", "\\%", "*", "**", "?", "[a-z]*", "(a+)+$", "(((((", "a{1,99999}", ".*", "^", "$", "!", "&", "|", "<->", "a & b", "a:*", "!a | (b", ":*", "<1>", "'a' <-> 'b':A",
    "a" * 300 + "!", "%" * 200,
)  # fmt: skip
JSON = (
    '{"$ne": null}', '{"$gt": ""}', "$.a", "$[*]", "$.**.password", "$ ? (@.a == 1)", "[", "{", "null", "true", '{"__proto__": {"admin": true}}', "__proto__", "constructor", '"]}', "\\u0000",
)  # fmt: skip
MARKUP = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '"><svg onload=alert(1)>', "javascript:alert(1)", "</title><script>", "<!--", "]]>", "&lt;", "{{7*7}}", "${7*7}", "#{7*7}",
    "<%= 7*7 %>", "{% raw %}", "<?php", "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>", "*/ body{display:none} /*",
)  # fmt: skip
SYSTEM = (
    "$(id)", "`id`", "| id", "; id", "../../../../etc/passwd", "..\\..\\windows\\win.ini", "file:///etc/passwd", "http://169.254.169.254/", "/dev/null", "CON", ".", "..", "%2e%2e%2f",
    "%00", "%0d%0aSet-Cookie: a=b", "%c0%ae", "=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3",
)  # fmt: skip
UNICODE = (
    "\u202egnp.exe", "\u200b", "a\u200db", "\ufeff", "\u2028", "\u0085", "\x7f", "\x1b[31m", "\x08", "\t", "é", "e\u0301", "ﬃ", "İ", "ß", "Ⅷ", "１２３", "🙂" * 50, "\u0301" * 200, "\U0010ffff", "\ufffe",
    "人", "ا" * 100, "-1", "1e999", "NaN", "0x41", "9" * 40, "1_000", "٣",
)  # fmt: skip
# What a text must not hold, or what ends a line, where it is let in at all.
BREAKS = ("\0", "a\0b", "\r\nX-Injected: 1", "a\nb", "a\r\n.\r\nb", "\r\n\r\n<script>", "a" * 5_000)

TEXTS = (*SQL, *PATTERNS, *JSON, *MARKUP, *SYSTEM, *UNICODE, *BREAKS)

# What no answer ever tells: how the house is built.
LEAKS = (
    "Traceback", "pg8000", "psycopg", "syntax error", 'relation "', "SQLSTATE", "hiredis", "site-packages", "/shared/", "line 1, in", "root:x:0", "crm.contacts", "PostgreSQL",
)  # fmt: skip
