"""What is stored of profiles: codes, nobody else's, not for ever."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.lists.fitting import Profile
from bot.store import now
from bot.store.models import FirmProfile

LI, WANG = 1001, 1002
PROFILE = Profile(industry="services", province="CN-GD", direction="both", markets=("TH", "GULF"))


@pytest.fixture
def store(place):
    opened = place.open()
    yield opened
    opened.close()


@pytest.fixture
def unused_for(store):
    """`unused_for(timedelta(days=2))`: all profiles were last used so long ago."""

    def age(time):
        with store._write() as session:
            session.execute(update(FirmProfile).values(used=now() - time))

    return age


def _rows(store):
    return store._read(lambda session: len(session.scalars(select(FirmProfile)).all()))


def test_a_profile_is_kept_and_changed(store):
    store.profiles.keep(LI, Profile(industry="industry"))
    store.profiles.keep(LI, PROFILE)

    assert store.profiles.of(LI) == PROFILE
    assert store.profiles.of(WANG) == Profile()


def test_a_profile_that_says_nothing_is_not_stored(store):
    store.profiles.keep(LI, PROFILE)
    store.profiles.keep(LI, Profile())

    assert _rows(store) == 0


def test_who_is_forgotten_leaves_no_profile(store):
    for user_id in (LI, WANG):
        store.profiles.keep(user_id, PROFILE)

    store.forget(LI)

    assert store.profiles.of(LI) == Profile()
    assert store.profiles.of(WANG) == PROFILE


def test_what_nobody_uses_is_erased_and_what_is_used_stays(store, unused_for):
    for user_id in (LI, WANG):
        store.profiles.keep(user_id, PROFILE)
    unused_for(timedelta(days=91))
    store.profiles.of(WANG)

    store.purge(90)

    assert store.profiles.of(LI) == Profile()
    assert store.profiles.of(WANG) == PROFILE


def test_lists_do_without_profiles_where_the_database_cannot_be_read(store):
    store.profiles.keep(LI, PROFILE)
    with store._write() as session:
        session.connection().exec_driver_sql("ALTER TABLE profiles RENAME TO elsewhere")

    assert store.profiles.of(LI) == Profile()
