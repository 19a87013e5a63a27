"""The tests' own PostgreSQL server: without its programs tests are skipped, in CI they fail."""

import pytest

from tests import postgres


@pytest.fixture
def no_programs(monkeypatch):
    """PostgreSQL is not installed."""
    monkeypatch.setattr(postgres, "programs", lambda: None)
    monkeypatch.delenv("REQUIRE_POSTGRESQL", raising=False)


@pytest.mark.usefixtures("no_programs")
def test_without_its_programs_a_test_is_skipped_and_says_what_to_install():
    with pytest.raises(pytest.skip.Exception, match="apt-get install postgresql"):
        postgres.needed_programs()


@pytest.mark.usefixtures("no_programs")
def test_where_they_must_be_a_test_fails(monkeypatch):
    monkeypatch.setenv("REQUIRE_POSTGRESQL", "1")

    with pytest.raises(pytest.fail.Exception, match="apt-get install postgresql"):
        postgres.needed_programs()


def test_a_server_that_was_away_has_what_it_had(cluster):
    name = cluster.make()
    with cluster.connect(name) as connection:
        connection.execute("CREATE TABLE kept (id integer)")

    with cluster.away(), pytest.raises(postgres.psycopg.OperationalError):
        cluster.connect(name)

    with cluster.connect(name) as connection:
        assert connection.execute("SELECT * FROM kept").fetchall() == []
    cluster.drop(name)
