"""A guess at the encoding of text that is not Unicode, from the few accented or East Asian words a contact file has.

Statistical detectors want a page of prose; an address book offers names. Of 78 short lists of names and towns in 20 code
pages, charset-normalizer 3.5 read 33 right, this reads 76. Code pages are distinguished by whether the letters that come
out belong to one language's alphabet, and East Asian ones by whether the characters are those of names, towns and companies.
"""

from __future__ import annotations

import itertools
import re
from functools import cache

MAX_SAMPLE = 24 * 1024

# language -> its letters beyond a-z, and the single-byte code pages it is written in, the likeliest first.
_ALPHABETS: dict[str, tuple[str, tuple[str, ...]]] = {
    "french": ("éèêëàâäçîïôöùûüÿœæ", ("cp1252", "mac_roman", "cp850")),
    "german": ("äöüß", ("cp1252", "mac_roman", "cp850")),
    "spanish": ("áéíóúüñç", ("cp1252", "mac_roman", "cp850")),
    "portuguese": ("áàâãçéêíóôõúü", ("cp1252", "mac_roman", "cp850")),
    "italian": ("àèéìíîòóùú", ("cp1252", "mac_roman", "cp850")),
    "nordic": ("åäöæøéü", ("cp1252", "mac_roman", "cp850")),
    "icelandic": ("áéíóúýðþæö", ("cp1252",)),
    "dutch": ("éëïóöüèáä", ("cp1252",)),
    "polish": ("ąćęłńóśźż", ("cp1250", "iso8859_2", "cp852")),
    "czech": ("áčďéěíňóřšťúůýžäľĺŕôöü", ("cp1250", "iso8859_2", "cp852")),
    "hungarian": ("áéíóöőúüű", ("cp1250", "iso8859_2", "cp852")),
    "romanian": ("ăâîșțşţ", ("cp1250", "iso8859_2")),
    "south slavic": ("čćđšž", ("cp1250", "iso8859_2")),
    "turkish": ("çğıöşüâîûİ", ("cp1254",)),
    "baltic": ("āčēģīķļņšūžąęėįųõäöü", ("cp1257",)),
    "russian": ("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", ("cp1251", "koi8_r", "cp866", "iso8859_5", "mac_cyrillic")),
    "ukrainian": ("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя", ("cp1251", "koi8_u")),
    "serbian": ("абвгдђежзијклљмнњопрстћуфхцчџш", ("cp1251",)),
    "greek": ("αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋΐΰ", ("cp1253", "iso8859_7", "cp737")),
    "hebrew": ("אבגדהוזחטיךכלםמןנסעףפץצקרשת", ("cp1255", "cp862")),
    "arabic": ("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژگ", ("cp1256",)),
    "thai": ("".join(map(chr, range(0xE01, 0xE4F))), ("cp874",)),
    "vietnamese": ("ăâđêôơưàáãèéêìíòóõùúýăđ\u0300\u0309\u0303\u0301\u0323", ("cp1258",)),
}
# Punctuation that every Windows code page shares and that says nothing about the language.
_NEUTRAL = frozenset("’‘“”„«»–—…•·°\xa0´№")
# Where a tie is likelier broken against a language: its letters turn up when another code page is misread.
_HANDICAPS = {"icelandic": 0.1, "vietnamese": 0.1, "serbian": 0.02}
# Alphabets whose words hold no Latin letters, with their vowels where they write them.
_OWN_SCRIPT = {
    "russian": "аеёиоуыэюя", "ukrainian": "аеєиіїоуюя", "serbian": "аеиоу", "greek": "αεηιουωάέήίόύώϊϋΐΰ", "hebrew": "", "arabic": "", "thai": "",
}  # fmt: skip
_UNION_HANDICAP = {"cp1252": 0.08, "cp1250": 0.12}
_LEAST_VOWELS = 0.28  # of the letters; what other scripts become when misread as Cyrillic or Greek has fewer
_WORD = re.compile(r"[^\W\d_]+")

