from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.config import ConfigurationError
from shared.enrichment.providers import values
from shared.enrichment.providers.catalog import cheapest_cost, make_waterfall
from shared.enrichment.providers.http import JsonClient, requested_wait_s
from shared.enrichment.providers.provider import Found, NotFound

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)  # the machine may be busy with the other tests
@given(st.dictionaries(st.sampled_from(["name", "linkedin_url", "website", "title"]), anything))
def test_whatever_a_vendor_sends_only_clean_text_goes_on(sent):
    answer = values.found(sent, 0.5)

    for value in answer.fields.values() if isinstance(answer, Found) else ():
        assert value.value == value.value.strip() != ""
        assert len(value.value) <= values.MAX_URL
        assert not any(ord(character) < 32 for character in value.value)


@pytest.mark.parametrize(
    ("sent", "clean"),
    [
        ("https://a.example/x", "https://a.example/x"), ("a.example", "https://a.example"), ("javascript:alert(1)", ""),
        ("javascript://a.example/%0aalert(1)", ""), ("https://a b", ""), ("http://[::1", ""), ("localhost", ""),
        ("data:text/html,x", ""), (None, ""), (7, ""), ("https://" + "a" * 3000 + ".example", ""),
    ],
)  # fmt: skip
def test_only_web_addresses_are_addresses(sent, clean):
    assert values.url(sent) == clean


@pytest.mark.parametrize(
    ("sent", "clean"),
    [
        ("matttharp", "https://www.linkedin.com/in/matttharp"),
        ("linkedin.com/in/Sean", "https://www.linkedin.com/in/sean"),
        ("http://uk.linkedin.com/in/sean/?x=1", "https://www.linkedin.com/in/sean"),
        ("https://linkedin.com/company/acme", ""),
        (True, ""),
    ],
)
def test_profiles_are_brought_to_one_form(sent, clean):
    assert values.linkedin(sent) == clean


def test_an_answer_without_anything_in_it_is_none():
    assert values.found({"name": None, "title": " ", "company": True}, 0.9) == NotFound()


def test_how_long_to_wait_is_read_from_every_form_vendors_use():
    soon = datetime.now(UTC) + timedelta(seconds=90)

    assert requested_wait_s({}) is None
    assert requested_wait_s({"retry-after": "7"}) == 7
    assert requested_wait_s({"x-reset": "12.5"}, "x-reset") == 12.5
    for header in (
        format_datetime(soon),
        soon.isoformat(),
        soon.replace(tzinfo=None).isoformat(" "),
        str(time.time() + 90),
    ):
        assert 85 < (requested_wait_s({"x-reset": header}, "x-reset") or 0) < 91
    assert requested_wait_s({"retry-after": "999999"}) == 3600
    assert requested_wait_s({"retry-after": str(time.time() - 50)}) == 0
    assert requested_wait_s({"retry-after": "soon"}) is None
    assert requested_wait_s({"retry-after": "nan"}) is None


def test_without_configuration_only_the_offline_provider_is_there():
    assert [provider.name for provider in make_waterfall({})] == ["domain"]
    assert make_waterfall({"ENRICHMENT_PROVIDERS": ""}) == ()


def test_the_waterfall_is_in_the_configured_order_and_leaves_out_who_has_no_key(caplog):
    environ = {"ENRICHMENT_PROVIDERS": "pdl, gravatar,hunter,apollo,github,domain", "PDL_API_KEY": "x"}

    with caplog.at_level("WARNING"):
        waterfall = make_waterfall(environ)

    assert [provider.name for provider in waterfall] == ["pdl", "gravatar", "github", "domain"]
    assert [record.provider for record in caplog.records] == ["hunter", "apollo"]
    assert "x" not in caplog.text.replace("provider.skipped", "").split("API_KEY")[0][-2:]


@pytest.mark.parametrize(
    "environ",
    [
        {"ENRICHMENT_PROVIDERS": "hunter,clearbit"},
        {"ENRICHMENT_PROVIDERS": "domain,domain"},
        {"ENRICHMENT_PROVIDERS": "gravatar", "GRAVATAR_BASE_URL": "ftp://x.example"},
        {"ENRICHMENT_PROVIDERS": "gravatar", "GRAVATAR_BASE_URL": "https://"},
        {"ENRICHMENT_PROVIDERS": "gravatar", "GRAVATAR_TIMEOUT_S": "0"},
        {"ENRICHMENT_PROVIDERS": "gravatar", "GRAVATAR_TIMEOUT_S": "soon"},
    ],
)
def test_a_configuration_that_makes_no_sense_is_refused(environ):
    with pytest.raises(ConfigurationError):
        make_waterfall(environ)


def test_the_cheapest_is_the_cheapest_that_costs_anything():
    keys = {"PDL_API_KEY": "x", "HUNTER_API_KEY": "x"}

    assert cheapest_cost(make_waterfall({"ENRICHMENT_PROVIDERS": "domain,pdl,hunter", **keys})) == 1
    assert cheapest_cost(make_waterfall({"ENRICHMENT_PROVIDERS": "domain,pdl", **keys})) == 2
    assert cheapest_cost(make_waterfall({"ENRICHMENT_PROVIDERS": "domain,gravatar"})) == 0


@pytest.mark.parametrize(
    "address", ["", "x.example", "file:///etc/passwd", "https://x.example?a=b", "https://x.example/#a"]
)
def test_a_base_address_is_a_plain_web_address(address):
    with pytest.raises(ValueError, match="must be an address"):
        JsonClient(address, {}, 1)
