"""The link that sets up a phone works once, and shows nothing before somebody chooses."""

from __future__ import annotations

import plistlib
import re
from urllib.parse import unquote, urlsplit

import pytest

from tests.integration.devices.conftest import Dav


@pytest.fixture
def made(api):
    return api.post("/api/crm/devices", json={"name": "Uma's <phone>"}).json


def opened(api, made, **query):
    return api.anonymous().get(urlsplit(made["connect_url"]).path, query_string=query)


def test_looking_at_the_link_uses_nothing_up_and_shows_no_secret(api, made):
    for _ in range(3):
        page = opened(api, made)
        assert page.status_code == 200
        assert made["password"] not in page.text
        assert "Uma&#x27;s &lt;phone&gt;" in page.text
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["Referrer-Policy"] == "no-referrer"


def test_apples_profile_signs_in_and_the_link_works_once(api, made, gateway):
    answer = opened(api, made, **{"for": "apple"})
    assert answer.headers["Content-Type"] == "application/x-apple-aspen-config"
    account = plistlib.loads(answer.data)["PayloadContent"][0]
    assert account["PayloadType"] == "com.apple.carddav.account"
    device = Dav(gateway, {"username": account["CardDAVUsername"], "password": account["CardDAVPassword"]})
    assert device.principal == account["CardDAVPrincipalURL"]
    assert opened(api, made, **{"for": "apple"}).status_code == 404
    assert opened(api, made).status_code == 404


def test_android_gets_an_address_with_name_and_password(api, made, gateway):
    page = opened(api, made, **{"for": "android"}).text
    parts = urlsplit(re.findall(r'href="(.*?)"', page)[0])
    device = Dav(gateway, {"username": unquote(parts.username or ""), "password": unquote(parts.password or "")})
    assert (parts.path, device.principal.startswith("/dav/")) == ("/dav/", True)


def test_a_link_is_good_for_ten_minutes(api, made, owner):
    owner.run("update crm.devices set link_until = now() where id = :id", id=made["id"])
    assert opened(api, made, **{"for": "other"}).status_code == 404


@pytest.mark.parametrize("token", ["x", "%00", "a" * 3000, "../" * 3])
def test_a_link_that_nobody_made_is_not_known(api, token):
    assert api.anonymous().get(f"/api/crm/devices/connect/{token}").status_code in {400, 404}


def test_a_device_needs_a_name_and_nobody_has_more_than_fifty(api):
    for body in ({}, {"name": ""}, {"name": "a" * 101}, {"name": "x\0"}, {"name": 3}, {"name": "x", "other": 1}):
        assert api.post("/api/crm/devices", json=body).status_code == 422, body
    for number in range(50):
        assert api.post("/api/crm/devices", json={"name": f"Phone {number}"}).status_code == 201
    assert api.post("/api/crm/devices", json={"name": "One more"}).status_code == 409