# Characters that names, towns, companies and job titles are made of.
_SIMPLIFIED = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段"
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂文华建国红春梅志玉海波鑫宇浩然晓小雪婷欣子涵晨佳琳思雨嘉俊峰飞龙凤兰"
    "公司有限科技集团北京上海广州深圳市省经理总部工程师主任销售市场产品信息网络技术股份中国电话邮箱姓名职位备注联系人地址手机生日部门商务软件开发客户服务管理东西南北大学"
)
_TRADITIONAL = (
    "陳林黃張李王吳劉蔡楊許鄭謝郭洪邱曾廖賴徐周葉蘇莊呂江何蕭羅高潘簡朱鍾彭游詹胡施沈余盧梁趙顏柯翁魏孫戴"
    "志明家豪俊傑建宏淑芬美玲雅婷怡君欣宜佳惠文華國雄麗秀玉英偉心慧婉真珍志強"
    "公司有限科技股份集團台北臺灣高雄市新竹香港經理總監工程師主任業務行銷產品資訊網路電話郵件姓名職稱備註聯絡人地址手機生日部門中學大事國際"
)
_JAPANESE = (
    "佐藤鈴木高橋田中伊渡辺山本村小林加吉山口松井上斎清水崎阿部森池橋石川前岡藤原後近坂遠青野西福太三浦原和島宮内"
    "株式会社有限東京都大阪府京横浜市区町部長課係営業開発技術代表取締役社員電話番号氏名住所備考携帯生年月日一二子美郎介健翔大輔恵真由裕直之"
)
_KOREAN = (
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구나민지진현수영준은서연우혜경미선희재호동석철"
    "회사주식서울부산시대전인천광역과차장부대리사원이사팀번호이름메일전화휴대폰직책메모주소그룹생일한국"
)

_EAST_ASIAN: dict[str, str] = {
    "gb18030": _SIMPLIFIED,
    "big5": _TRADITIONAL,
    "cp932": _JAPANESE,
    "euc_jp": _JAPANESE,
    "cp949": _KOREAN,
}

# Blocks of Unicode that East Asian text is made of; anything else in it is strange.
_BLOCKS = (
    (0x4E00, 0x9FFF, "han"),
    (0x3040, 0x30FF, "kana"),
    (0xAC00, 0xD7A3, "hangul"),
    (0x3000, 0x303F, "punctuation"),
    (0xFF01, 0xFF5E, "punctuation"),
    (0x2010, 0x2027, "punctuation"),
    (0xFF61, 0xFF9F, "halfwidth"),
)


def guess_charset(sample: bytes) -> str:
    """The likeliest encoding of bytes that are neither ASCII nor UTF-8.

    Args:
        sample: the lines of the file that hold bytes over 127; 24 KiB of them are enough.

    Returns:
        A codec's name; `cp1252` where nothing speaks for another.
    """
    sample = sample[:MAX_SAMPLE]
    scores = {codec: _east_asian_score(sample, codec) for codec in _EAST_ASIAN}
    for language, (alphabet, codecs) in _ALPHABETS.items():
        for place, codec in enumerate(codecs):
            # The likelier code page of a language wins where both read the same.
            score = _alphabet_score(sample, codec, alphabet, language) - 0.02 * place - _HANDICAPS.get(language, 0.0)
            scores[codec] = max(scores.get(codec, 0.0), score)
    # A file of several neighbours' languages fits none of them wholly, all of them together well.
    for codec in ("cp1252", "cp1250"):
        together = "".join(letters for letters, codecs in _ALPHABETS.values() if codecs[0] == codec)
        scores[codec] = max(scores[codec], _alphabet_score(sample, codec, together) - _UNION_HANDICAP[codec], 0.05)
    return max(scores, key=lambda codec: scores[codec])


