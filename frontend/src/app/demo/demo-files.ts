import contacts from "./contacts.csv?raw";
import interactions from "./interactions.csv?raw";
import ties from "./ties.csv?raw";

/** The demo network, as files that the imports read; `python -m dev.seed.starter` writes them. */
export const demoFiles = { contacts, ties, interactions };
