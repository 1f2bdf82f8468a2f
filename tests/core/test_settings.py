from app.core.settings import Settings


def test_a_fact_is_there_after_it_was_put_and_before_it_is_the_default(store):
    settings = Settings(store)
    assert settings.get("school.name", "未填") == "未填"
    settings.put({"school.name": "希望小学", "school.year": 2026, "school.has_bus": False})
    settings.put({"school.name": "希望中心小学"})
    assert settings.get("school.name") == "希望中心小学"
    assert settings.get("school.year") == 2026
    assert settings.get("school.has_bus", True) is False


def test_a_fact_that_is_nothing_is_still_known(store):
    settings = Settings(store)
    settings.put({"school.boards": None})
    assert settings.get("school.boards", "默认") is None


def test_who_changed_a_fact_is_in_the_journal_and_undo_passes_over_it(store):
    Settings(store).put({"school.name": "希望小学"}, "建立学校")
    assert [(a.label, a.undoable) for a in store.actions(5)] == [("建立学校", False)]
    assert store.undo() is None
