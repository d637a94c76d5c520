"""Code pages guessed from as little as one name."""

from __future__ import annotations

import pytest

from shared.formats.charsets import guess_charset

TEXTS = {
    "cp1252": ["Zoë;Müller;Köln", "José Núñez,Málaga", "François,Gérard,Orléans", "Jürgen,Weiß", "João,São Paulo,Conceição", "Søren,Ærø", "Åsa Öberg,Malmö", "Renée", "Peña"],
    "cp1250": ["Dvořák;Černý;Plzeň", "Łukasz,Wójcik,Kraków", "Kovács Ágnes,Győr", "Żółć,Święty", "Đorđe,Milošević", "Šárka Nováková,Ústí nad Labem"],
    "iso8859_2": ["Łukasz,Wójcik,Kraków;Żółć,Święty"],
    "cp1251": ["Иван;Петров;Москва", "Ольга,Кузнецова", "Юрій Шевченко,Київ"],
    "koi8_r": ["Иван;Петров;Москва", "Ольга,Кузнецова,директор"],
    "cp866": ["Иван;Петров;Москва"],
    "cp1253": ["Βαγγέλης;Παπαθανασίου", "Αθήνα", "Γιώργος,Νικολάου"],
    "cp1254": ["Ayşe;Yılmaz;İstanbul", "Çağla,Öztürk,Şişli", "Gökhan,Işık"],
    "cp1255": ["דוד כהן,תל אביב"],
    "cp1256": ["محمد أحمد,القاهرة"],
    "cp1257": ["Jānis Bērziņš,Rīga", "Žydrūnas,Šiauliai,Petrauskienė"],
    "cp874": ["สมชาย,กรุงเทพ"],
    "gb18030": ["姓名,邮箱,公司\n王伟,a@b.cn,北京科技有限公司", "李娜,上海"],
    "big5": ["姓名,電子郵件\n陳志明,台北市", "林雅婷", "黃麗華,高雄科技股份有限公司"],
    "cp932": ["氏名,会社\n山田太郎,株式会社東京", "佐藤,ヤマト運輸", "鈴木一郎", "渡辺 さくら"],
    "euc_jp": ["氏名,会社\n山田太郎,株式会社東京", "佐藤,ヤマト運輸"],
    "cp949": ["이름,회사\n김민수,삼성전자", "박지영,서울특별시", "최유진"],
    "mac_roman": ["Zoë;Müller;Köln", "José Núñez,Málaga"],
    "cp850": ["Zoë;Müller;Köln", "José Núñez,Málaga"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("encoding", "text"), [(encoding, text) for encoding, texts in TEXTS.items() for text in texts]
)
def test_a_few_names_tell_their_code_page(encoding: str, text: str) -> None:
    data = text.encode(encoding)
    assert data.decode(guess_charset(data), "replace") == text


@pytest.mark.parametrize(
    "encoding", ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "gb18030", "big5", "cp932", "cp949"]
)
def test_many_names_together_tell_it_too(encoding: str) -> None:
    text = "\n".join(TEXTS[encoding])
    data = text.encode(encoding)
    assert data.decode(guess_charset(data), "replace") == text


@pytest.mark.parametrize("data", [b"", b"\xff", b"\x80\x81\x8d\x8f", bytes(range(128, 256)) * 50])
def test_nonsense_gets_some_answer(data: bytes) -> None:
    assert data.decode(guess_charset(data), "replace") is not None
