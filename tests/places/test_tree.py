"""The tree: finding places, correcting them, taking them out of use; the rules laid over each other."""

from decimal import Decimal

import pytest

from shouwang.access.enums import PERMISSIONS, Role
from shouwang.access.wall import acting
from shouwang.kernel import areas
from shouwang.kernel.errors import Forbidden, NotFound, Refused
from shouwang.kernel.scope import GrantedRange, Scope
from shouwang.places import actions, queries
from shouwang.places.enums import AreaKind
from shouwang.places.models import Area
from shouwang.places.rules.naming import kind_of, stem

CITY, TOWN, OTHER = 429006_000_000, 429006001_000, 429006002_000
LIST = (
    "code,name,street_code,street_name\n"
    "429006001023,新城居委会,429006001,竟陵街道\n429006001024,西龙居委会,429006001,竟陵街道\n"
    "429006002201,新城村委会,429006002,候口街道\n429006002202,双湖村委会,429006002,候口街道\n"
    "420102002003,双湖村委会,420102002,大智街道\n"
)
SYSTEM = Scope.system(reason="test")


def scope(role: Role, area: int) -> Scope:
    return Scope(None, "somebody", (GrantedRange(*areas.span(area), PERMISSIONS[role], role),))


@pytest.fixture(autouse=True)
def tree(db: None) -> None:
    with acting(SYSTEM):
        actions.import_divisions(SYSTEM, content=LIST.encode(), file_name="x.csv")


@pytest.mark.parametrize(
    ("code", "name", "urban_class", "kind"),
    [
        (429006001023, "新城居委会", "", AreaKind.URBAN),
        (429006001023, "新城村", "", AreaKind.RURAL),
        (429006001023, "新城居委会", "220", AreaKind.RURAL),
        (429006452598, "虚拟生活区", "", AreaKind.RURAL),
        (429006001401, "园区", "", AreaKind.URBAN),
        (429006001901, "新区", "", AreaKind.UNKNOWN),
        (429006001000, "竟陵街道", "", AreaKind.URBAN),
        (429006103000, "蒋场镇", "", AreaKind.RURAL),
        (CITY, "天门市", "", AreaKind.UNKNOWN),
    ],
)
def test_kind_from_class_name_and_code(code: int, name: str, urban_class: str, kind: AreaKind) -> None:
    assert kind_of(code, name, urban_class) is kind


@pytest.mark.parametrize(
    "name", ["新城", "新城社区", "新城居委会", "新城社区居民委员会", "新 城 村", "新城村委会"]
)
def test_one_stem_for_what_people_mean(name: str) -> None:
    assert stem(name) == "新城"


def test_a_stem_is_never_empty() -> None:
    assert stem("村") == "村"
    assert stem("李场村") == "李场"


@pytest.mark.parametrize("text", ["西龙", "龙居委", "xljwh", "XL", "429006001024", "西龙社区", "小西"])
def test_search_by_name_initials_code_and_alias(text: str) -> None:
    mine = scope(Role.OFFICE, TOWN)
    with acting(SYSTEM):
        actions.add_alias(SYSTEM, code=429006001024, alias="小西")
    with acting(mine):
        assert 429006001024 in [area.code for area in queries.search_areas(mine, text)]


def test_search_ends_at_the_border_of_the_jurisdiction() -> None:
    mine = scope(Role.OFFICE, TOWN)
    with acting(mine):
        assert [area.code for area in queries.search_areas(mine, "新城")] == [429006001023]
        assert queries.search_areas(mine, "") == queries.search_areas(mine, "双湖") == []


def test_a_named_community_is_found_if_only_one_can_be_meant() -> None:
    def found(name: str, near: int | None = None) -> int | None:
        area = queries.find_community(name, near=near)
        return area.code if area else None

    with acting(SYSTEM):
        assert found("西龙社区") == 429006001024
        assert found("新城社区", near=429006001024) == 429006001023
        assert found("新城", near=429006002202) == 429006002201
        assert found("新城") is None  # two of the stem
        assert found("双湖村", near=429006001024) == 429006002202  # not the one of another city
        assert found("无此村") is found("") is None


