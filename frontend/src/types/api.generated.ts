// Written by `npm run types` from functions/openapi.json. Do not edit.

export interface paths {
    "/api/crm/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the parts answer. A cache that is down slows things, and fails nothing. */
        get: operations["get_health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This description of the API, as OpenAPI 3.1. */
        get: operations["get_openapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This description of the API as a page to read. */
        get: operations["get_docs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/users/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The calling user; made at the first call. */
        get: operations["get_user"];
        put?: never;
        post?: never;
        /** Erases the calling user and everything that is theirs. */
        delete: operations["delete_user"];
        options?: never;
        head?: never;
        /** Changes the name or some settings; a setting of null is removed. */
        patch: operations["update_user"];
        trace?: never;
    };
    "/api/crm/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Contacts page by page, in one of four orders; filters narrow them. */
        get: operations["list_contacts"];
        put?: never;
        /** Adds a contact, and queues it to be filled in unless `enrich` is false. One whose e-mail or LinkedIn profile is there already is answered with 200, unchanged. */
        post: operations["create_contact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/contacts/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The contacts that fit best, as one types: beginnings of words, accents, case and small typing errors forgiven. */
        get: operations["search_contacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/contacts/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Imports a file of contacts: CSV, vCard, JSON or a zip archive of them, whatever program it comes from.
         * @description Format and dialect are found from the content. A row that cannot be read is reported with its line, field and value and never stops the rest. Importing the same file again changes nothing.
         */
        post: operations["import_contacts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/contacts/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Downloads all contacts as CSV, vCard or JSON; what it writes, the import reads back without loss. */
        get: operations["export_contacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/contacts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One contact. */
        get: operations["get_contact"];
        /** Replaces every field that people edit; what is left out is emptied. */
        put: operations["replace_contact"];
        post?: never;
        /** Removes a contact and its relationships. */
        delete: operations["delete_contact"];
        options?: never;
        head?: never;
        /** Changes some fields by a JSON merge patch (RFC 7396). */
        patch: operations["update_contact"];
        trace?: never;
    };
    "/api/crm/contacts/{id}/enrich": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Queues a contact to be filled in from the configured providers.
         * @description Providers that cost credits charge only for what they find. With `force` they are asked again, and charged again.
         */
        post: operations["request_enrichment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/enrichment/credits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many credits the caller has. */
        get: operations["get_credits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/enrichment/credits/ledger": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every movement of the caller's credits, the latest first; all of them add up to the balance.
         * @description A charge is made when a provider is asked, and released when it has no answer.
         */
        get: operations["list_ledger"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * Contact
         * @description A contact as it is answered.
         */
        Contact: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            /** Email */
            email: string | null;
            /** Emails */
            emails: string[];
            /** Phones */
            phones: string[];
            /** Company */
            company: string | null;
            /** Title */
            title: string | null;
            /** Location */
            location: string | null;
            /** Linkedin Url */
            linkedin_url: string | null;
            /** Birthday */
            birthday: string | null;
            /** Notes */
            notes: string | null;
            /** Tags */
            tags: string[];
            /** Custom */
            custom: {
                [key: string]: string;
            };
            /** Enrichment */
            enrichment: {
                [key: string]: unknown;
            };
            /** Source */
            source: string;
            /** Is Self */
            is_self: boolean;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
        };
        /**
         * ContactCreate
         * @description A new contact.
         *
         *     Attributes:
         *         enrich: fill in what is missing from the configured providers.
         */
        ContactCreate: {
            /**
             * Name
             * @default
             */
            name?: string;
            /**
             * Email
             * @default null
             */
            email?: string | null;
            /**
             * Emails
             * @default []
             */
            emails?: string[];
            /**
             * Phones
             * @default []
             */
            phones?: string[];
            /**
             * Company
             * @default null
             */
            company?: string | null;
            /**
             * Title
             * @default null
             */
            title?: string | null;
            /**
             * Location
             * @default null
             */
            location?: string | null;
            /**
             * Linkedin Url
             * @default null
             */
            linkedin_url?: string | null;
            /**
             * Birthday
             * @default null
             */
            birthday?: string | null;
            /**
             * Notes
             * @default null
             */
            notes?: string | null;
            /**
             * Tags
             * @default []
             */
            tags?: string[];
            /**
             * Custom
             * @default {}
             */
            custom?: {
                [key: string]: string;
            };
            /**
             * Enrich
             * @default true
             */
            enrich?: boolean;
        };
        /**
         * ContactFields
         * @description What people edit of a contact. `emails` are all its addresses, `email` the first of them.
         */
        ContactFields: {
            /**
             * Name
             * @default
             */
            name?: string;
            /**
             * Email
             * @default null
             */
            email?: string | null;
            /**
             * Emails
             * @default []
             */
            emails?: string[];
            /**
             * Phones
             * @default []
             */
            phones?: string[];
            /**
             * Company
             * @default null
             */
            company?: string | null;
            /**
             * Title
             * @default null
             */
            title?: string | null;
            /**
             * Location
             * @default null
             */
            location?: string | null;
            /**
             * Linkedin Url
             * @default null
             */
            linkedin_url?: string | null;
            /**
             * Birthday
             * @default null
             */
            birthday?: string | null;
            /**
             * Notes
             * @default null
             */
            notes?: string | null;
            /**
             * Tags
             * @default []
             */
            tags?: string[];
            /**
             * Custom
             * @default {}
             */
            custom?: {
                [key: string]: string;
            };
        };
        /**
         * ContactImport
         * @description What an import did; `received` = created + updated + unchanged + failed.
         */
        ContactImport: {
            /**
             * Import Id
             * Format: uuid
             */
            import_id: string;
            /** Format */
            format: string;
            /** Mapping */
            mapping: {
                [key: string]: string;
            };
            /** Received */
            received: number;
            /** Created */
            created: number;
            /** Updated */
            updated: number;
            /** Unchanged */
            unchanged: number;
            /** Failed */
            failed: number;
            /** Errors */
            errors: components["schemas"]["ImportFailure"][];
        };
        /**
         * ContactList
         * @description A page of contacts.
         */
        ContactList: {
            /** Items */
            items: components["schemas"]["Contact"][];
            /** Next Cursor */
            next_cursor: string | null;
            /**
             * Total
             * @default null
             */
            total?: number | null;
        };
        /**
         * ContactPatch
         * @description A JSON merge patch (RFC 7396): what is left out stays, null empties, `custom` is merged key by key.
         */
        ContactPatch: {
            /**
             * Name
             * @default null
             */
            name?: string | null;
            /**
             * Email
             * @default null
             */
            email?: string | null;
            /**
             * Emails
             * @default null
             */
            emails?: string[] | null;
            /**
             * Phones
             * @default null
             */
            phones?: string[] | null;
            /**
             * Company
             * @default null
             */
            company?: string | null;
            /**
             * Title
             * @default null
             */
            title?: string | null;
            /**
             * Location
             * @default null
             */
            location?: string | null;
            /**
             * Linkedin Url
             * @default null
             */
            linkedin_url?: string | null;
            /**
             * Birthday
             * @default null
             */
            birthday?: string | null;
            /**
             * Notes
             * @default null
             */
            notes?: string | null;
            /**
             * Tags
             * @default null
             */
            tags?: string[] | null;
            /**
             * Custom
             * @default null
             */
            custom?: {
                [key: string]: string | null;
            } | null;
        };
        /**
         * ContactSearchResult
         * @description The best contacts first.
         */
        ContactSearchResult: {
            /** Items */
            items: components["schemas"]["FoundContact"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * CreditBalance
         * @description How many credits the caller has.
         */
        CreditBalance: {
            /** Balance */
            balance: number;
        };
        /**
         * EnrichmentQueued
         * @description A contact is queued; what is found shows in its `enrichment`.
         */
        EnrichmentQueued: {
            /**
             * Contact Id
             * Format: uuid
             */
            contact_id: string;
            /**
             * Status
             * @constant
             */
            status: "pending";
        };
        /**
         * EnrichmentRequest
         * @description How a contact is enriched.
         *
         *     Attributes:
         *         priority: what goes first.
         *         force: ask again what was answered before; that is charged again.
         */
        EnrichmentRequest: {
            /**
             * Priority
             * @default normal
             * @enum {string}
             */
            priority?: "high" | "normal" | "low";
            /**
             * Force
             * @default false
             */
            force?: boolean;
        };
        /**
         * FoundContact
         * @description A contact with how well it fits a search and in which fields.
         */
        FoundContact: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            /** Email */
            email: string | null;
            /** Emails */
            emails: string[];
            /** Phones */
            phones: string[];
            /** Company */
            company: string | null;
            /** Title */
            title: string | null;
            /** Location */
            location: string | null;
            /** Linkedin Url */
            linkedin_url: string | null;
            /** Birthday */
            birthday: string | null;
            /** Notes */
            notes: string | null;
            /** Tags */
            tags: string[];
            /** Custom */
            custom: {
                [key: string]: string;
            };
            /** Enrichment */
            enrichment: {
                [key: string]: unknown;
            };
            /** Source */
            source: string;
            /** Is Self */
            is_self: boolean;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
            /** Score */
            score: number;
            /** Matched */
            matched: string[];
        };
        /**
         * Health
         * @description Whether the parts answer; a cache that is down slows things, and fails nothing.
         */
        Health: {
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Database
             * @constant
             */
            database: "ok";
            /**
             * Cache
             * @enum {string}
             */
            cache: "ok" | "down";
        };
        /**
         * ImportFailure
         * @description What could not be read of one record.
         */
        ImportFailure: {
            /** Line */
            line: number;
            /** Field */
            field: string | null;
            /** Message */
            message: string;
            /** Value */
            value: string | null;
        };
        /**
         * Ledger
         * @description A page of the ledger, the latest line first.
         */
        Ledger: {
            /** Items */
            items: components["schemas"]["LedgerLine"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * LedgerLine
         * @description One movement of credits; all of them add up to the balance.
         */
        LedgerLine: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "grant" | "charge" | "release";
            /** Credits */
            credits: number;
            /** Contact Id */
            contact_id: string | null;
            /** Provider */
            provider: string | null;
            /**
             * At
             * Format: date-time
             */
            at: string;
        };
        /**
         * Problem
         * @description An error as RFC 9457 tells it (`application/problem+json`).
         */
        Problem: {
            /** Type */
            type: string;
            /** Title */
            title: string;
            /** Status */
            status: number;
            /** Detail */
            detail: string;
            /** Code */
            code: string;
            /**
             * Errors
             * @default null
             */
            errors?: components["schemas"]["ProblemField"][] | null;
        };
        /**
         * ProblemField
         * @description One field that fails validation.
         */
        ProblemField: {
            /** Field */
            field: string;
            /** Message */
            message: string;
        };
        /**
         * User
         * @description The calling user.
         */
        User: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            /** Email */
            email: string | null;
            /**
             * Self Contact Id
             * Format: uuid
             */
            self_contact_id: string;
            /** Credits */
            credits: number;
            /** Settings */
            settings: {
                [key: string]: boolean | number | string;
            };
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
        };
        /**
         * UserUpdate
         * @description What a user may change of themselves; settings are merged, null removes one.
         */
        UserUpdate: {
            /**
             * Name
             * @default null
             */
            name?: string | null;
            /**
             * Settings
             * @default null
             */
            settings?: {
                [key: string]: boolean | number | string | null;
            } | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    get_health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description What was wrong */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What was wrong */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_openapi: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you hold: 304 when it is still the same. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description What was wrong */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What was wrong */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_docs: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you hold: 304 when it is still the same. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description What was wrong */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What was wrong */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_user: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description What was wrong */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What was wrong */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_user: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was wrong */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What was wrong */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    update_user: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/merge-patch+json": components["schemas"]["UserUpdate"];
                "application/json": components["schemas"]["UserUpdate"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description What was wrong */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What was wrong */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_contacts: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                sort?: "name" | "-created_at" | "-updated_at" | "company";
                /** @description has all of these tags. */
                tag?: string[];
                /** @description works there; case and accents are ignored. */
                company?: string;
                /** @description has an e-mail address, or has none. */
                has_email?: boolean;
                fields?: string;
                /** @description also count them all, which takes a while for many. */
                include_total?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactList"];
                };
            };
            /** @description What was wrong */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What was wrong */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_contact: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactCreate"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            /** @description What was wrong */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What was wrong */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    search_contacts: {
        parameters: {
            query: {
                limit?: number;
                cursor?: string;
                q: string;
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactSearchResult"];
                };
            };
            /** @description What was wrong */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What was wrong */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    import_contacts: {
        parameters: {
            query?: {
                /** @description tell what would happen, and change nothing. */
                dry_run?: boolean;
                /** @description of a contact that is there already, fill the blanks or leave it. */
                on_duplicate?: "update" | "skip";
                /** @description JSON object from a column's title to a field, over what is recognised. */
                mapping?: string;
                /** @description added to every contact of the file, separated by commas. */
                tags?: string;
                /** @description fill in what is missing from the configured providers. */
                enrich?: boolean;
                /** @description strength of a tie from each contact of the file to the self contact. */
                tie_to_me?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "text/csv": string;
                "text/vcard": string;
                "application/json": string;
                "application/zip": string;
                "application/octet-stream": string;
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactImport"];
                };
            };
            /** @description What was wrong */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What was wrong */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_contacts: {
        parameters: {
            query?: {
                format?: "csv" | "vcf" | "json";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                    "text/vcard": string;
                    "application/json": string;
                };
            };
            /** @description What was wrong */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What was wrong */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_contact: {
        parameters: {
            query?: {
                /** @description names separated by commas; all when left out. */
                fields?: string;
            };
            header?: {
                /** @description The ETag that you hold: 304 when it is still the same. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            /** @description What was wrong */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What was wrong */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replace_contact: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you read: 412 when it was changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactFields"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            /** @description What was wrong */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What was wrong */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_contact: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you read: 412 when it was changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was wrong */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What was wrong */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    update_contact: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you read: 412 when it was changed since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/merge-patch+json": components["schemas"]["ContactPatch"];
                "application/json": components["schemas"]["ContactPatch"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            /** @description What was wrong */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What was wrong */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    request_enrichment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EnrichmentRequest"];
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnrichmentQueued"];
                };
            };
            /** @description What was wrong */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What was wrong */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_credits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreditBalance"];
                };
            };
            /** @description What was wrong */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What was wrong */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_ledger: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ledger"];
                };
            };
            /** @description What was wrong */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What was wrong */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
