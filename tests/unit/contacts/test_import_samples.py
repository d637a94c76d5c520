"""Every file of real address books, and what a careful person expects of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.contacts.reading import facts, read

if TYPE_CHECKING:
    from shared.contacts.importing.parsed import ParsedContact

SAMPLES = Path(__file__).parents[3].parent / "shared" / "samples"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample address books are not beside this checkout")


def one(**fields: Any) -> dict[str, Any]:
    """Expected facts; `emails` stands for both the list and its first."""
    if "emails" in fields:
        fields["email"] = fields["emails"][0]
    if "linkedin_slug" in fields:
        fields["linkedin_url"] = f"https://www.linkedin.com/in/{fields['linkedin_slug']}"
    return fields


WHOLE = {
    "google_new_atlas.csv": (
        "google_csv",
        [
            one(
                name="Aisha Rahman", emails=["aisha@x.my"], phones=["+60 12-345 6789", "04-1234567"], company="Kedai Aisha", title="Owner",
                notes="Met at Penang Rotary 2016", tags=["Rotary"], custom={"Nickname": "Kak Aisha"},
            ),
            one(name="Tan Wei Ming", phones=["016-555 1234"], company="Tan Florist"),
            one(name="No Phone Person"),
        ],
    ),
    "google_old_constellation.csv": (
        "google_csv_old",
        [
            one(name="Jerry Mathis", emails=["jerry@example.com"], phones=["(757) 555-0101"], company="Example Partners", title="Founder"),
            one(name="Zoë, Smith", emails=["zoe@example.com"], company="Unicode Works", title="Engineer"),
        ],
    ),
    "messy_agency_chaos.csv": (
        "csv",
        [
            one(
                name="Rajesh Kumar", emails=["raj@agency.in"], phones=["9876501234"], notes="Callback Monday", source_uid="leadid:LD-001",
                custom={"Lead ID": "LD-001", "Owner": "Priya", "Status": "Hot"},
            ),
            one(name="Sneha Reddy", emails=["sneha@gmail.com"], source_uid="leadid:LD-002", custom={"Lead ID": "LD-002", "Owner": "Amit", "Status": "Warm"}),
            one(name="Vikram", notes="Wrong number", source_uid="leadid:LD-003", custom={"Lead ID": "LD-003", "Owner": "Rahul", "Status": "Cold"}),
            one(
                name="Deepa Nair", emails=["deepa@outlook.com"], notes="Booked site visit", source_uid="leadid:LD-004",
                custom={"Lead ID": "LD-004", "Owner": "Anita", "Status": "Hot"},
            ),
        ],
    ),
    "roundcube_outlook.csv": ("outlook_csv", [one(emails=["test1@domain.tld", "test2@domain.tld", "test3@domain.tld"])]),
    "roundcube_tb_plain.csv": (
        "thunderbird_csv",
        [
            one(
                name="Displayname", emails=["test@domain.tld", "next@domain.tld"], phones=["phone work", "phone home", "mobile"],
                company="Organization", title="title", location="City, region, USA", birthday="1970-11-15",
                custom={
                    "Nickname": "Nick", "Fax Number": "fax", "Pager Number": "pager", "Department": "department", "First Name": "Firstname",
                    "Last Name": "Lastname", "Web Page 1": "http://page.com", "Web Page 2": "http://webpage.tld",
                    "Home Address": "Priv address, City, region, xx-xxx, USA", "Work Address": "Addr work, Wcity, Wstate, 33-333, Poland",
                },
            )
        ],
    ),
    "thunderbird_export.csv": (
        "thunderbird_csv",
        [
            one(name="contact number one", emails=["contact1@invalid"]),
            one(
                name="contact number two", emails=["contact2@invalid"], title='"worker"', notes="here's some unicode text…",
                custom={"Custom 1": "custom, 1", "Custom 2": "custom\t2", "Custom 3": "custom\r3", "Custom 4": "custom\n4"},
            ),
        ],
    ),
    "thunderbird_quote.csv": ("thunderbird_csv", [one(name="Acer America", phones=["(800) 000-0000"], company="Acer America")]),
    "thunderbird_semicolon.csv": (
        "thunderbird_csv",
        [one(name="John Doe", emails=["john@doe.invalid"]), one(name="Jane Doe", emails=["jane@doe.invalid"])],
    ),
    "thunderbird_utf16.csv": ("thunderbird_csv", [one(name="John Doe", emails=["johndoe@host.invalid"])]),
    "linkedin_sixhops.csv": (
        "linkedin_csv",
        [
            one(name="Priya Sharma", company="Razorpay", title="Software Engineer II", linkedin_slug="priya-sharma-1", custom={"Connected On": "12 Mar 2021"}),
            one(
                name="Rahul Iyer", emails=["rahul@example.com"], company="Flipkart", title="Senior SDE", linkedin_slug="rahul-iyer",
                custom={"Connected On": "05 Jan 2020"},
            ),
            one(
                name="Priya Sharma", company="Razorpay Software Pvt Ltd", title="Product Manager", linkedin_slug="priya-sharma-2",
                custom={"Connected On": "01 Feb 2022"},
            ),
            one(name="Anita Rao", linkedin_slug="anita-rao", custom={"Connected On": "20 Jul 2019"}),
        ],
    ),
    "ezvcard_rfc2426.vcf": (
        "vcard",
        [
            one(
                name="Frank Dawson", emails=["Frank_Dawson@Lotus.com", "fdawson@earthlink.net"], phones=["+1-919-676-9515"],
                company="Lotus Development Corporation", location="Raleigh, NC, U.S.A.",
                custom={
                    "Work Fax": "+1-919-676-9564", "URL": "http://home.earthlink.net/~fdawson",
                    "Work Address": "6544 Battleford Drive, Raleigh, NC, 27613-3502, U.S.A.",
                },
            ),
            one(
                name="Tim Howes", emails=["howes@netscape.com"], phones=["+1-415-937-3419"], company="Netscape Communications Corp.",
                location="Mountain View, CA, U.S.A.",
                custom={"Work Fax": "+1-415-528-4164", "Work Address": "501 E. Middlefield Rd., Mountain View, CA, 94043, U.S.A."},
            ),
        ],
    ),
    "ezvcard_rfc6350.vcf": (
        "vcard",
        [
            one(
                name="Simon Perreault", emails=["simon.perreault@viagenie.ca"], phones=["+1-418-656-9254 ext. 102", "+1-418-262-6501"],
                company="Viagenie", location="Quebec, QC, Canada", birthday="--02-03",
                custom={
                    "ANNIVERSARY": "20090808T1430-0500", "GENDER": "M", "LANG": "fr", "LANG 2": "en", "GEO": "geo:46.772673,-71.282945",
                    "KEY": "http://www.viagenie.ca/simon.perreault/simon.asc", "TZ": "-0500", "URL": "http://nomis80.org",
                    "Work phone": "+1-418-656-9254 ext. 102", "Mobile": "+1-418-262-6501",
                    "Name Suffix": "ing. jr, M.Sc.", "Work Address": "Suite D2-630, 2875 Laurier, Quebec, QC, G1V 2M2, Canada",
                },
            )
        ],
    ),
    "folkerkinzel_ansi_greek.vcf": (
        "vcard",
        [one(name="Βαγγέλης", location="Αθήνα", custom={"LABEL": "Aθήνa", "Full Name": "Ευάγγελος Οδυσσέας Παπαθανασίου"})],
    ),
    "folkerkinzel_utf16bom_v30.vcf": (
        "vcard",
        [
            one(
                name="Folker Kinzel", emails=["email1@wumms.de", "email2@folker-kinzel.de"], phones=["0123-45678"], location="Halle, DE",
                birthday="1978-03-11", custom={"URL": "www.folker-kinzel.de", "Address": "Berliner Str. 85, Halle, 06789, DE"},
            ),
            one(
                name="KMS Außenstelle", emails=["blablö@blub.com"], phones=["03443-303776"], company="KMS Außenstelle",
                custom={"homeFax": "03443-333440", "Full Name": "WSF KMS"},
            ),
        ],
    ),
    "folkerkinzel_empty.vcf": ("vcard", []),
    "gammu_qp_newline.vcf": ("vcard", [one(name="ПОРКС - PRIMA", phones=["+222222222222"])]),
    "ical4j_invalid_incomplete_n.vcf": (
        "vcard",
        [
            one(
                name="Antoni Mylka", emails=["antoni@mylka.pl"], location="Szczecin", notes="Antoni Mylka from Aperture project",
                custom={"Name Prefix": "Mr."},
            )
        ],
    ),
    "nextcloud_forrest_gump_v30.vcf": (
        "vcard",
        [
            one(
                name="Forrest Gump", emails=["sherinnom@example.com"], company="Sheri Nom Co.", title="Ultimate Warrior",
                custom={"X-QQ": "21588891", "Name Prefix": "Mr."}, source_uid="5efe2430-92e5-4ea2-9a7c-a05aed152ec92",
            )
        ],
    ),
    "radicale_bday_no_year.vcf": (
        "vcard",
        [one(name="Test bday without year Thunderbird CardBook", birthday="--01-01", source_uid="d0bd27f0-5c7c-4540-b9b6-91314b8361f1")],
    ),
    "thunderbird_export.vcf": (
        "vcard",
        [
            one(name="contact number one", emails=["contact1@invalid"], source_uid="xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"),
            one(
                name="contact number two", emails=["contact2@invalid"], title='"worker"', notes="here's some unicode text…",
                custom={"X-CUSTOM1": "custom, 1", "X-CUSTOM2": "custom\t2", "X-CUSTOM3": "custom\r3", "X-CUSTOM4": "custom\n4"},
                source_uid="yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy",
            ),
        ],
    ),
    "ezvcard_gmail_v30.vcf": (
        "vcard",
        [
            one(
                name="Mr. John Richter, James Doe Sr.", emails=["john.doe@ibm.com"], phones=["905-555-1234", "905-666-1234"], company="IBM",
                title="Money Counter", birthday="1980-03-22",
                location="Crescent moon drive, 555-asd, Nice Area, Albaney, New York 12345, United States of America",
                notes=...,
                custom={
                    "X-PHONETIC-FIRST-NAME": "Jon", "X-PHONETIC-LAST-NAME": "Dow", "URL": "http://www.ibm.com", "Anniversary": "1975-03-01",
                    "Spouse": "Jenny", "Mobile": "905-555-1234", "Home phone": "905-666-1234",
                },
            )
        ],
    ),
    "ezvcard_iphone_v30.vcf": (
        "vcard",
        [
            one(
                name="Mr. John Richter James Doe Sr.", emails=["john.doe@ibm.com"], phones=["905-555-1234", "905-666-1234", "905-777-1234"],
                company="IBM", title="Money Counter", location="New York, New York, United States of America", birthday="2012-06-06",
                custom={
                    "NICKNAME": "Johny", "Department": "Accounting", "Home Fax": "905-888-1234", "Work Fax": "905-999-1234",
                    "Pager": "905-111-1234", "Assistant Phone": "905-222-1234", "URL": "http://www.ibm.com",
                    "Mobile": "905-555-1234", "Home phone": "905-666-1234", "Work phone": "905-777-1234",
                    "Home Address": "Silicon Alley 5, New York, New York, 12345, United States of America",
                    "Work Address": "Street4, Building 6, Floor 8, New York, 12345, USA",
                },
            )
        ],
    ),
    "ezvcard_outlook2007_v21.vcf": (
        "vcard",
        [
            one(
                name="Mr. Michael Angstadt Jr.", emails=["mike.angstadt@gmail.com"], phones=["(111) 555-1111", "(111) 555-2222", "(111) 555-4444"],
                company="TheCompany", title="TheJobTitle", location="New York, NY, USA", birthday="1922-03-10",
                notes="This is the NOTE field\t\nI assume it encodes this text inside a NOTE vCard type.\n"
                "But I'm not sure because there's text formatting going on here.\nIt does not preserve the formatting",
                custom={
                    "NICKNAME": "Mike", "Department": "TheDepartment", "Work Fax": "(111) 555-3333", "URL": "http://mikeangstadt.name",
                    "X-MS-ANNIVERSARY": "20120801", "X-MS-IMADDRESS": "im@aim.com", "X-MS-MANAGER": "TheManagerName",
                    "X-MS-ASSISTANT": "TheAssistantName", "X-MS-SPOUSE": "TheSpouse", "FBURL": "http://website.com/mycal", "ROLE": "TheProfession",
                    "Work phone": "(111) 555-1111", "Home phone": "(111) 555-2222", "Mobile": "(111) 555-4444",
                    "Work Address": "TheOffice, 222 Broadway, New York, NY, 99999, USA",
                },
            )
        ],
    ),
    "kcontacts_testfull.vcf": (
        "vcard",
        [
            one(
                name="Sherlock Holmes", emails=["detective@sherlockholmes.com", "sherlock.holmes@gmail.com"],
                phones=["+44-555-555-5555 ext. 5555", "+44-555-555-6666", "+44-555-555-7777"], title="Detective", location="London, United Kingdom",
                birthday="1953-10-15", tags=["FICTION", "LITERATURE"], source_uid="b8767877-b4a1-4c70-9acc-505d3819e519",
                custom=...,
            )
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_a_sample_reads_as_a_careful_person_expects(name: str) -> None:
    file_format, expected = WHOLE[name]
    got = read((SAMPLES / name).read_bytes(), filename=name)
    assert got.file.format == file_format
    found = [facts(contact) for contact in got.contacts]
    for contact, wanted in zip(found, expected, strict=False):
        contact.update({field: ... for field, value in wanted.items() if value is ... and field in contact})
    assert found == expected


def test_every_sample_is_covered() -> None:
    by_hand = {
        "hubspot_import.csv", "linkedin_url_last.csv", "ezvcard_android_v21.vcf", "ezvcard_lotusnotes_v30.vcf", "folkerkinzel_cropped_v21.vcf",
        "vcard4android_allfields_v30.vcf",
    }  # fmt: skip
    assert {path.name for path in SAMPLES.glob("*.[cv]*")} == set(WHOLE) | by_hand


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_only_the_nameless_linkedin_row_of_those_is_an_error(name: str) -> None:
    errors = read((SAMPLES / name).read_bytes(), filename=name).errors
    assert [(error.line, error.lost) for error in errors] == ([(9, True)] if name == "linkedin_sixhops.csv" else [])


def sample(name: str) -> list[ParsedContact]:
    got = read((SAMPLES / name).read_bytes())
    assert got.errors == []
    return got.contacts


def test_hubspots_ten_rows_have_their_names_and_addresses() -> None:
    assert [(each.name, each.email) for each in sample("hubspot_import.csv")] == [
        ("Test", "test@email.com"),
        *((f"Test{number}", f"test{number}@email.com") for number in range(2, 11)),
    ]


def test_linkedins_columns_are_found_in_any_order() -> None:
    got = read((SAMPLES / "linkedin_url_last.csv").read_bytes())
    assert (got.file.format, got.file.tie_to_me, len(got.contacts), got.errors) == ("linkedin_csv", 0.01, 10, [])
    carol = got.contacts[2]
    assert (carol.line, carol.name, carol.email, carol.company, carol.title, carol.linkedin_slug) == (
        8, "Carol Davis", None, "BigCo", "VP Engineering", "caroldavis",
    )  # fmt: skip
    assert carol.custom == {"Connected On": "10 May 2023"}


def test_androids_six_cards_with_soft_breaks_are_read() -> None:
    got = read((SAMPLES / "ezvcard_android_v21.vcf").read_bytes())
    assert [each.line for each in got.contacts] == [1, 6, 11, 18, 36, 71]
    assert got.names == ["", "", "Ñ Ñ Ñ Ñ Ñ", "Ñ Ñ Ñ Ñ Ñ Ñ Ñ Ñ Ñ Ñ Ñ", "Ñ Ñ Ñ Ñ", "ÑÑÑÑ"]
    assert [each.email for each in got.contacts] == [
        "john.doe@company.com",
        "jane.doe@company.com",
        None,
        None,
        "bob@company.com",
        "henry@company.com",
    ]
    assert got.contacts[3].phones == ["123456", "234567", "3456789", "45678901"]
    assert all(each.tags == [] for each in got.contacts), "My Contacts is no group that anybody made"
    henry = got.contacts[5]
    assert henry.company is not None
    assert set(henry.company) == {"Ñ"}
    assert henry.custom["ORG"].startswith("ÑÑÑ"), "one damaged byte at its end must not spoil the rest"
    assert [(error.line, error.field, error.value) for error in got.errors] == [(36, "email", "Ñ" * 14)]


def test_lotus_notes_folds_and_escapes_are_undone() -> None:
    (contact,) = sample("ezvcard_lotusnotes_v30.vcf")
    assert contact.name == "Mr. Doe John I Johny"
    assert contact.emails == ["john.doe@ibm.com", "billy_bob@gmail.com"]
    assert (contact.company, contact.custom["Department"], contact.custom["ROLE"]) == ("IBM", "SUN", "Counting Money")
    assert contact.custom["NICKNAME"] == "Johny,JayJay"
    assert contact.custom["X-LONG-STRING"].startswith("1234567890")
    assert contact.notes is not None
    assert contact.notes.startswith(
        'THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS"\nAND ANY'
    )
    assert contact.birthday == "1980-05-21"
    assert contact.source_uid == "0e7602cc-443e-4b82-b4b1-90f62f99a199"


def test_a_card_cut_off_in_the_middle_gives_what_was_whole_and_says_so() -> None:
    got = read((SAMPLES / "folkerkinzel_cropped_v21.vcf").read_bytes())
    assert facts(got.only) == one(
        name="Maxl", company="Firma", title="Position",
        custom={"NICKNAME": "Maxl", "Department": "Führungsetage", "Full Name": "Max Middle Name Mustermann", "Name Prefix": "Dr."},
    )  # fmt: skip
    (error,) = got.errors
    assert (error.line, error.value, error.lost) == (1, "Maxl", False)
    assert "cut off" in error.message


def test_davx5s_card_of_all_fields_loses_nothing() -> None:
    (contact,) = sample("vcard4android_allfields_v30.vcf")
    assert (contact.name, contact.company, contact.title) == (
        "Ämi Display",
        "ABC, Inc.",
        "Director, Research and Development",
    )
    assert contact.emails == ["private@example.com", "work@example.com"]
    assert contact.phones == ["+49 1234 56788"]
    assert contact.notes == "This fax number is operational 0800 to 1715 EST, Mon-Fri.\nSecond note"
    assert contact.tags == ["A", "B'C"]
    assert contact.birthday == "1996-04-15"
    assert contact.location == "Raleigh, NC, U.S.A."
    assert contact.source_uid == "mostfields1@at.bitfire.vcard4android"
    said = contact.custom
    assert said["Monkey Tree"] == "Postfach 314, vorne hinten, Teststraße 22, Mönchspfaffingen, 4043, Klöster-Reich"
    assert (said["Full Name"], said["Name Prefix"], said["Name Suffix"]) == (
        "Firstname Middlename1 Middlename2 Lastname",
        "DDDr.",
        "MBA",
    )
    assert (said["Fax"], said["Useless"], said["@work"]) == ("+1-800-MYFAX", "+49 1234 56788", "work@example.com")
    assert (said["RELATED"], said["RELATED 2"]) == ("Ägidius", "muuum@example.com")
    assert (said["Custom Date"], said["X-TEST"], said["ROLE"], said["blog"]) == (
        "20210729", "Value", "Programmer", "http://www.swbyps.restaurant.french/~chezchic.html",
    )  # fmt: skip
