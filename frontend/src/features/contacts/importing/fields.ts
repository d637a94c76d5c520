/** The fields that a column can become, as the API names them, with the words for people. */
export const FIELDS: readonly (readonly [string, string])[] = [
  ["name", "Name"],
  ["first_name", "First name"],
  ["last_name", "Last name"],
  ["email", "E-mail"],
  ["emails", "Further e-mails"],
  ["phones", "Phone"],
  ["company", "Company"],
  ["title", "Title"],
  ["location", "Location"],
  ["city", "City"],
  ["region", "Region"],
  ["country", "Country"],
  ["linkedin_url", "LinkedIn"],
  ["birthday", "Birthday"],
  ["notes", "Notes"],
  ["tags", "Tags"],
  ["website", "Website"],
  ["source_uid", "Record id"],
  ["custom", "Custom field"],
  ["ignore", "Leave out"],
];

/** Returns the words for a field, known or not. */
export function fieldWords(field: string): string {
  const known = FIELDS.find(([name]) => name === field);
  return known ? known[1] : field.replaceAll("_", " ");
}

/** Exports by the names people know them by. */
const FORMATS: Readonly<Record<string, string>> = {
  linkedin_csv: "LinkedIn’s list of connections",
  google_csv: "Google Contacts",
  google_csv_old: "Google Contacts, the older form",
  outlook_csv: "Outlook",
  hubspot_csv: "HubSpot",
  salesforce_csv: "Salesforce",
  thunderbird_csv: "Thunderbird",
  vcard: "an address book (vCard)",
  warmpath_csv: "Warmpath’s own export",
  warmpath_vcard: "Warmpath’s own address book",
  warmpath_json: "Warmpath’s own export",
  csv: "a spreadsheet",
  json: "a JSON export",
  ldif: "a directory’s list (LDIF)",
  recipients: "the address lines of a mail",
};

/** Returns the words for a recognised format. */
export function formatWords(format: string): string {
  return FORMATS[format] ?? format.replaceAll("_", " ");
}
