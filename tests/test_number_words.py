"""Numbers in words: what they are worth, where a text holds one, and the many places where it does not."""

from __future__ import annotations

import unicodedata
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import auditor
from auditor.languages import source
from auditor.languages.source import Entry
from auditor.languages.vocabulary import vocabulary
from auditor.lex import tokenise
from auditor.model.figure import Figure
from auditor.parse.number_words import spelt
from auditor.pipeline import read_numbers
from auditor.segment import segment
from tests.reading import check

WORDS = vocabulary()
DATA = source.read(source.folder("vi") / "number_words.yaml")
PARTS: list[Entry] = DATA["parts"]


def worth(text: str) -> Fraction | None:
    """What a text that is nothing but number words is worth; ``None`` when it is not one number."""
    words, known = tuple(text.split()), WORDS.number_words
    found = spelt(words, "".join(known.letters[word] for word in words), known)
    if found is None or found.length + found.scales != len(words):
        return None
    return found.number.value * WORDS.scales.get(" ".join(words[found.length :]), 1)


def figures(text: str) -> tuple[Figure, ...]:
    return auditor.audit(text=text, strict=False).readings[0].figures


@pytest.mark.parametrize("example", [example for entry in PARTS for example in entry.examples()])
def test_example_of_a_part(example: str) -> None:
    words, _, value = example.partition(" = ")
    assert worth(words) == Fraction(value)


@pytest.mark.parametrize(
    ("entry", "example"),
    [
        (Entry("number_words.yaml", 1, entry), example)
        for name, entry in DATA.items()
        if isinstance(entry, dict)
        for example in entry["examples"]
    ],
)
def test_example_of_a_setting(entry: Entry, example: str) -> None:
    assert any(word in example for word in entry.words())


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("mười một", 11),
        ("chín mươi chín", 99),
        ("hai mươi nhăm", 25),
        ("bẩy mươi bẩy", 77),
        ("bốn mươi tư", 44),
        ("mười tư", 14),
        ("ba chục", 30),
        ("một trăm linh tám", 108),
        ("sáu trăm lẻ tư", 604),
        ("bảy trăm mười", 710),
        ("một trăm ba mươi lăm", 135),
        ("hai trăm bốn bảy", 247),
        ("chín trăm năm mốt", 951),
        ("bốn trăm rưỡi", 450),
        ("ba nghìn", 3000),
        ("bốn nghìn linh sáu", 4006),
        ("năm nghìn không trăm mười hai", 5012),
        ("mười sáu nghìn bảy trăm", 16700),
        ("hai trăm nghìn", 200_000),
        ("tám vạn", 80_000),
        ("ba triệu hai", 3_200_000),
        ("một triệu rưỡi", None),
        ("sáu trăm tư", 640),
        ("chín tỷ chín", 9_900_000_000),
        ("hai triệu ba trăm nghìn", 2_300_000),
        ("bốn triệu không trăm linh một", 4_000_001),
        ("năm trăm triệu", 500_000_000),
        ("hai nghìn tỷ", 2 * 10**12),
        ("một nghìn hai trăm tỷ", 12 * 10**11),
        ("ba triệu tỷ", 3 * 10**15),
        ("mười nghìn năm trăm tỷ", 105 * 10**11),
        ("tám tỷ không trăm linh ba triệu năm nghìn sáu trăm", 8_003_005_600),
        ("ba phẩy bảy", "3.7"),
        ("mười phẩy không năm", "10.05"),
        ("không phẩy hai lăm", "0.25"),
        ("hai phẩy ba bốn năm", "2.345"),
        ("bốn phẩy sáu mươi hai", "4.62"),
        ("một phẩy hai triệu", 1_200_000),
        ("hai chấm tám", "2.8"),
        ("ba phần tư", "3/4"),
        ("mười hai phần hai lăm", "12/25"),
        ("bảy phần mười", "7/10"),
        # What may mean two things, and what is no number.
        ("bảy trăm hai", None),
        ("ba triệu một", None),
        ("hai ba", None),
        ("hai trăm ba triệu", None),
        ("ba mươi hai mươi", None),
        ("mười trăm", None),
        ("linh năm", None),
        ("mươi lăm", None),
        ("trăm", None),
        ("hai phẩy", None),
        ("sáu mươi năm", None),
    ],
)
def test_worth(words: str, value: int | str | None) -> None:
    assert worth(words) == (None if value is None else Fraction(value))


UNITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
SCALES = ("", "nghìn", "triệu", "tỷ")


def spelled(number: int) -> str:
    """A whole number in full words, as on a voucher."""
    groups = [number // 1000**power % 1000 for power in range(len(SCALES))]
    words: list[str] = []
    for group, scale in reversed(list(zip(groups, SCALES, strict=True))):
        if group:
            words += [*hundreds(group, full=bool(words)), *([scale] if scale else [])]
    return " ".join(words)


def hundreds(group: int, *, full: bool) -> list[str]:
    hundred, rest = divmod(group, 100)
    words = [UNITS[hundred], "trăm"] if hundred or full else []
    ten, one = divmod(rest, 10)
    if not ten:
        return [*words, *(["linh", UNITS[one]] if words and one else [UNITS[one]] if one else [])]
    words += ["mười"] if ten == 1 else [UNITS[ten], "mươi"]
    last = {0: "", 1: "mốt" if ten > 1 else "một", 5: "lăm"}.get(one, UNITS[one])
    return [*words, *([last] if last else [])]


@settings(deadline=None)
@given(st.integers(2, 10**12 - 1))
def test_every_number_in_full_words(number: int) -> None:
    assert worth(spelled(number)) == number
    (figure,) = figures(f"Tổng số là {spelled(number)} hộ.")
    assert figure.quantity.value == number
    assert figure.quantity.unit == "hộ"


@given(st.text("dnzteqTHlpfhsC", max_size=40))
def test_no_sequence_of_number_words_raises(letters: str) -> None:
    known = WORDS.number_words
    word_of = {letter: word for word, letter in known.letters.items()} | {"C": ","}
    spelt([word_of[letter] for letter in letters], letters, known)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Xã vận động được hai mươi mốt hộ hiến đất.", ["hai mươi mốt = 21 hộ | step: 0 | exact: yes"]),
        ("Bốn thôn và sáu chi bộ được khen thưởng.", ["Bốn = 4 thôn", "sáu = 6 chi bộ"]),
        ("Năm hộ dân tự nguyện dời nhà.", ["Năm = 5 hộ"]),
        ("Có năm mươi hộ và năm đơn vị tham gia.", ["năm mươi = 50 hộ", "năm#2 = 5 đơn vị"]),
        ("Đàn bò có một nghìn chín trăm con.", ["một nghìn chín trăm = 1900 con | exact: yes"]),
        ("Đàn gia cầm có hai nghìn con.", ["hai = 2000 con | step: 1000 | exact: no"]),
        ("Quỹ có ba tỷ hai trăm triệu đồng.", ["ba tỷ hai trăm = 3.2e9 VND | step: 1000000"]),
        ("Quỹ có 3 tỷ hai trăm triệu đồng.", ["3 tỷ hai trăm = 3.2e9 VND"]),
        ("Thu được hai tỷ rưỡi, chi một triệu rưỡi đồng.", ["hai tỷ rưỡi = 2.5e9 VND", "một triệu rưỡi = 1.5e6 VND"]),
        ("Đã xây 2 tấn rưỡi lúa giống.", ["2 tấn rưỡi = 2500 kg"]),
        ("Hỗ trợ từ hai đến ba triệu đồng mỗi hộ.", ["hai = 2e6 VND/hộ", "ba = 3e6 VND/hộ"]),
        (
            "Mỗi xã cử từ ba đến năm cán bộ; số cây trồng là năm trăm linh hai cây.",
            ["ba = 3 cán bộ", "năm = 5 cán bộ", "năm trăm linh hai = 502 cây"],
        ),
        ("Sản lượng tăng hai phẩy năm phần trăm.", ["hai phẩy năm = 2.5 % | step: 1/10"]),
        ("Năm mươi xã có tỷ lệ hộ nghèo giảm một phần trăm.", ["Năm mươi = 50 xã", "một = 1 %"]),
        ("Tăng trưởng âm 2,5% trong quý.", ["2,5% = -2.5 %"]),
        ("Doanh nghiệp lãi hơn bốn mươi tỷ đồng.", ["bốn mươi >= 40e9 VND"]),
        ("Có khoảng ba trăm hộ bị ảnh hưởng.", ["ba trăm ~ 300 hộ"]),
        ("Huyện có ba thị trấn và một phường.", ["ba = 3 thị trấn", "một = 1 phường"]),
        ("Huyện có một phường, hai thị trấn.", ["một = 1 phường", "hai = 2 thị trấn"]),
        ("Sản lượng tăng gấp ba lần.", ["ba = 3 lần"]),
        ("Huy động một triệu tỷ đồng.", ["một = 1e15 VND"]),
        ("BỐN XÃ VỀ ĐÍCH NÔNG THÔN MỚI", ["BỐN = 4 xã"]),
        ("Trong năm hai trăm hộ thoát nghèo.", ["hai trăm = 200 hộ"]),
        ("Tặng bằng khen (ba cá nhân).", ["ba = 3 người"]),
        ("Toàn xã có hai triệu phú nông dân.", ["hai = 2 triệu phú"]),
        ("Thu 1 tỷ 245 triệu 300 nghìn đồng.", ["1 tỷ 245 triệu 300 = 1245300000 VND | step: 1000"]),
        ("Kênh dài 2 km 350 m, đường rộng 3m5.", ["2 km 350 = 2350 m", "3m5 = 3.5 m"]),
        ("Giá 5 trăm nghìn đồng một con.", ["5 = 500000 VND"]),
        ("Viện trợ $2.500 và US$ 3 triệu.", ["2.500 = 2500 USD", "3 = 3e6 USD"]),
    ],
)
def test_read_as_figures(text: str, expected: list[str]) -> None:
    check(text, {"figures": expected, "ignored": []})


