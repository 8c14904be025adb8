"""Chinese text as it is typed, and what is made of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.kernel.text import clean_name, fold, initials, mask_name, numeral, prose, squeeze, with_digits


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert squeeze(squeeze(text)) == squeeze(text)
    assert prose(prose(text)) == prose(text)


@given(st.text(max_size=60))
def test_prose_is_folded_but_for_its_punctuation(text: str) -> None:
    assert fold(prose(text)) == fold(text)


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("咳嗽，３天；已去医院。", "咳嗽，3天；已去医院。"),
        (" 车牌：ＡＢ１２　（临时）！", "车牌：AB12 （临时）！"),
        ("谁？\u200b等他……", "谁？等他……"),
        ("体温 ３７．３％", "体温 37.3%"),
        ("cough, 3 days", "cough, 3 days"),
        ("咳嗽, 3天", "咳嗽, 3天"),
    ],
)
def test_sentences_keep_their_punctuation(raw: str, kept: str) -> None:
    assert prose(raw) == kept
    assert fold(kept) == fold(raw)


def test_folding() -> None:
    assert fold(" ３栋\u3000 ２单元\u200b ") == "3栋 2单元"
    assert squeeze("张\u3000三 ") == "张三"


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("张 三", "张三"),
        ("  张三\u3000", "张三"),
        ("阿卜杜拉•买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉．买买提", "阿卜杜拉·买买提"),
        ("John  Smith", "John Smith"),
        ("", ""),
    ],
)
def test_names(raw: str, name: str) -> None:
    assert clean_name(raw) == name


@pytest.mark.parametrize(
    ("name", "letters", "masked"),
    [
        ("张三丰", "zsf", "张*"),
        ("李四", "ls", "李*"),
        ("欧阳修", "oyx", "欧阳*"),
        ("诸葛亮", "zgl", "诸葛*"),
        ("单田芳", "stf", "单*"),
        ("单于明", "cym", "单于*"),
        ("解晓东", "xxd", "解*"),
        ("曾国藩", "zgf", "曾*"),
        ("仇英", "qy", "仇*"),
        ("尉迟恭", "ycg", "尉迟*"),
        ("万俟卨", "mqx", "万俟*"),
        ("区小军", "oxj", "区*"),
        ("阿卜杜拉·买买提", "abdlmmt", "阿*"),
        ("John Smith", "js", "J*"),
        ("", "", ""),
    ],
)
def test_initials_and_masks(name: str, letters: str, masked: str) -> None:
    assert initials(name) == letters
    assert mask_name(name) == masked


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=6))
def test_a_chinese_name_has_one_letter_a_character(name: str) -> None:
    letters = initials(name)
    assert letters == letters.lower()
    assert len(letters) == len(name)


@given(st.integers(0, 9_999))
def test_numerals_are_read(number: int) -> None:
    import cn2an

    assert numeral(cn2an.an2cn(number)) == number


@pytest.mark.parametrize(
    ("text", "number"), [("十二", 12), ("一〇二", 102), ("五〇一", 501), ("两", 2), ("一百二十", 120)]
)
def test_numerals_of_addresses(text: str, number: int) -> None:
    assert numeral(text) == number


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("第三组十二号", "第3组12号"),
        ("五一小区三栋二单元五〇一室", "五一小区3栋2单元501室"),
        ("十一组", "11组"),
        ("七里村", "七里村"),
        ("3栋", "3栋"),
    ],
)
def test_only_counted_numerals_become_digits(text: str, digits: str) -> None:
    assert with_digits(text) == digits
