const FIRST = "Ana Bruno Chloe Diego Elif Farah Goran Hana Ivo Jun Kofi Lena Mei Nils Olga Priya";
const LAST =
  "Abara Berg Costa Dubois Eriksen Fischer Garcia Haddad Ito Jansen Kaya Lindqvist Tanaka";
const COMPANIES = "Acme|Globex|Initech|Northwind|Umbra Labs|Hooli|Vandelay|Stark Foundry";
const TITLES =
  "CTO|Head of Design|Founder|Product Manager|Partner|Data Engineer|Sales Lead|Recruiter";
const PEOPLE = 120;

/** Makes a small address book of invented people, to try the app with. */
export function demoFile(): File {
  const pick = (list: string[], at: number) => list[at % list.length] ?? "";
  const [first, last] = [FIRST.split(" "), LAST.split(" ")];
  const [companies, titles] = [COMPANIES.split("|"), TITLES.split("|")];
  const rows = Array.from({ length: PEOPLE }, (_, at) => {
    const given = pick(first, at);
    const family = pick(last, at * 5 + Math.floor(at / 16));
    const company = pick(companies, at * 3 + Math.floor(at / 8));
    const domain = company.toLowerCase().replace(/\W/g, "");
    const email = `${given}.${family}@${domain}.example`.toLowerCase();
    return [given, family, email, company, pick(titles, at * 7)].join(",");
  });
  const text = ["First Name,Last Name,Email Address,Company,Position", ...rows].join("\n");
  return new File([text], "demo-people.csv", { type: "text/csv" });
}