@pytest.mark.parametrize(
    "text",
    [
        "Một số hộ còn khó khăn, không có việc làm.",
        "Đây là một xã thuần nông.",
        "Một trong những xã đi đầu.",
        "Hai bên đường đã sạch.",
        "Ba mẹ em đều làm ruộng.",
        "Tăng trưởng hai con số.",
        "Ba con đường phát triển.",
        "Sau ba năm, đời sống khá hơn.",
        "Năm nay mùa màng tốt.",
        "Năm tổ chức đại hội.",
        "Trong năm hộ nghèo giảm mạnh.",
        "Cuối năm đơn vị tổng kết.",
        "Hằng tháng, quý, năm tổ chức giao ban.",
        "Đến năm xã về đích thì dừng.",
        "Sáu tháng đầu năm, xã đã hoàn thành nhiệm vụ.",
        "Mười hai tháng qua, tình hình ổn định.",
        "Hai mươi năm xây dựng.",
        "Xã đứng thứ hai huyện về phong trào.",
        "Đại hội lần thứ mười ba thành công.",
        "Thứ hai, ba là hai ngày họp.",
        "Ngày ba mươi tháng tư hằng năm.",
        "Tháng mười hai có rét đậm.",
        "Quý ba doanh nghiệp gặp khó.",
        "Khoảng hai phần ba số hộ có nước sạch.",
        "Hai ba hộ còn thiếu đất.",
        "Vài ba xã chưa đạt.",
        "Hàng trăm hộ ra đồng.",
        "Dăm ba trang trại nhỏ.",
        "Ông Ba xã viên kể lại.",
        "Huyện Ba Đồn đang đổi mới.",
        "Một tỷ lệ nhất định đã đạt.",
        "Nhà đầu tư hai bên cùng ký.",
        "Mỗi xã một sản phẩm.",
        "Giá trị trên một ha đất tăng.",
        "Bảy trăm hai hộ là cách nói.",
        "Có hai trăm ba triệu đồng gì đó.",
        "Nút giao ngã ba xã mới mở.",
        "Thu âm hai bản nhạc hay.",
    ],
)
def test_no_figure(text: str) -> None:
    spared = {"Thứ hai, ba là hai ngày họp.": ["hai = 2 ngày"], "Thu âm hai bản nhạc hay.": ["hai = 2 bản"]}
    marked = spared.get(text, [])
    found = [f"{one.raw} = {one.quantity.value} {one.quantity.unit}" for one in figures(text)]
    assert found == marked


