from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def run(owner_url, *arguments):
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=ROOT, env={**os.environ, "DATABASE_URL": owner_url}, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def test_credits_are_granted_from_the_terminal(owner_url, user_id, user_email):
    granted = run(owner_url, "operate.credits", "grant", user_email, "25")

    assert (granted.returncode, granted.stdout) == (0, f"{user_email} has 125 credits\n")


def test_a_grant_to_nobody_is_one_clear_sentence(owner_url):
    refused = run(owner_url, "operate.credits", "grant", "nobody@x.example", "25")

    assert (refused.returncode, refused.stderr) == (1, 'warmpath: no user has the address "nobody@x.example"\n')
    assert run(owner_url, "operate.credits", "grant", "nobody@x.example", "0").returncode == 2


def test_dead_letters_are_listed_and_raised_from_the_terminal(owner_url, owner):
    owner.run(
        "select crm.bury_message(gen_random_uuid(), 'contact-enrichment', '{}', '{}', 'a reason of the terminal test')"
    )

    assert "a reason of the terminal test" in run(owner_url, "operate.dead_letters", "list").stdout
    assert "dead letters are sent again" in run(owner_url, "operate.dead_letters", "replay").stdout
    assert "a reason of the terminal test" not in run(owner_url, "operate.dead_letters", "list").stdout
