from __future__ import annotations


def test_emails_and_their_links_are_forgotten_after_four_hundred_days(network, owner, deliver, mail, schedule):
    network.ask()
    deliver()
    token = mail.token(network.ana)
    network.respond(token, "decline")
    deliver()

    def age(days):
        owner.run(
            "update crm.emails set ended_at = now() - make_interval(days => :d) where user_id = (select id from crm.users where email = :e)",
            d=days, e=network.api.email,
        )  # fmt: skip

    age(399)
    schedule("follow_up_introductions")
    assert network.question(token).status_code == 200
    age(401)
    assert schedule("follow_up_introductions")["forgotten"] == 2
    assert network.question(token).status_code == 404