def test_words_set_aside_are_no_numerals() -> None:
    reading = auditor.audit(text="Sáu tháng đầu năm 2021, mười hai xã đạt chuẩn.", strict=False).readings[0]
    assert [one.raw for one in reading.ignored] == ["2021"]
    assert [one.raw for one in reading.figures] == ["mười hai"]
    assert reading.figures[0].period == auditor.audit(
        text="6 tháng đầu năm 2021, 12 xã đạt chuẩn.", strict=False
    ).readings[0].figures[0].period.replace("6", "sáu")  # type: ignore[union-attr]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_places_in_either_form(form: str) -> None:
    text = unicodedata.normalize(form, "Đoàn khảo sát đã đến. Xã có hai mươi lăm hộ nghèo.")  # type: ignore[arg-type]
    (figure,) = figures(text)
    assert text[figure.start : figure.end] == figure.raw
    assert unicodedata.normalize("NFC", figure.raw) == "hai mươi lăm"


def test_sentences_without_a_number_stay_whole() -> None:
    text = "Nhà đầu tư đã đến. Một số hộ vui mừng. Năm nay được mùa. Hai xã ký kết. Mười lăm hộ về."
    opaque = [tokens.opaque for tokens in tokenise(text, segment(text, WORDS), WORDS)]
    assert opaque == [True, True, True, False, False]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Tổng vốn là 7.205.000.000đ (Bảy tỷ, hai trăm linh năm triệu đồng).", "consistent"),
        ("Tổng vốn là 7.205.000.000đ (Bảy tỷ, hai trăm linh sáu triệu đồng).", "contradiction"),
        ("Số tiền: 640.000 đồng (bằng chữ: sáu trăm bốn mươi nghìn đồng).", "consistent"),
        ("Tiền công là ba triệu đồng (3.000.000 đồng).", "consistent"),
    ],
)
def test_an_amount_spelt_out_is_the_same_twice(text: str, verdict: str) -> None:
    result = auditor.audit(text=text, strict=False)
    assert [one.verdict for one in result.checks if one.rule == "same-figure-twice"] == [verdict]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("hai mươi lăm", [("figure", 25, None)]),
        ("không", [("figure", 0, None)]),
        ("âm ba", [("figure", -3, None)]),
        ("-12,5", [("figure", Fraction(-25, 2), None)]),
        ("mười đồng", [("figure", 10, "VND")]),
        ("€20", [("figure", 20, "EUR")]),
        ("thứ tư", [("ordinal", 4, None)]),
        ("mười năm", [("duration", 10, None)]),
        ("ba nghìn năm", [("duration", 3000, None)]),
        ("hai phần năm", [("fraction", Fraction(2, 5), None)]),
        ("tháng mười hai", [("month", 12, None)]),
        ("ngày 14/02/2023", [("date", None, None)]),
        ("hai đến ba km", [("figure", 2000, "m"), ("figure", 3000, "m")]),
        ("40kg-45kg", [("figure", 40, "kg"), ("figure", 45, "kg")]),
        ("năm hai nghìn không trăm mười", [("year", 2010, None)]),
        ("chưa có số nào", []),
        ("", []),
    ],
)
def test_the_door(text: str, numbers: list[tuple[str, Fraction | int | None, str | None]]) -> None:
    found = read_numbers(text)
    assert [(one.kind, one.value, one.unit) for one in found] == numbers
    assert all(text[one.start : one.end] == one.raw for one in found)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_the_door_never_raises(text: str) -> None:
    for one in read_numbers(text):
        assert text[one.start : one.end] == one.raw
