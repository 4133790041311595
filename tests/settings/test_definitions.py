"""The declarations of the settings."""

from pactreader.settings.definitions import SETTINGS, Settings


def test_every_declared_setting_has_its_default():
    defaults = Settings()._asdict()

    assert {name: defaults[name] for name in SETTINGS} == {
        name: setting.default for name, setting in SETTINGS.items()
    }


def test_every_setting_but_labels_and_keys_is_declared():
    assert set(Settings._fields) - {"labels", "keys", "locations"} == set(SETTINGS)
