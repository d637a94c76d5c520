"""A team of two, from its making to a path through it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def test_two_colleagues_make_a_team_and_one_finds_a_way_through_the_other(
    open_app: Callable[..., Any], email: str
) -> None:
    lead, other = open_app(f"lead-{email}"), open_app(f"other-{email}")
    other.make_network()
    ana = lead.api("POST", "/contacts", {"name": "Ana", "email": f"ana-{other.email}", "enrich": False})

    lead.open("/team")
    lead.page.get_by_label("Name of a new team").fill("Kestrel Labs")
    lead.press("Enter")
    lead.page.get_by_role("heading", name="Kestrel Labs", level=1).wait_for()
    lead.page.get_by_label("E-mail address of a colleague").fill(other.email)
    lead.press("Enter")
    lead.toast(f"{other.email} is invited")
    lead.page.get_by_role("button", name=f"Take back the invitation of {other.email}").wait_for()
    lead.eventually(lambda: any(f"{lead.base_url}/team" in mail["text"] for mail in lead.mails(other.email)))

    other.open("/team")
    other.page.get_by_text("invites you to Kestrel Labs").wait_for()
    other.page.get_by_role("button", name="Ignore").click()
    other.page.get_by_text("invites you to Kestrel Labs").wait_for(state="detached")
    other.page.get_by_role("button", name="Show 1 ignored invitation").click()
    other.page.get_by_role("button", name="Accept").click()
    other.page.get_by_role("heading", name="Kestrel Labs", level=1).wait_for()
    assert other.api("GET", "/teams/mine")["team"]["shares_ties"] is False

    lead.open(f"/?to={ana['id']}")
    lead.page.get_by_role("heading", name=re.compile("^No path to Ana")).wait_for()
    lead.page.get_by_role("checkbox", name="Through my team").press("Space")
    lead.page.get_by_role("heading", name=re.compile("^No path to Ana")).wait_for()

    other.page.get_by_role("checkbox", name="Share my ties").press("Space")
    other.toast("Your ties are shared")
    assert other.page.get_by_role("checkbox", name="Share my ties").is_checked()

    lead.open(f"/?to={ana['id']}&team=1")
    lead.page.get_by_text(re.compile("is in your team and has a strong tie to Ana")).wait_for()
    assert lead.page.get_by_role("list", name=re.compile("to Ana.* strong$")).count() == 1

    hidden = other.api("GET", "/contacts/search?q=ana")["items"][0]["id"]
    other.open(f"/contacts?person={hidden}")
    other.page.get_by_role("button", name="Hide from team").click()
    other.page.get_by_role("button", name="Show to team").wait_for()
    lead.open(f"/?to={ana['id']}&team=1")
    lead.page.get_by_role("heading", name=re.compile("^No path to Ana")).wait_for()
    other.page.get_by_role("button", name="Show to team").click()
    other.page.get_by_role("button", name="Hide from team").wait_for()
    lead.open(f"/?to={ana['id']}&team=1")
    lead.page.get_by_text(re.compile("has a strong tie to Ana")).wait_for()
    lead.page.get_by_role("button", name=re.compile("^Ask ")).click()
    lead.page.get_by_role("button", name=re.compile("^Send to ")).click()
    lead.toast("was asked; you get the answer by e-mail")
    lead.eventually(lambda: any("/respond/" in mail["text"] for mail in lead.mails(other.email)))

    other.open("/team")
    other.page.get_by_role("button", name="Leave the team").click()
    other.page.get_by_role("button", name="Leave", exact=True).click()
    other.page.get_by_role("heading", name="You are not in a team").wait_for()
    lead.open(f"/?to={ana['id']}&team=1")
    lead.page.get_by_role("heading", name=re.compile("^No path to Ana")).wait_for()


def test_an_invitation_can_be_taken_back_and_a_member_removed(open_app: Callable[..., Any], email: str) -> None:
    lead, other = open_app(f"lead-{email}"), open_app(f"other-{email}")
    lead.api("POST", "/teams", {"name": "Kestrel Labs"})
    for address in (other.email, f"third-{email}"):
        lead.api("POST", "/teams/mine/invitations", {"email": address})
    invitation = other.api("GET", "/teams/mine")["invitations"][0]
    other.api("POST", f"/teams/invitations/{invitation['id']}/accept")

    lead.open("/team")
    lead.page.get_by_role("button", name=re.compile("^Pass the team to [Oo]ther")).wait_for()
    lead.page.get_by_role("button", name=f"Take back the invitation of third-{email}").click()
    lead.toast(f"third-{email} is no longer invited")
    lead.page.get_by_role("button", name=re.compile("^Remove [Oo]ther")).click()
    lead.page.get_by_role("button", name=re.compile("^Remove [Oo]ther")).click()
    lead.toast("is no longer in the team")
    team = lead.api("GET", "/teams/mine")["team"]
    assert [member["is_me"] for member in team["members"]] == [True]
    assert team["invitations"] == []


def test_a_team_is_passed_on_and_its_new_owner_removes_others(open_app: Callable[..., Any], email: str) -> None:
    lead, other = open_app(f"lead-{email}"), open_app(f"other-{email}")
    lead.api("POST", "/teams", {"name": "Kestrel Labs"})
    lead.api("POST", "/teams/mine/invitations", {"email": other.email})
    other.api("POST", f"/teams/invitations/{other.api('GET', '/teams/mine')['invitations'][0]['id']}/accept")

    lead.open("/team")
    lead.page.get_by_role("button", name=re.compile("^Pass the team to [Oo]ther")).click()
    lead.page.get_by_role("button", name=re.compile("^Pass the team to [Oo]ther")).click()
    lead.toast("is in charge of the team now")
    lead.page.get_by_role("button", name=re.compile("^Remove ")).wait_for(state="detached")

    other.open("/team")
    other.page.get_by_role("button", name=re.compile("^Remove [Ll]ead")).click()
    other.page.get_by_role("button", name=re.compile("^Remove [Ll]ead")).click()
    other.toast("is no longer in the team")
    assert lead.api("GET", "/teams/mine")["team"] is None


def test_a_colleague_shares_only_that_ties_exist(open_app: Callable[..., Any], email: str) -> None:
    lead, other = open_app(f"lead-{email}"), open_app(f"other-{email}")
    other.make_network()
    ana = lead.api("POST", "/contacts", {"name": "Ana", "email": f"ana-{other.email}", "enrich": False})
    lead.api("POST", "/teams", {"name": "Kestrel Labs"})
    lead.api("POST", "/teams/mine/invitations", {"email": other.email})
    other.api("POST", f"/teams/invitations/{other.api('GET', '/teams/mine')['invitations'][0]['id']}/accept")
    other.api("PUT", "/teams/mine/sharing", {"ties": True})

    other.open("/team")
    assert not other.page.get_by_role("checkbox", name=re.compile("^Include ties between others")).is_checked()
    other.page.get_by_role("checkbox", name="Show how strong they are").press("Space")
    other.toast("Colleagues see only that a tie exists")
    lead.open(f"/?to={ana['id']}&team=1")
    lead.page.get_by_text(re.compile("is in your team and has a tie to Ana")).wait_for()
