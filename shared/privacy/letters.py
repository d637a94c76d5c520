"""The letter with the link to what an installation holds about an address."""

from __future__ import annotations

from shared.email.letter import Button, Divider, Letter, Paragraph, Small


def link_letter(link: str) -> Letter:
    """Write the letter; it carries nobody's words.

    Args:
        link: address of the page.
    """
    return Letter(
        subject="What this Warmpath installation holds about your address",
        blocks=(
            Paragraph("Hello,"),
            Paragraph(
                "Somebody, most likely you, asked what this installation of Warmpath holds about your e-mail address. The page "
                "shows it, and lets you have it erased. The link works for one day and is for you alone."
            ),
            Button("See what is held", link),
            Divider("Warmpath"),
            Small(
                "If you did not ask, ignore this letter: nothing has changed. No more letters of any kind to this address:",
                link,
            ),
        ),
        stop_url=link,
    )