def test_roots_and_children_follow_the_jurisdiction() -> None:
    town, office = scope(Role.TOWN, TOWN), scope(Role.OFFICE, 429006001023)
    assert [a.code for a in queries.roots(town)] == [TOWN]
    assert [a.code for a in queries.roots(office)] == [429006001023]
    assert [a.code for a in queries.children(office, TOWN)] == [429006001023]
    assert queries.area(town, TOWN).name == "竟陵街道"
    for code in (CITY, OTHER, 7, 429006001999):
        with pytest.raises(NotFound):
            queries.area(town, code)


def test_an_alias_comes_and_goes_and_a_name_is_never_lost() -> None:
    with acting(SYSTEM):
        actions.rename_area(SYSTEM, code=OTHER, name="侯口街道")
        assert actions.rename_area(SYSTEM, code=OTHER, name="侯口街道").aliases == ["候口街道"]
        assert actions.add_alias(SYSTEM, code=OTHER, alias="侯口").aliases == ["候口街道", "侯口"]
        actions.add_alias(SYSTEM, code=OTHER, alias="侯口")
        actions.remove_alias(SYSTEM, code=OTHER, alias="候口街道")
        assert actions.remove_alias(SYSTEM, code=OTHER, alias="候口街道").aliases == ["侯口"]
        with pytest.raises(Refused):
            actions.rename_area(SYSTEM, code=OTHER, name="　 ")


def test_out_of_use_only_when_nothing_in_use_lies_below() -> None:
    with acting(SYSTEM):
        with pytest.raises(Refused) as refused:
            actions.deactivate_area(SYSTEM, code=TOWN)
        assert refused.value.code == "area_has_children"
        for code in (429006001023, 429006001024, TOWN):
            actions.deactivate_area(SYSTEM, code=code)
        assert not Area.objects.get(code=TOWN).active
        assert actions.reactivate_area(SYSTEM, code=TOWN).active


def test_the_tree_is_changed_by_its_own_people_only() -> None:
    for mine, code in (
        (scope(Role.CALLER, TOWN), TOWN),
        (scope(Role.TOWN, TOWN), OTHER),
        (scope(Role.TOWN, TOWN), CITY),
    ):
        with acting(mine), pytest.raises(Forbidden):
            actions.rename_area(mine, code=code, name="x")
    with acting(SYSTEM), pytest.raises(NotFound):
        actions.rename_area(SYSTEM, code=7, name="x")


def test_a_place_is_added_under_towns_and_cities_only() -> None:
    with acting(SYSTEM):
        with pytest.raises(Refused) as refused:
            actions.add_area(SYSTEM, parent=TOWN, name="新城居委会")
        assert refused.value.code == "area_exists"
        with pytest.raises(Refused):
            actions.add_area(SYSTEM, parent=429006001023, name="某某组")


def test_rules_are_laid_over_each_other_city_town_community() -> None:
    with acting(SYSTEM):
        actions.set_profile(SYSTEM, area=CITY, settings={"outing_every_days": 2, "fever_above": "37.2"})
        actions.set_profile(SYSTEM, area=TOWN, settings={"outing_every_days": 4})
        actions.set_profile(SYSTEM, area=429006001023, settings={"mask_required": False})
        here, beside, elsewhere = (
            queries.profile_for(SYSTEM, code) for code in (429006001023, 429006001024, 420102002003)
        )
        assert (here.outing_every_days, here.fever_above, here.mask_required) == (4, Decimal("37.2"), False)
        assert (beside.outing_every_days, beside.mask_required) == (4, True)
        assert (elsewhere.outing_every_days, elsewhere.fever_above) == (3, Decimal("37.3"))
        many = queries.profiles_for(SYSTEM, [429006001023, 429006001024, 420102002003])
        assert list(many.values()) == [here, beside, elsewhere]
        actions.set_profile(SYSTEM, area=TOWN, settings={})
        assert queries.profile_for(SYSTEM, 429006001023).outing_every_days == 2


@pytest.mark.parametrize(
    "settings", [{"nonsense": 1}, {"outing_every_days": "often"}, {"mask_required": "yes"}]
)
def test_a_rule_that_is_none_is_refused(settings: dict[str, object]) -> None:
    with acting(SYSTEM), pytest.raises(Refused):
        actions.set_profile(SYSTEM, area=TOWN, settings=settings)
    mine = scope(Role.OFFICE, TOWN)
    with acting(mine), pytest.raises(Forbidden):
        actions.set_profile(mine, area=CITY, settings={})
