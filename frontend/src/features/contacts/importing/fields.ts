import { FIELD_NAMES, labelOf, type ContactField } from "@/features/contacts/contact-fields";

/** Columns that are parts of a field or kept beside it, listed after the field. */
const PARTS: Partial<Record<ContactField, readonly (readonly [string, string])[]>> = {
  name: [
    ["first_name", "First name"],
    ["last_name", "Last name"],
  ],
  location: [
    ["city", "City"],
    ["region", "Region"],
    ["country", "Country"],
  ],
  tags: [
    ["website", "Website"],
    ["source_uid", "Record id"],
  ],
};

/** The fields that a column can become: the API's name, and the label. */
export const FIELDS: readonly (readonly [string, string])[] = [
  ...FIELD_NAMES.flatMap((field) => [[field, labelOf(field)] as const, ...(PARTS[field] ?? [])]),
  ["ignore", "Leave out"],
];

/** Return the label of a field, known or not. */
export function fieldWords(field: string): string {
  const known = FIELDS.find(([name]) => name === field);
  return known ? known[1] : field.replaceAll("_", " ");
}

/** The names of the formats, for users. */
const FORMATS: Readonly<Record<string, string>> = {
  linkedin_csv: "LinkedIn’s list of connections",
  google_csv: "a Google Contacts export",
  google_csv_old: "a Google Contacts export (older format)",
  outlook_csv: "an Outlook export",
  hubspot_csv: "a HubSpot export",
  salesforce_csv: "a Salesforce export",
  thunderbird_csv: "a Thunderbird export",
  vcard: "an address book (vCard)",
  warmpath_csv: "a Warmpath export",
  warmpath_vcard: "a Warmpath address book",
  warmpath_json: "a Warmpath export",
  csv: "a spreadsheet",
  json: "a JSON export",
  jscontact: "an address book (JSContact)",
  jcard: "an address book (jCard)",
  ldif: "a directory export (LDIF)",
  recipients: "the address lines of an e-mail",
};

/** Return the name of a recognised format. */
export function formatWords(format: string): string {
  return FORMATS[format] ?? format.replaceAll("_", " ");
}