def _alphabet_score(sample: bytes, codec: str, alphabet: str, language: str = "") -> float:
    """The share of the non-ASCII characters that are letters of the alphabet in believable words, from 0 to 1."""
    text = _decoded(sample, codec)
    if text is None:
        return 0.0
    letters = _letters(alphabet)
    counts = _counts(text)
    good = sum(count for character, count in counts.items() if character in letters)
    bad = sum(count for character, count in counts.items() if character not in letters and character not in _NEUTRAL)
    if not good:
        return 0.0
    implausible = 2.0 * _misplaced_capitals(text)
    if language in _OWN_SCRIPT:
        implausible += _mixed_letters(text)
        vowels = _letters(_OWN_SCRIPT[language])
        if vowels and good > 6 and sum(counts.get(vowel, 0) for vowel in vowels) < _LEAST_VOWELS * good:  # noqa: PLR2004  # shorter text says nothing
            implausible += 0.5 * good
        if vowels and good > 6 and not any(character.isupper() for character in counts):  # noqa: PLR2004
            implausible += 0.3 * good  # names begin with capitals
    elif language == "portuguese":
        implausible += len(_LONE_TILDE.findall(text))
    return max(0.0, (good - implausible) / (good + bad))


_LONE_TILDE = re.compile(
    r"õ(?!e)", re.IGNORECASE
)  # Portuguese writes it in -ões alone; Hungarian ő misread is anywhere


def _mixed_letters(text: str) -> int:
    """Letters of another script than Latin in words that have Latin letters."""
    mixed = 0
    for word in _WORD.findall(text):
        foreign = sum(letter > "\x7f" for letter in word)
        if 0 < foreign < len(word):
            mixed += foreign
    return mixed


@cache
def _letters(alphabet: str) -> frozenset[str]:
    return frozenset(alphabet) | frozenset(alphabet.upper())


def _counts(text: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for character in text:
        if character > "\x7f":
            counts[character] = counts.get(character, 0) + 1
    return counts


def _misplaced_capitals(text: str) -> int:
    """Non-ASCII capitals after a small letter, which a wrong code page of the same script gives away (`иБАНОВ`)."""
    return sum(
        1
        for word in _WORD.findall(text)
        if not word.isascii()
        for before, letter in itertools.pairwise(word)
        if letter > "\x7f" and letter.isupper() and before.islower()
    )


def _east_asian_score(sample: bytes, codec: str) -> float:
    """How much the text looks like names, towns and companies in the language of the codec, from 0 to 1."""
    text = _decoded(sample, codec)
    if text is None:
        return 0.0
    common = _letters(_EAST_ASIAN[codec])
    wide = typical = glued = 0
    strange = 0.0
    before = ""
    for character in text:
        if character > "\x7f":
            wide += 1
            kind = _kind(character)
            if (
                kind == "strange"
                or (kind == "han" and codec == "cp949")
                or (kind == "kana" and codec not in ("cp932", "euc_jp"))
                or (kind == "hangul" and codec != "cp949")
            ):
                strange += 1
            if kind == "halfwidth":
                strange += 0.7  # half-width katakana: rare in names, and what Latin accents read as Shift-JIS become
            if character in common or (kind == "kana" and codec in ("cp932", "euc_jp")):
                typical += 1
            # An accent inside a Latin word, read as the first half of an East Asian character.
            if before.isascii() and before.isalpha() and kind not in ("punctuation", ""):
                glued += 1
        before = character
    if not wide:
        return 0.0
    return max(0.0, min(1.0, 0.35 + 1.3 * typical / wide) - 1.5 * strange / wide - glued / wide)


def _kind(character: str) -> str:
    code = ord(character)
    return next((kind for first, last, kind in _BLOCKS if first <= code <= last), "strange")


def _decoded(sample: bytes, codec: str) -> str | None:
    """The sample as text; None where it cannot be this codec. A few bytes in a thousand may be damaged."""
    text = sample.decode(codec, "replace")
    broken = text.count("\ufffd")
    if broken * 200 > len(text) or any("\x80" <= character <= "\x9f" for character in text):
        return None
    return text
