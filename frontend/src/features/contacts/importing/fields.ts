/** The fields that a column can become, as the API names them, with the words for people. */
export const FIELDS: readonly (readonly [string, string])[] = [
  ["name", "Name"],
  ["first_name", "First name"],
  ["last_name", "Last name"],
  ["email", "E-mail"],
  ["phone", "Phone"],
  ["company", "Company"],
  ["title", "Title"],
  ["location", "Location"],
  ["linkedin_url", "LinkedIn"],
  ["birthday", "Birthday"],
  ["notes", "Notes"],
  ["tags", "Tags"],
  ["custom", "Custom field"],
  ["ignore", "Leave out"],
];

/** Returns the words for a field, known or not. */
export function fieldWords(field: string): string {
  const known = FIELDS.find(([name]) => name === field);
  return known ? known[1] : field.replaceAll("_", " ");
}

/** Exports by the names people know them by. */
const FORMATS: Record<string, string> = {
  linkedin: "LinkedIn connections",
  linkedin_zip: "a LinkedIn archive",
  google: "Google Contacts",
  google_old: "Google Contacts",
  outlook: "Outlook",
  hubspot: "HubSpot",
  salesforce: "Salesforce",
  thunderbird: "Thunderbird",
  vcard: "an address book (vCard)",
  csv: "a spreadsheet (CSV)",
  json: "JSON",
};

/** Returns the words for a recognised format. */
export function formatWords(format: string): string {
  return FORMATS[format] ?? format.replaceAll("_", " ");
}
