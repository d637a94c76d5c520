// Written by `npm run types` from functions/openapi.json. Do not edit.

export interface paths {
    "/api/crm/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The health of the database and the cache. Without the cache answers are slower, and still right.
         * @description The health of the database and the cache. Without the cache answers are slower, and still right.
         */
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
        /**
         * This description of the API, as OpenAPI 3.1.
         * @description This description of the API, as OpenAPI 3.1.
         */
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
        /**
         * This description of the API as a page for people.
         * @description This description of the API as a page for people.
         */
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
        /**
         * The calling user, who is added at their first call.
         * @description The calling user, who is added at their first call.
         */
        get: operations["get_user"];
        put?: never;
        post?: never;
        /**
         * Erase the calling user and all of their data.
         * @description Erase the calling user and all of their data.
         */
        delete: operations["delete_user"];
        options?: never;
        head?: never;
        /**
         * Change the caller's name or some settings; null removes a setting.
         * @description Change the caller's name or some settings; null removes a setting.
         */
        patch: operations["update_user"];
        trace?: never;
    };
    "/api/crm/users/me/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Have everything of your account written into a ZIP archive of JSON lines, by a job; its `result` has the address of the archive, which is kept for a week. An export that is under way is answered again.
         * @description Have everything of your account written into a ZIP archive of JSON lines, by a job; its `result` has the address of the archive, which is kept for a week. An export that is under way is answered again.
         */
        get: operations["export_user"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/users/me/exports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download an export of everything; the id is that of its job.
         * @description Download an export of everything; the id is that of its job.
         */
        get: operations["download_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/users/me/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The audit log of your account, newest first: sign-ins, exports, imports and large changes, restores, acts of programs, and changes of what others see. Entries cannot be changed and are kept for 13 months.
         * @description The audit log of your account, newest first: sign-ins, exports, imports and large changes, restores, acts of programs, and changes of what others see. Entries cannot be changed and are kept for 13 months.
         */
        get: operations["list_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/access/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your personal tokens, the newest first, without their texts.
         * @description List your personal tokens, the newest first, without their texts.
         */
        get: operations["list_tokens"];
        put?: never;
        /**
         * Make a personal token for a program of yours.
         * @description The answer holds the token, this once: `Authorization: Bearer wmp_...`. It does what its scopes say and no more: `read`, `write`, `introduce` (sends e-mail in your name) and `webhooks`. Only you yourself, signed in, may make tokens.
         */
        post: operations["create_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/access/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke a personal token: within 30 seconds every call with it is answered with 401.
         * @description Revoke a personal token: within 30 seconds every call with it is answered with 401.
         */
        delete: operations["delete_token"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/mcp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The Model Context Protocol, by which assistants call tools: revision 2026-07-28, and those that begin with `initialize`.
         * @description The Model Context Protocol, by which assistants call tools: revision 2026-07-28, and those that begin with `initialize`.
         */
        post: operations["serve_mcp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/access/grants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the programs that you have let in, the newest first.
         * @description List the programs that you have let in, the newest first.
         */
        get: operations["list_grants"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/access/grants/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End the access of a program: within 30 seconds all of its tokens are refused.
         * @description End the access of a program: within 30 seconds all of its tokens are refused.
         */
        delete: operations["delete_grant"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/access/request": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check what a program asks, and describe it for the page that asks for your consent.
         * @description Check what a program asks, and describe it for the page that asks for your consent.
         */
        post: operations["describe_request"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/access/approvals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answer what a program asks: `granted` lists what you allow, never more than it asked for; an empty list says no.
         * @description Answer what a program asks: `granted` lists what you allow, never more than it asked for; an empty list says no.
         */
        post: operations["approve_request"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/.well-known/oauth-protected-resource/api/crm/mcp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where programs get tokens for the MCP server, and for what (RFC 9728).
         * @description Where programs get tokens for the MCP server, and for what (RFC 9728).
         */
        get: operations["get_resource_metadata"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/.well-known/oauth-authorization-server": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How programs are let in (RFC 8414).
         * @description How programs are let in (RFC 8414).
         */
        get: operations["get_server_metadata"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/access/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Register a program (RFC 7591). The `client_id` holds what it said, signed; nothing is kept.
         * @description Register a program (RFC 7591). The `client_id` holds what it said, signed; nothing is kept.
         */
        post: operations["register_client"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/access/device": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take the request of a program on a machine without a browser (a form; RFC 8628): the user types the code at `/connect`.
         * @description Take the request of a program on a machine without a browser (a form; RFC 8628): the user types the code at `/connect`.
         */
        post: operations["start_device"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/access/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a program tokens for its code, its refresh token, or the answer to its device (a form; OAuth 2.1, RFC 8628).
         * @description Give a program tokens for its code, its refresh token, or the answer to its device (a form; OAuth 2.1, RFC 8628).
         */
        post: operations["issue_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/access/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End the access of a program by any of its tokens (a form; RFC 7009). A token that is not known is answered alike.
         * @description End the access of a program by any of its tokens (a form; RFC 7009). A token that is not known is answered alike.
         */
        post: operations["revoke_access"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/access/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what your programs did, newest first: each operation or tool and its target, counted by the hour, for 90 days.
         * @description List what your programs did, newest first: each operation or tool and its target, counted by the hour, for 90 days.
         */
        get: operations["list_program_calls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List contacts page by page, in one of four orders, with filters.
         * @description List contacts page by page, in one of four orders, with filters.
         */
        get: operations["list_contacts"];
        put?: never;
        /**
         * Add a contact, and queue it for enrichment unless `enrich` is false.
         * @description 200 answers with a contact that has this e-mail or LinkedIn profile already, unchanged unless `on_conflict=update`; 409 `shared_address` where that contact's name is clearly another person's, unless `on_conflict=return`.
         */
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
        /**
         * Search contacts while the user types: the best matches, by beginnings of words, whatever accents, case and small typos.
         * @description Search contacts while the user types: the best matches, by beginnings of words, whatever accents, case and small typos.
         */
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
         * Import a file of contacts from any program: CSV, vCard, JSON or a zip archive of them.
         * @description Format and dialect are found from the content. A row that cannot be read is reported with its line, field and value, and the other rows are imported. Importing the same file again changes nothing. With `enrich` the new contacts are queued for enrichment with low priority.
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
        /**
         * Download all contacts as CSV, vCard (`version`) or JSON; the import reads such a file back without loss. With `for` the CSV has the columns of another program.
         * @description Download all contacts as CSV, vCard (`version`) or JSON; the import reads such a file back without loss. With `for` the CSV has the columns of another program.
         */
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
        /**
         * One contact.
         * @description One contact.
         */
        get: operations["get_contact"];
        /**
         * Replace every editable field of a contact; a field that is left out becomes empty. The document of a GET may be sent back: fields that cannot be written are ignored where they are unchanged, and refused where they are not. With `If-None-Match: *` an existing contact is answered with 412.
         * @description Replace every editable field of a contact; a field that is left out becomes empty. The document of a GET may be sent back: fields that cannot be written are ignored where they are unchanged, and refused where they are not. With `If-None-Match: *` an existing contact is answered with 412.
         */
        put: operations["replace_contact"];
        post?: never;
        /**
         * Remove a contact and its ties.
         * @description Remove a contact and its ties.
         */
        delete: operations["delete_contact"];
        options?: never;
        head?: never;
        /**
         * Change some fields of a contact by a JSON merge patch (RFC 7396).
         * @description Change some fields of a contact by a JSON merge patch (RFC 7396).
         */
        patch: operations["update_contact"];
        trace?: never;
    };
    "/api/crm/contacts/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tag, untag, set, delete, restore, enrich or hide many contacts at once, named by ids or by the filters of the list.
         * @description It is one operation with one undo; contacts that cannot have the change are passed over and listed in `failed`. More than 1,000 contacts are the work of a job: 202, with the outcome as its `result`. A cancelled job leaves what it did, which the operation of its id undoes.
         */
        post: operations["change_contacts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/contacts/duplicates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List pairs of contacts that may be one person, the surest first, with the reasons; of one band where `band` is given.
         * @description Up to 20,000 contacts are compared by this call where some changed; beyond that `scan.stale` says that `POST /contacts/duplicates/scan` may find other pairs.
         */
        get: operations["list_duplicates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/contacts/duplicates/scan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Compare all contacts with each other, and answer how many pairs may be one person.
         * @description More than 20,000 contacts are compared by a job: 202, and the numbers are in its `result`. Contacts that are written afterwards are compared by themselves soon after.
         */
        post: operations["scan_duplicates"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/contacts/duplicates/{id}/dismiss": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that the two contacts of a pair are two people: they are not listed again.
         * @description Say that the two contacts of a pair are two people: they are not listed again.
         */
        post: operations["dismiss_duplicate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/contacts/duplicates/merge-sure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Merge the pairs of the band `sure`, in one operation that can be undone; `left` says how many could not be merged.
         * @description More than 100 pairs are merged by a job: 202, and the outcome is the job's `result`. A cancelled job leaves what it merged, which the operation of its id undoes.
         */
        post: operations["merge_sure_duplicates"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/contacts/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Merge contacts that are one person: the first of `ids` is left with everything that all of them had.
         * @description `conflicts` lists the values that did not become the contact's own; they are kept among its custom fields. The others' ids answer 410 with `merged_into` from then on. With `dry_run` the outcome is answered and nothing is changed; the operation can be undone.
         */
        post: operations["merge_contacts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/contacts/{id}/split": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move chosen facts of a contact that is two people to a new contact: addresses, phones, tags, fields, notes, ties and interactions.
         * @description It is one operation, which can be undone. Ties that follow from interactions are computed again for both. The two are not listed as duplicates.
         */
        post: operations["split_contact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
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
         * Queue a contact for enrichment from the configured providers.
         * @description Providers that cost credits charge only for what they find. With `force` they are asked again, and charged again.
         */
        post: operations["request_enrichment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/contacts/{id}/interactions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the interactions with a contact page by page, newest first.
         * @description List the interactions with a contact page by page, newest first.
         */
        get: operations["list_interactions"];
        put?: never;
        /**
         * Record an e-mail, message, call or meeting with a contact, and answer with the new strength of the tie.
         * @description 200 answers an interaction that is recorded already; it counts once, and a `note` takes the place of its note. `Location` names it.
         */
        post: operations["add_interaction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/contacts/{id}/interactions/{interaction_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An interaction with a contact.
         * @description An interaction with a contact.
         */
        get: operations["get_interaction"];
        put?: never;
        post?: never;
        /**
         * Remove an interaction with a contact. Counts and the strength of the tie follow; undo brings it back.
         * @description Remove an interaction with a contact. Counts and the strength of the tie follow; undo brings it back.
         */
        delete: operations["delete_interaction"];
        options?: never;
        head?: never;
        /**
         * Correct an interaction by a JSON merge patch. Its id stays; counts and the strength of the tie follow.
         * @description 409 where another interaction with the contact has the same time, kind and direction.
         */
        patch: operations["update_interaction"];
        trace?: never;
    };
    "/api/crm/contacts/{id}/strength": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The strength of the caller's tie to a contact, set by hand or computed from interactions, with the parts of the sum.
         * @description The strength of the caller's tie to a contact, set by hand or computed from interactions, with the parts of the sum.
         */
        get: operations["get_strength"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/contacts/interactions/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import a table of interactions (CSV, .xlsx, or either in a ZIP archive): `email,kind,at[,direction]` or `contact_id,kind,at[,direction]`.
         * @description A row that cannot be used is reported with its line, field and value, and the other rows are imported. Importing the same file again changes nothing.
         */
        post: operations["import_interactions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the custom fields in their order.
         * @description List the custom fields in their order.
         */
        get: operations["list_fields"];
        put?: never;
        /**
         * Add a custom field. Its values stand in `custom` of contacts under its key, also those that stand there already.
         * @description Add a custom field. Its values stand in `custom` of contacts under its key, also those that stand there already.
         */
        post: operations["create_field"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/fields/loose": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the names among the custom values of contacts that are not fields, with the kind that fits their values.
         * @description List the names among the custom values of contacts that are not fields, with the kind that fits their values.
         */
        get: operations["list_loose_names"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/fields/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A custom field, with how many contacts have a value that fits, and one that does not.
         * @description A custom field, with how many contacts have a value that fits, and one that does not.
         */
        get: operations["get_field"];
        put?: never;
        post?: never;
        /**
         * Delete a custom field. Its values stay in the contacts, as loose ones.
         * @description Delete a custom field. Its values stay in the contacts, as loose ones.
         */
        delete: operations["delete_field"];
        options?: never;
        head?: never;
        /**
         * Change a custom field by a JSON merge patch. Renaming it changes no contact; values that do not fit a new kind are kept.
         * @description Change a custom field by a JSON merge patch. Renaming it changes no contact; values that do not fit a new kind are kept.
         */
        patch: operations["update_field"];
        trace?: never;
    };
    "/api/crm/fields/{id}/promote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make loose custom values those of a field, in the form of its kind; one operation with one undo.
         * @description Values that do not fit are kept where they are and listed. More than 1,000 contacts are the work of a job.
         */
        post: operations["promote_field"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the saved views in their order.
         * @description List the saved views in their order.
         */
        get: operations["list_views"];
        put?: never;
        /**
         * Save a view of the list of contacts: its filters, its order and its columns.
         * @description Save a view of the list of contacts: its filters, its order and its columns.
         */
        post: operations["create_view"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/views/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A saved view; `GET /api/crm/contacts` with its `query` lists its contacts.
         * @description A saved view; `GET /api/crm/contacts` with its `query` lists its contacts.
         */
        get: operations["get_view"];
        put?: never;
        post?: never;
        /**
         * Delete a saved view. Its contacts stay.
         * @description Delete a saved view. Its contacts stay.
         */
        delete: operations["delete_view"];
        options?: never;
        head?: never;
        /**
         * Change a saved view by a JSON merge patch.
         * @description Change a saved view by a JSON merge patch.
         */
        patch: operations["update_view"];
        trace?: never;
    };
    "/api/crm/circles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the circles by name: all, or those that a contact belongs to.
         * @description List the circles by name: all, or those that a contact belongs to.
         */
        get: operations["list_circles"];
        put?: never;
        /**
         * Add a circle of contacts: without `filter` its members are named, with it they are found whenever they are asked for.
         * @description Add a circle of contacts: without `filter` its members are named, with it they are found whenever they are asked for.
         */
        post: operations["create_circle"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/circles/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A circle with the number of its members; `GET /api/crm/contacts?circle=` lists them.
         * @description A circle with the number of its members; `GET /api/crm/contacts?circle=` lists them.
         */
        get: operations["get_circle"];
        put?: never;
        post?: never;
        /**
         * Delete a circle. Its contacts stay.
         * @description Delete a circle. Its contacts stay.
         */
        delete: operations["delete_circle"];
        options?: never;
        head?: never;
        /**
         * Change a circle by a JSON merge patch. One that gets a filter forgets the members that were named.
         * @description Change a circle by a JSON merge patch. One that gets a filter forgets the members that were named.
         */
        patch: operations["update_circle"];
        trace?: never;
    };
    "/api/crm/circles/{id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add contacts to a circle, and remove others; all or none. 409 where a filter finds the members.
         * @description Add contacts to a circle, and remove others; all or none. 409 where a filter finds the members.
         */
        post: operations["change_members"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/contacts/{id}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the notes of a contact page by page: its field `notes` first, then pinned ones, then the newest.
         * @description List the notes of a contact page by page: its field `notes` first, then pinned ones, then the newest.
         */
        get: operations["list_notes"];
        put?: never;
        /**
         * Add a note in Markdown to a contact; a link to `contact:ID` names another contact.
         * @description Add a note in Markdown to a contact; a link to `contact:ID` names another contact.
         */
        post: operations["add_note"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/contacts/{id}/notes/{note_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A note of a contact.
         * @description A note of a contact.
         */
        get: operations["get_note"];
        put?: never;
        post?: never;
        /**
         * Delete a note. Under the contact's own id the field `notes` becomes blank.
         * @description Delete a note. Under the contact's own id the field `notes` becomes blank.
         */
        delete: operations["delete_note"];
        options?: never;
        head?: never;
        /**
         * Change a note by a JSON merge patch. Under the contact's own id it is the text of the field `notes`.
         * @description Change a note by a JSON merge patch. Under the contact's own id it is the text of the field `notes`.
         */
        patch: operations["update_note"];
        trace?: never;
    };
    "/api/crm/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the notes of all contacts, the newest first; with `q` those that have its words.
         * @description List the notes of all contacts, the newest first; with `q` those that have its words.
         */
        get: operations["search_notes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/contacts/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what happened with a contact page by page, the newest first: notes, interactions by kind and month, evidence of sources, introductions, enrichment, changes of job, and how the contact came.
         * @description List what happened with a contact page by page, the newest first: notes, interactions by kind and month, evidence of sources, introductions, enrichment, changes of job, and how the contact came.
         */
        get: operations["get_timeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/contacts/{id}/cadence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How often a contact is to be talked to, when next, and what the past suggests.
         * @description How often a contact is to be talked to, when next, and what the past suggests.
         */
        get: operations["get_cadence"];
        /**
         * Set how often a contact is to be talked to, counted from the last talk of any kind; null leaves it to the circles, 0 is never.
         * @description Set how often a contact is to be talked to, counted from the last talk of any kind; null leaves it to the circles, 0 is never.
         */
        put: operations["set_cadence"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/due": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List who is to be talked to today, the longest overdue first, with the reason and the ways to reach them.
         * @description List who is to be talked to today, the longest overdue first, with the reason and the ways to reach them.
         */
        get: operations["list_due"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/due/{contact_id}/done": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that you have talked to somebody: it is logged as an interaction, and the next time is counted from it.
         * @description Say that you have talked to somebody: it is logged as an interaction, and the next time is counted from it.
         */
        post: operations["finish_due"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/due/{contact_id}/snooze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Leave somebody in peace for some days, or until a day.
         * @description Leave somebody in peace for some days, or until a day.
         */
        post: operations["snooze_due"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/due/{contact_id}/skip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Leave this time out: the next one is counted from today, and nothing is logged.
         * @description Leave this time out: the next one is counted from today, and nothing is logged.
         */
        post: operations["skip_due"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/upcoming": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List birthdays, anniversaries and other dates from today on, in the user's time zone, the next first.
         * @description List birthdays, anniversaries and other dates from today on, in the user's time zone, the next first.
         */
        get: operations["list_upcoming"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/contacts/{id}/dates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the dates of a contact, its birthday first.
         * @description List the dates of a contact, its birthday first.
         */
        get: operations["list_dates"];
        put?: never;
        /**
         * Add an anniversary, a reminder or another date to a contact, and answer with all of its dates.
         * @description Add an anniversary, a reminder or another date to a contact, and answer with all of its dates.
         */
        post: operations["add_date"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/contacts/{id}/dates/{date_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a date of a contact.
         * @description Delete a date of a contact.
         */
        delete: operations["delete_date"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/digest/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The page of a link in a letter about the day: what may be done about the person that it names. Reading it changes nothing.
         * @description The page of a link in a letter about the day: what may be done about the person that it names. Reading it changes nothing.
         */
        get: operations["show_digest_page"];
        put?: never;
        /**
         * Do as the page of a letter about the day says: note a talk, snooze or skip somebody who is due, or stop the letters, also by the one click of a mail program (RFC 8058).
         * @description Do as the page of a letter about the day says: note a talk, snooze or skip somebody who is due, or stop the letters, also by the one click of a mail program (RFC 8058).
         */
        post: operations["submit_digest_answer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List all sources with what was read, counted and left out, and the providers that can be signed in to.
         * @description List all sources with what was read, counted and left out, and the providers that can be signed in to.
         */
        get: operations["list_sources"];
        put?: never;
        /**
         * Add a source: a file of mail, a calendar or a chat whose facts will be sent to it, or an account that is read by itself.
         * @description With `account` the server is signed in to first, and the source is not made where it refuses.
         */
        post: operations["create_source"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/sources/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the people found in the sources, the strongest tie first: by default those who are proposed as contacts.
         * @description List the people found in the sources, the strongest tie first: by default those who are proposed as contacts.
         */
        get: operations["list_people"];
        put?: never;
        /**
         * Add people found as contacts, ignore, propose, join, part or forget them. Ties follow at once.
         * @description Add people found as contacts, ignore, propose, join, part or forget them. Ties follow at once.
         */
        post: operations["answer_people"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/sources/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One source with what was read, counted and left out, and why.
         * @description One source with what was read, counted and left out, and why.
         */
        get: operations["get_source"];
        put?: never;
        post?: never;
        /**
         * Forget a source with everything that came from it, and its credentials; ties are computed again from what is left.
         * @description Contacts that were added stay. Messages that other sources have brought as well count there from now on.
         */
        delete: operations["delete_source"];
        options?: never;
        head?: never;
        /**
         * Change the name of a source, its account, or, before anything is counted, the user's own addresses in it.
         * @description A new account, or a new password of it, is signed in with first, and read then.
         */
        patch: operations["update_source"];
        trace?: never;
    };
    "/api/crm/sources/{id}/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read a connected account as soon as possible; `GET` of the source shows how far it is.
         * @description Read a connected account as soon as possible; `GET` of the source shows how far it is.
         */
        post: operations["request_sync"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/sources/{id}/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to sign in to an account of Google or Microsoft: the address at which the user consents, for a quarter of an hour.
         * @description Begin to sign in to an account of Google or Microsoft: the address at which the user consents, for a quarter of an hour.
         */
        post: operations["begin_sign_in"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/sources/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Finish a sign-in with what the provider has sent the user back with; the account is then kept current by itself.
         * @description Only the user who began it can: the state opens for nobody else.
         */
        post: operations["finish_sign_in"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/sources/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Count messages: NDJSON, at most 5,000 lines and 8 MB, each line `{"id","at","from":{"address","name"?},"to":[..],"cc":[..],"bcc":[..],"flags":["list"|"auto"|"call"|"chat"..]}`.
         * @description Ids are hashed at once, and neither subjects nor texts are taken. A message counts once, however often and by whichever source it is sent. A line that cannot be used is reported with its number, field and value, and the others count.
         */
        post: operations["count_messages"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/sources/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Count events of calendars: NDJSON, at most 5,000 lines and 8 MB, each line `{"id","start","end","organizer":{"address","name"?},"attendees":[{"address","name"?,"status"?}],"status"?}`.
         * @description Each occurrence of a series is a line with an id of its own. Events that are cancelled, declined, of whole days, of more than 30 people or still to come are left out. A line that cannot be used is reported, and the others count.
         */
        post: operations["count_events"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the devices with a copy of the contacts: when each was last used, and by which program.
         * @description List the devices with a copy of the contacts: when each was last used, and by which program.
         */
        get: operations["list_devices"];
        put?: never;
        /**
         * Give a phone or a program a password of its own, with which it keeps a copy of the contacts over CardDAV.
         * @description The password is in this answer and nowhere else. `connect_url` works once, for ten minutes: opened on a phone, it sets it up.
         */
        post: operations["create_device"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/devices/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke a device at once: its password opens nothing any more. Its copy stays on it, and the contacts stay here.
         * @description Revoke a device at once: its password opens nothing any more. Its copy stays on it, and the contacts stay here.
         */
        delete: operations["delete_device"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/devices/connect/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The page of a one-time link, which sets up a phone: `for=apple` downloads a profile, `android` opens DAVx5, `other` shows the password.
         * @description Without `for` it asks for the kind of phone, and the link stays good.
         */
        get: operations["connect_device"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your imports of the last three months, the latest first.
         * @description List your imports of the last three months, the latest first.
         */
        get: operations["list_imports"];
        put?: never;
        /**
         * Announce a file of contacts, ties or interactions; the answer says where to send its bytes.
         * @description When they are there, `GET /imports/{id}` shows how the file is read, its first rows as they will be, and what becomes of all rows. `POST /imports/{id}/start` merges them, by that plan or by a corrected one.
         */
        post: operations["create_import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show an import: where to send the file, how far it is, the plan with its doubts and its first rows, or what came out.
         * @description Show an import: where to send the file, how far it is, the plan with its doubts and its first rows, or what came out.
         */
        get: operations["get_import"];
        put?: never;
        post?: never;
        /**
         * Cancel an import; what was merged before stays. One that has ended stays as it is.
         * @description Cancel an import; what was merged before stays. One that has ended stays as it is.
         */
        delete: operations["cancel_import"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/imports/{id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Merge the rows of a planned import, by its plan or with corrections; `preview` only reads the file again by them.
         * @description 409 where the file has not arrived, or the import was started before.
         */
        post: operations["start_import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/imports/{id}/refused": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download the refused rows of an import as CSV, each with the reason, to mend them and import the file again.
         * @description Download the refused rows of an import as CSV, each with the reason, to mend them and import the file again.
         */
        get: operations["download_refused_rows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a job of any kind: how far it is, and what came out.
         * @description Show a job of any kind: how far it is, and what came out.
         */
        get: operations["get_job"];
        put?: never;
        post?: never;
        /**
         * Cancel a job; what it did before stays. One that has ended stays as it is.
         * @description Cancel a job; what it did before stays. One that has ended stays as it is.
         */
        delete: operations["cancel_job"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/contacts/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the changes of a contact, newest first: by which operation, when, and each field before and after; of a deleted contact, too.
         * @description List the changes of a contact, newest first: by which operation, when, and each field before and after; of a deleted contact, too.
         */
        get: operations["get_contact_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/contacts/{id}/history/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A contact as it was after one of its changes; `version` is the `id` of the change.
         * @description A contact as it was after one of its changes; `version` is the `id` of the change.
         */
        get: operations["get_contact_version"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/contacts/trash": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the deleted contacts, which can come back with their ties, interactions and notes until they are older than the journal.
         * @description List the deleted contacts, which can come back with their ties, interactions and notes until they are older than the journal.
         */
        get: operations["list_trash"];
        put?: never;
        post?: never;
        /**
         * Delete all contacts of the trash for good: nothing of them is left, in the journal either, and no undo brings them back.
         * @description More than 1,000 are deleted by a job: 202, and the number is in its `result`. Contacts that are deleted meanwhile stay in it.
         */
        delete: operations["empty_trash"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/contacts/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring a contact back from the trash, with its id, ties, interactions and notes.
         * @description An e-mail that another contact has by now comes back as a further address. A contact that is there is answered unchanged.
         */
        post: operations["restore_contact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/contacts/trash/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a contact of the trash for good: nothing of it is left, in the journal either, and no undo brings it back.
         * @description Delete a contact of the trash for good: nothing of it is left, in the journal either, and no undo brings it back.
         */
        delete: operations["forget_contact"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/operations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what was done to your data, newest first: by which call, when, and how much it changed.
         * @description `actor=user` leaves out what went on by itself, such as enrichment after an import; `actor=system` lists only that.
         */
        get: operations["list_operations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/operations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One operation. The header `Operation-Id` of a call that changes something names it.
         * @description One operation. The header `Operation-Id` of a call that changes something names it.
         */
        get: operations["get_operation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/operations/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take an operation back at any later time, all of it or nothing: what was changed since stays as it is and is listed.
         * @description With `dry_run`, in the body or the query string, the outcome is answered and nothing is changed. An undo is an operation itself and can be undone. An operation of more than 1,000 rows is taken back by a job: 202, and the outcome is the job's `result`. While a job makes the operation still, 409.
         */
        post: operations["undo_operation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow the changes of your contacts: none is missed and none comes twice, however many writers there are.
         * @description The first call without `since` answers the token to begin with; list all contacts after it. Each answer has the next token; 410 says that a token is too old, and that the list must be read again.
         */
        get: operations["list_changes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/graph/relationships": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List ties page by page: those of one contact, strongest first, or all. A mutual tie is listed once.
         * @description List ties page by page: those of one contact, strongest first, or all. A mutual tie is listed once.
         */
        get: operations["list_relationships"];
        /**
         * Set the strength of a tie: in both directions when mutual, else in one direction, and paths follow it in that one only.
         * @description This replaces a strength that was computed from interactions, and ends the computing.
         */
        put: operations["set_relationship"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/graph/relationships/{from}/{to}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A tie between two contacts: its strength, and the evidence that it follows from.
         * @description A tie between two contacts: its strength, and the evidence that it follows from.
         */
        get: operations["get_relationship"];
        put?: never;
        post?: never;
        /**
         * Remove a tie, in both directions unless `mutual=false`.
         * @description Remove a tie, in both directions unless `mutual=false`.
         */
        delete: operations["delete_relationship"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/graph/relationships/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import a table of ties (CSV, .xlsx, or either in a ZIP archive): `from_email,to_email,strength[,mutual]` or `from_id,to_id,strength[,mutual]`.
         * @description A row that cannot be used is reported with its line, field and value, and the other rows are imported. Importing the same file again changes nothing.
         */
        post: operations["import_relationships"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/graph/path": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The best path to a contact, or to anybody at a company, and the next best ones.
         * @description `order=likely` means the highest chance that everybody on the path passes the introduction on: the strengths of the ties, the price of each further person, and how ready each is, by what became of earlier questions. `strongest` is the highest product of strengths within `max_hops`, `shortest` the fewest hops, then that product. The list is exact: distinct paths that visit nobody twice, in that order; empty where no path exists. `through_team=true` adds the paths through one colleague's contacts, where that colleague shares their ties; the target may be a contact of the colleague alone.
         */
        get: operations["find_path"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/graph/network/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The network around a contact, for drawing: the strongest contacts within `depth` hops, and every tie among them.
         * @description The network around a contact, for drawing: the strongest contacts within `depth` hops, and every tie among them.
         */
        get: operations["get_network"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/graph/insights/mutual": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Mutual contacts of two contacts, strongest first; `a` is the caller unless given.
         * @description Mutual contacts of two contacts, strongest first; `a` is the caller unless given.
         */
        get: operations["find_mutual_contacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/graph/insights/connectors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The best connectors: direct contacts, first those who are the only path to the most people; at one company, or anywhere.
         * @description The best connectors: direct contacts, first those who are the only path to the most people; at one company, or anywhere.
         */
        get: operations["find_connectors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/graph/insights/suggestions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Suggest likely but missing ties of a contact, the caller unless given: many mutual contacts, or the same company.
         * @description Suggest likely but missing ties of a contact, the caller unless given: many mutual contacts, or the same company.
         */
        get: operations["suggest_relationships"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/graph/reach": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The fewest direct contacts through whom all of many contacts are reached: whom to meet to reach these twenty.
         * @description The fewest direct contacts through whom all of many contacts are reached: whom to meet to reach these twenty.
         */
        post: operations["reach_targets"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/graph/wishes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All wishes, newest first; those to which a way has opened show the likeliest of today.
         * @description All wishes, newest first; those to which a way has opened show the likeliest of today.
         */
        get: operations["list_wishes"];
        put?: never;
        /**
         * Wish to reach somebody, whether they are in the address book or not. A way is looked for at once, through colleagues who share their ties, too, and again whenever the address book changes; `opened_at` says when the first was found. The same wish again answers 200 with the one that is there.
         * @description Wish to reach somebody, whether they are in the address book or not. A way is looked for at once, through colleagues who share their ties, too, and again whenever the address book changes; `opened_at` says when the first was found. The same wish again answers 200 with the one that is there.
         */
        post: operations["add_wish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/graph/wishes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a wish.
         * @description Delete a wish.
         */
        delete: operations["delete_wish"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/graph/introduce": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for an introduction: the first person on the path gets an e-mail.
         * @description Without `path` the introduction takes the strongest of the shortest paths whose people can be asked; `passed_over` lists the people who cannot be asked, with the reason. 409 where nobody can be asked, or you are asking for this person already; 429 where your budget of letters in a day, or that of the first mailbox, is spent. `dry_run=true` answers 200 with the letters as they would be sent, and asks nobody; its refusals are those of the real request.
         */
        post: operations["request_introduction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/graph/introductions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the introductions that you asked for, and those that you were asked about, newest first.
         * @description List the introductions that you asked for, and those that you were asked about, newest first.
         */
        get: operations["list_introductions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/graph/introductions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One introduction: the people asked, the times and their answers.
         * @description One introduction: the people asked, the times and their answers.
         */
        get: operations["get_introduction"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/graph/introductions/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraw an introduction, and notify the person asked last that no answer is needed. 409 where it is over.
         * @description Withdraw an introduction, and notify the person asked last that no answer is needed. 409 where it is over.
         */
        post: operations["withdraw_introduction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/graph/introductions/{id}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mark an introduction completed: thank the connectors, and count it for the leaderboard. 409 unless both were introduced.
         * @description Mark an introduction completed: thank the connectors, and count it for the leaderboard. 409 unless both were introduced.
         */
        post: operations["complete_introduction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/graph/introductions/respond/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The question of an e-mail's link; reading it changes nothing. For a closed question, only that it is closed.
         * @description The question of an e-mail's link; reading it changes nothing. For a closed question, only that it is closed.
         */
        get: operations["get_introduction_question"];
        put?: never;
        /**
         * Answer the question of an e-mail's link, once; 409 when the question was answered before or has expired.
         * @description "accept" asks the next person of the path, or introduces both where the target accepts; 429 where the next mailbox has spent its budget of letters, and the same answer may be given later. "never" declines, and no letter goes to this address again, also where the question is closed.
         */
        post: operations["answer_introduction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/respond/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The page of an e-mail's link: the question, and the effect of each answer. Reading it changes nothing.
         * @description The page of an e-mail's link: the question, and the effect of each answer. Reading it changes nothing.
         */
        get: operations["show_introduction_question"];
        put?: never;
        /**
         * Take an answer from the page's form, or a one-click unsubscription from a mail program (RFC 8058).
         * @description Take an answer from the page's form, or a one-click unsubscription from a mail program (RFC 8058).
         */
        post: operations["submit_introduction_answer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/email/events/{provider}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take reports of bounces and complaints from the mail provider: `ses`, `postmark` or `mailgun`, in its own form and signed as it signs.
         * @description No mail goes to a mailbox that its owner complained about mail to, or from which mail came back in the last 30 days. A report that comes twice changes nothing the second time.
         */
        post: operations["receive_email_events"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/privacy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The page where people without an account ask what this installation holds about their address.
         * @description The page where people without an account ask what this installation holds about their address.
         */
        get: operations["show_privacy_page"];
        put?: never;
        /**
         * Send a link to a mailbox that shows what is held about it. The answer is the same for every address.
         * @description Send a link to a mailbox that shows what is held about it. The answer is the same for every address.
         */
        post: operations["ask_privacy_link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/privacy/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The page of a mailed link: what this installation holds about the address. Reading it changes nothing.
         * @description The page of a mailed link: what this installation holds about the address. Reading it changes nothing.
         */
        get: operations["show_held_facts"];
        put?: never;
        /**
         * Erase what providers have said about an address (`decision=erase`), or have it kept by nobody here as well (`suppress`); or stop all letters by the one click of a mail program (RFC 8058).
         * @description Erase what providers have said about an address (`decision=erase`), or have it kept by nobody here as well (`suppress`); or stop all letters by the one click of a mail program (RFC 8058).
         */
        post: operations["request_erasure"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/teams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a team with you as its first member. 409 where you are in a team already.
         * @description Create a team with you as its first member. 409 where you are in a team already.
         */
        post: operations["create_team"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/teams/mine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Your team with its members and whether each shares their ties, null without one; and the invitations to you.
         * @description Your team with its members and whether each shares their ties, null without one; and the invitations to you.
         */
        get: operations["get_team"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/teams/mine/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Invite a person to your team by e-mail; only a user with that address may accept. 429 where your budget of letters in a day, or that of the mailbox, is spent.
         * @description Invite a person to your team by e-mail; only a user with that address may accept. 429 where your budget of letters in a day, or that of the mailbox, is spent.
         */
        post: operations["invite_to_team"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/teams/mine/invitations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Withdraw an invitation to your team.
         * @description Withdraw an invitation to your team.
         */
        delete: operations["cancel_team_invitation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/teams/invitations/{id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Join the team that has invited your address. Your ties stay private until you share them.
         * @description Join the team that has invited your address. Your ties stay private until you share them.
         */
        post: operations["accept_team_invitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/teams/mine/sharing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set whether colleagues find paths through your contacts, from their next search on.
         * @description With `strengths` false colleagues see only that ties exist, not how strong they are. Ties between others that were computed from your mail and calendars stay yours unless `seen_ties` shares them, too.
         */
        put: operations["share_ties"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/teams/mine/owner": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Make another member the owner of your team. 409 unless you are the owner. When an owner leaves, the member who joined first follows.
         * @description Make another member the owner of your team. 409 unless you are the owner. When an owner leaves, the member who joined first follows.
         */
        put: operations["pass_team_on"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/teams/mine/members/{member}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Leave the team (`me`), or remove a member. 409 unless you are the owner.
         * @description Leave the team (`me`), or remove a member. 409 unless you are the owner.
         */
        delete: operations["remove_team_member"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/teams/hidden": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the contacts that you hide from colleagues, page by page.
         * @description List the contacts that you hide from colleagues, page by page.
         */
        get: operations["list_hidden_contacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/teams/hidden/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Hide a contact from colleagues: from the next search on, no path of a colleague leads to or through the contact.
         * @description Hide a contact from colleagues: from the next search on, no path of a colleague leads to or through the contact.
         */
        put: operations["hide_contact"];
        post?: never;
        /**
         * End the hiding of a contact from colleagues.
         * @description End the hiding of a contact from colleagues.
         */
        delete: operations["show_contact"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/viral/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your invitations, newest first, with the state of each, and your link to share.
         * @description List your invitations, newest first, with the state of each, and your link to share.
         */
        get: operations["list_invitations"];
        put?: never;
        /**
         * Invite people by e-mail, each with a personal code; a person whom you have invited before gets no second e-mail.
         * @description `refused` lists the addresses whose mailboxes have spent their budget of letters. 429 where that is all of them, or where your budget of letters in a day does not suffice; then nobody is invited.
         */
        post: operations["create_invitations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/viral/invitations/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The inviter's name, for the holder of a code; reading it is not counted.
         * @description The inviter's name, for the holder of a code; reading it is not counted.
         */
        get: operations["get_invitation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/viral/invitations/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Count that a person has opened an invitation. This is a POST, so that scanners of links are not counted.
         * @description Count that a person has opened an invitation. This is a POST, so that scanners of links are not counted.
         */
        post: operations["open_invitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/viral/invitations/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Join by the code of an invitation. A joiner counts once, for their first code, never for their own; 409 says why not.
         * @description Join by the code of an invitation. A joiner counts once, for their first code, never for their own; 409 says why not.
         */
        post: operations["accept_invitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/viral/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Metrics of growth: yours, by day. For the operators of the installation also everyone's, by weekly cohort and with a projection.
         * @description Metrics of growth: yours, by day. For the operators of the installation also everyone's, by weekly cohort and with a projection.
         */
        get: operations["get_viral_stats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/viral/leaderboard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The users with the most completed introductions and activated invitations, and your rank; equal scores share a rank.
         * @description The users with the most completed introductions and activated invitations, and your rank; equal scores share a rank.
         */
        get: operations["get_leaderboard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your webhooks, the oldest first, without their secrets.
         * @description List your webhooks, the oldest first, without their secrets.
         */
        get: operations["list_webhooks"];
        put?: never;
        /**
         * Have messages about what happens sent to an address: `events` names the types, "*" all of them.
         * @description The answer holds the secret that messages are signed with, this once (Standard Webhooks 1.0). Messages name what happened by its ids; more than twenty contacts of one change are one message, `contacts.changed`.
         */
        post: operations["create_webhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One webhook: whether it is on, and how many messages wait.
         * @description One webhook: whether it is on, and how many messages wait.
         */
        get: operations["get_webhook"];
        put?: never;
        post?: never;
        /**
         * Remove a webhook with its log; what waits is not sent.
         * @description Remove a webhook with its log; what waits is not sent.
         */
        delete: operations["delete_webhook"];
        options?: never;
        head?: never;
        /**
         * Change the address or the events of a webhook, or switch it on or off. Messages that wait when it is switched off are not sent later.
         * @description Change the address or the events of a webhook, or switch it on or off. Messages that wait when it is switched off are not sent later.
         */
        patch: operations["update_webhook"];
        trace?: never;
    };
    "/api/crm/webhooks/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a new secret, which the answer holds this once. For `overlap_hours` messages have two signatures, by the new and the old one.
         * @description Make a new secret, which the answer holds this once. For `overlap_hours` messages have two signatures, by the new and the old one.
         */
        post: operations["rotate_webhook_secret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/webhooks/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a message of type `webhook.test`; the log shows what came of it. 409 while the webhook is off.
         * @description Send a message of type `webhook.test`; the log shows what came of it. 409 while the webhook is off.
         */
        post: operations["test_webhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/webhooks/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what a webhook was sent in the last 30 days, newest first, with the receiver's last answer.
         * @description List what a webhook was sent in the last 30 days, newest first, with the receiver's last answer.
         */
        get: operations["list_deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/webhooks/deliveries/{id}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a message again under the same id, whatever came of it before. 409 while the webhook is off.
         * @description Send a message again under the same id, whatever came of it before. 409 while the webhook is off.
         */
        post: operations["redeliver_webhook"];
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
        /**
         * The caller's balance of credits.
         * @description The caller's balance of credits.
         */
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
         * List every movement of the caller's credits, the latest first; their sum is the balance.
         * @description Asking a provider reserves its charge; a provider without an answer gives it back.
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
         * AccountBody
         * @description An account to read by itself, of the kinds imap, caldav and carddav; its credentials are never shown again.
         *
         *     Attributes:
         *         host: the server of mail; `port` and `security` where they are not 993 and TLS.
         *         url: the address of the server of calendars or contacts.
         *         username: the name to sign in with, mostly the address.
         *         password: best one that is made for this program alone (an app password).
         *         access_token: instead of a password, for mail by XOAUTH2.
         */
        AccountBody: {
            /**
             * Host
             * @default null
             */
            host?: string | null;
            /**
             * Port
             * @default null
             */
            port?: number | null;
            /**
             * Security
             * @default tls
             * @enum {string}
             */
            security?: "tls" | "starttls" | "none";
            /**
             * Url
             * @default null
             */
            url?: string | null;
            /** Username */
            username: string;
            /**
             * Password
             * @default null
             */
            password?: string | null;
            /**
             * Access Token
             * @default null
             */
            access_token?: string | null;
        };
        /**
         * AccountShown
         * @description The account of a source, without its credentials.
         */
        AccountShown: {
            /**
             * Host
             * @default null
             */
            host?: string | null;
            /**
             * Port
             * @default null
             */
            port?: number | null;
            /**
             * Security
             * @default null
             */
            security?: ("tls" | "starttls" | "none") | null;
            /**
             * Url
             * @default null
             */
            url?: string | null;
            /**
             * Username
             * @default null
             */
            username?: string | null;
        };
        /**
         * AddedPerson
         * @description A contact that was added for an address.
         */
        AddedPerson: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Address */
            address: string;
        };
        /**
         * Advice
         * @description The step to take about a path.
         *
         *     Attributes:
         *         do: ask the first person now; warm_up: write to them first; wait: a person on the path should not be asked now.
         *         why: the reason, in words.
         *         how: the means, or what to do instead.
         *         when: a good time; null where none is known.
         */
        Advice: {
            /**
             * Do
             * @enum {string}
             */
            do: "ask" | "warm_up" | "wait";
            /** Why */
            why: string;
            /** How */
            how: string | null;
            /** When */
            when: string | null;
        };
        /**
         * Approval
         * @description A request with the user's answer: what is granted; nothing says no.
         */
        Approval: {
            /**
             * Client Id
             * @default
             */
            client_id?: string;
            /**
             * Redirect Uri
             * @default null
             */
            redirect_uri?: string | null;
            /**
             * Response Type
             * @default null
             */
            response_type?: string | null;
            /**
             * Response Mode
             * @default null
             */
            response_mode?: string | null;
            /**
             * Scope
             * @default null
             */
            scope?: string | null;
            /**
             * State
             * @default null
             */
            state?: string | null;
            /**
             * Code Challenge
             * @default null
             */
            code_challenge?: string | null;
            /**
             * Code Challenge Method
             * @default null
             */
            code_challenge_method?: string | null;
            /**
             * Resource
             * @default null
             */
            resource?: string | null;
            /**
             * User Code
             * @default null
             */
            user_code?: string | null;
            /** Granted */
            granted: ("read" | "write" | "introduce" | "webhooks")[];
        };
        /**
         * Approved
         * @description Where the browser goes on; null for a device, which asks by itself.
         */
        Approved: {
            /** Redirect To */
            redirect_to: string | null;
        };
        /**
         * AuditEntry
         * @description An act: `act` is `sign_in` or the name of the operation, `actor` is `user`, `system` or a program that the user has let in.
         */
        AuditEntry: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Act */
            act: string;
            /** Actor */
            actor: string;
            /** Operation Id */
            operation_id: string | null;
            /** Details */
            details: {
                [key: string]: unknown;
            };
        };
        /**
         * AuditList
         * @description A page of the audit log, newest first.
         */
        AuditList: {
            /** Items */
            items: components["schemas"]["AuditEntry"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * AuthorizationRequest
         * @description The query string with which a program sent its user here, or the code that a device shows.
         *
         *     Attributes:
         *         user_code: what a device shows; nothing else is needed with it.
         */
        AuthorizationRequest: {
            /**
             * Client Id
             * @default
             */
            client_id?: string;
            /**
             * Redirect Uri
             * @default null
             */
            redirect_uri?: string | null;
            /**
             * Response Type
             * @default null
             */
            response_type?: string | null;
            /**
             * Response Mode
             * @default null
             */
            response_mode?: string | null;
            /**
             * Scope
             * @default null
             */
            scope?: string | null;
            /**
             * State
             * @default null
             */
            state?: string | null;
            /**
             * Code Challenge
             * @default null
             */
            code_challenge?: string | null;
            /**
             * Code Challenge Method
             * @default null
             */
            code_challenge_method?: string | null;
            /**
             * Resource
             * @default null
             */
            resource?: string | null;
            /**
             * User Code
             * @default null
             */
            user_code?: string | null;
        };
        /**
         * AuthorizationRequestSeen
         * @description What a program asks for. `returns_to` is the host or scheme that it goes on at; null for a device, which waits elsewhere.
         */
        AuthorizationRequestSeen: {
            client: components["schemas"]["Program"];
            /** Returns To */
            returns_to: string | null;
            /** On This Machine */
            on_this_machine: boolean;
            /** Scopes */
            scopes: ("read" | "write" | "introduce" | "webhooks")[];
            /**
             * Resource
             * @enum {string}
             */
            resource: "mcp" | "api";
            /** Device */
            device: boolean;
        };
        /**
         * BulkChange
         * @description What is done to which contacts.
         *
         *     Attributes:
         *         ids: the contacts; or
         *         filter: the filters of the list, `{}` for all contacts. `restore` takes `{}` for the whole trash, and no filters.
         *         action: what is done: `tag` and `untag` give and take tags, `set` sets fields, `delete` moves to the trash, `restore` brings back from
         *             it, `enrich` asks the providers, `hide` hides from colleagues, `circle` puts into a circle or takes out of it.
         *         value: what it is done with.
         */
        BulkChange: {
            /**
             * Ids
             * @default null
             */
            ids?: string[] | null;
            /**
             * Filter
             * @default null
             */
            filter?: {
                tag?: string[] | string;
                /** @enum {string} */
                tag_mode?: "all" | "any" | "none";
                company?: string;
                title?: string;
                location?: string;
                email?: string;
                linkedin_url?: string;
                external_id?: string;
                source?: string;
                has_email?: boolean;
                has_phone?: boolean;
                /** Format: date-time */
                updated_since?: string;
                known?: boolean;
                strength_min?: number;
                /** Format: date-time */
                last_contact_before?: string;
                /** Format: date-time */
                last_contact_after?: string;
                /** Format: uuid */
                circle?: string;
                custom?: {
                    [key: string]: string;
                };
                custom_from?: {
                    [key: string]: string;
                };
                custom_to?: {
                    [key: string]: string;
                };
            } | null;
            /**
             * Action
             * @enum {string}
             */
            action: "tag" | "untag" | "set" | "delete" | "restore" | "enrich" | "hide" | "circle";
            /**
             * Value
             * @description `tag`, `untag`: a tag, or several; `set`: fields and their values; `circle`: `{"add": id}` or `{"remove": id}` of a circle, or an id to add to; left out otherwise.
             * @default null
             */
            value?: string | string[] | Record<string, never> | null;
        };
        /**
         * BulkFailure
         * @description A contact that was passed over: the code and the sentence that the same change of this contact alone would be refused with.
         */
        BulkFailure: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Code */
            code: string;
            /** Detail */
            detail: string;
        };
        /**
         * BulkOutcome
         * @description The outcome: contacts that changed, contacts that were so before, and the first thousand of those that were passed over.
         *
         *     `operation_id` undoes the change of all of them; null where nothing changed, and for `enrich`, which cannot be undone.
         */
        BulkOutcome: {
            /** Changed */
            changed: number;
            /** Unchanged */
            unchanged: number;
            /** Failed */
            failed: components["schemas"]["BulkFailure"][];
            /** Failed Total */
            failed_total: number;
            /** Operation Id */
            operation_id: string | null;
        };
        /**
         * Cadence
         * @description How often a contact is to be talked to.
         *
         *     `circle` is the one that says so, null where the contact itself does. `due_on` is a day of the user's calendar. `suggested_days` follows from
         *     how often one has talked so far, null where that was too seldom.
         */
        Cadence: {
            /**
             * Contact Id
             * Format: uuid
             */
            contact_id: string;
            /** Every Days */
            every_days: number | null;
            circle: components["schemas"]["CircleName"] | null;
            /** Last At */
            last_at: string | null;
            /** Due On */
            due_on: string | null;
            /** Snoozed Until */
            snoozed_until: string | null;
            /** Suggested Days */
            suggested_days: number | null;
        };
        /**
         * CadenceSet
         * @description How often a contact is to be talked to: every so many days, 0 for never, null as its circles say.
         */
        CadenceSet: {
            /** Every Days */
            every_days: number | null;
        };
        /**
         * Change
         * @description A contact was created, updated, deleted or merged into another, in the order of the feed.
         */
        Change: {
            /**
             * Type
             * @enum {string}
             */
            type: "contact.created" | "contact.updated" | "contact.deleted" | "contact.merged";
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /**
             * Operation Id
             * Format: uuid
             */
            operation_id: string;
            /**
             * Merged Into
             * @default null
             */
            merged_into?: string | null;
        };
        /**
         * Changes
         * @description Changes since a token. Go on with `next`: at once while there is `more`, later otherwise.
         */
        Changes: {
            /** Items */
            items: components["schemas"]["Change"][];
            /** Next */
            next: string;
            /** More */
            more: boolean;
        };
        /**
         * Circle
         * @description A circle. `members` counts its contacts; in a list it is null where a filter finds them.
         */
        Circle: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            /** Colour */
            colour: string | null;
            /** Filter */
            filter: {
                [key: string]: unknown;
            } | null;
            /** Every Days */
            every_days: number | null;
            /** Members */
            members: number | null;
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
         * CircleCreate
         * @description A circle.
         *
         *     Attributes:
         *         name: another circle may not have it, whatever its case.
         *         colour: as `#rrggbb`.
         *         filter: the filters of the list of contacts, without `circle`: whoever passes them is a member. Left out where members are named.
         *         every_days: how often its members are to be talked to; a contact's own cadence comes first.
         */
        CircleCreate: {
            /** Name */
            name: string;
            /**
             * Colour
             * @default null
             */
            colour?: string | null;
            /**
             * Filter
             * @default null
             */
            filter?: {
                tag?: string[] | string;
                /** @enum {string} */
                tag_mode?: "all" | "any" | "none";
                company?: string;
                title?: string;
                location?: string;
                email?: string;
                linkedin_url?: string;
                external_id?: string;
                source?: string;
                has_email?: boolean;
                has_phone?: boolean;
                /** Format: date-time */
                updated_since?: string;
                known?: boolean;
                strength_min?: number;
                /** Format: date-time */
                last_contact_before?: string;
                /** Format: date-time */
                last_contact_after?: string;
                /** Format: uuid */
                circle?: string;
                custom?: {
                    [key: string]: string;
                };
                custom_from?: {
                    [key: string]: string;
                };
                custom_to?: {
                    [key: string]: string;
                };
            } | null;
            /**
             * Every Days
             * @default null
             */
            every_days?: number | null;
        };
        /**
         * CircleList
         * @description All circles, by name.
         */
        CircleList: {
            /** Items */
            items: components["schemas"]["Circle"][];
        };
        /**
         * CircleName
         * @description A circle, in short.
         */
        CircleName: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            /** Colour */
            colour: string | null;
        };
        /**
         * CirclePatch
         * @description A change of a circle. Members that were named are forgotten when the circle gets a filter.
         */
        CirclePatch: {
            /**
             * Name
             * @default null
             */
            name?: string | null;
            /**
             * Colour
             * @default null
             */
            colour?: string | null;
            /**
             * Filter
             * @default null
             */
            filter?: {
                tag?: string[] | string;
                /** @enum {string} */
                tag_mode?: "all" | "any" | "none";
                company?: string;
                title?: string;
                location?: string;
                email?: string;
                linkedin_url?: string;
                external_id?: string;
                source?: string;
                has_email?: boolean;
                has_phone?: boolean;
                /** Format: date-time */
                updated_since?: string;
                known?: boolean;
                strength_min?: number;
                /** Format: date-time */
                last_contact_before?: string;
                /** Format: date-time */
                last_contact_after?: string;
                /** Format: uuid */
                circle?: string;
                custom?: {
                    [key: string]: string;
                };
                custom_from?: {
                    [key: string]: string;
                };
                custom_to?: {
                    [key: string]: string;
                };
            } | null;
            /**
             * Every Days
             * @default null
             */
            every_days?: number | null;
        };
        /**
         * Cohort
         * @description The users who became active in a week, and the people they invited; `open` while the counts may still change.
         */
        Cohort: {
            /** Week */
            week: string;
            /** Open */
            open: boolean;
            /** Users */
            users: number;
            /** Invitations */
            invitations: number;
            /** Activated */
            activated: number;
            /** K Factor */
            k_factor: number;
        };
        /**
         * Colleague
         * @description A member of the team; `shares_strengths` false: of their ties only that they exist is shared, and each counts as 0.5.
         */
        Colleague: {
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
             * Shares Strengths
             * @default true
             */
            shares_strengths?: boolean;
        };
        /**
         * Connector
         * @description A direct contact, how many contacts it knows, and how many of them are reached through no other direct contact.
         */
        Connector: {
            contact: components["schemas"]["PathContact"];
            /** Knows */
            knows: number;
            /** Only Through Them */
            only_through_them: number;
            /** Strength */
            strength: number;
            /** Sentence */
            sentence: string;
        };
        /**
         * Connectors
         * @description Direct contacts, the one that alone leads to the most contacts first; `reached` counts the contacts that all of them lead to.
         */
        Connectors: {
            /** Items */
            items: components["schemas"]["Connector"][];
            /** Reached */
            reached: number;
            /** Sentence */
            sentence: string;
        };
        /**
         * Contact
         * @description A contact as the API answers it.
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
         *         enrich: let the configured providers fill the blank fields.
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
                [key: string]: string | number;
            };
            /**
             * Enrich
             * @default true
             */
            enrich?: boolean;
        };
        /**
         * ContactDate
         * @description A date of a contact. A birthday stands in the contact and has no id here.
         */
        ContactDate: {
            /** Id */
            id: string | null;
            /**
             * Kind
             * @enum {string}
             */
            kind: "birthday" | "anniversary" | "reminder" | "other";
            /** Label */
            label: string;
            /** Day */
            day: string;
            /** Yearly */
            yearly: boolean;
            /** Source */
            source: string;
        };
        /**
         * ContactDates
         * @description The dates of a contact, its birthday first.
         */
        ContactDates: {
            /** Items */
            items: components["schemas"]["ContactDate"][];
        };
        /**
         * ContactHistory
         * @description A page of the changes of a contact, newest first.
         */
        ContactHistory: {
            /** Items */
            items: components["schemas"]["ContactVersion"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * ContactImport
         * @description The outcome of an import; `received` = created + updated + unchanged + failed.
         *
         *     Attributes:
         *         kept: values that differ from those of contacts, and were kept beside them or replaced them; `notices` lists them.
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
            /** Kept */
            kept: number;
            /** Notices */
            notices: components["schemas"]["ImportNotice"][];
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
            /**
             * Total Is
             * @default null
             */
            total_is?: ("counted" | "estimated") | null;
        };
        /**
         * ContactName
         * @description A contact by id and name.
         */
        ContactName: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
        };
        /**
         * ContactPatch
         * @description A JSON merge patch (RFC 7396): omitted fields stay, null empties a field, `custom` is merged key by key.
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
                [key: string]: string | number | null;
            } | null;
        };
        /**
         * ContactReplace
         * @description All fields of a contact, as GET answers them; those that cannot be written may be left out.
         */
        ContactReplace: {
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
                [key: string]: string | number;
            };
            /**
             * Id
             * @default null
             */
            readonly id?: unknown;
            /**
             * Enrichment
             * @default null
             */
            readonly enrichment?: unknown;
            /**
             * Source
             * @default null
             */
            readonly source?: unknown;
            /**
             * Is Self
             * @default null
             */
            readonly is_self?: unknown;
            /**
             * Created At
             * @default null
             */
            readonly created_at?: unknown;
            /**
             * Updated At
             * @default null
             */
            readonly updated_at?: unknown;
        };
        /**
         * ContactSearchResult
         * @description The contacts that a search found, the best first.
         */
        ContactSearchResult: {
            /** Items */
            items: components["schemas"]["FoundContact"][];
            /** Next Cursor */
            next_cursor: string | null;
            /**
             * Total
             * @default null
             */
            total?: number | null;
            /**
             * Total Is
             * @default null
             */
            total_is?: ("counted" | "estimated") | null;
        };
        /**
         * ContactVersion
         * @description One change of a contact: by which operation, and which fields. `id` names the version that the change made.
         */
        ContactVersion: {
            /** Id */
            id: number;
            /**
             * Did
             * @enum {string}
             */
            did: "created" | "updated" | "deleted" | "merged" | "restored";
            /**
             * Operation Id
             * Format: uuid
             */
            operation_id: string;
            /** Kind */
            kind: string;
            /** Actor */
            actor: string;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Details */
            details: {
                [key: string]: unknown;
            };
            /** Fields */
            fields: components["schemas"]["FieldChange"][];
        };
        /**
         * CorrectedPlan
         * @description A plan that is sent back: what the file itself says may stand in it, unchanged.
         */
        CorrectedPlan: {
            /**
             * Charset
             * @default null
             */
            charset?: string | null;
            /**
             * Mapping
             * @default {}
             */
            mapping?: {
                [key: string]: string;
            };
            /**
             * Date Order
             * @default null
             */
            date_order?: ("day_first" | "month_first") | null;
            /**
             * Name Order
             * @default null
             */
            name_order?: ("given_first" | "family_first") | null;
            /**
             * On Duplicate
             * @default null
             */
            on_duplicate?: ("update" | "newest" | "skip") | null;
            /**
             * Tags
             * @default []
             */
            tags?: string[];
            /**
             * Tie To Me
             * @default null
             */
            tie_to_me?: number | null;
            /**
             * Enrich
             * @default false
             */
            enrich?: boolean;
            /**
             * Bring Back
             * @default false
             */
            bring_back?: boolean;
            /**
             * Format
             * @default null
             */
            format?: string | null;
            /**
             * Delimiter
             * @default null
             */
            delimiter?: string | null;
            /**
             * Header Line
             * @default null
             */
            header_line?: number | null;
            /**
             * Columns
             * @default null
             */
            columns?: string[] | null;
        };
        /**
         * Counted
         * @description What became of the lines of a batch; `received` is the sum of the others.
         *
         *     `known` were brought before, by this source or another one of the user. `left_out` say nothing of a tie, by reason: list,
         *     auto, role, spam, trash, draft, not_mine, no_address, alone, forgotten; of events cancelled, declined, all_day, future, big.
         */
        Counted: {
            /** Received */
            received: number;
            /** Counted */
            counted: number;
            /** Known */
            known: number;
            /** Left Out */
            left_out: {
                [key: string]: number;
            };
            /** Failed */
            failed: number;
            /** Errors */
            errors: components["schemas"]["LineError"][];
        };
        /**
         * Counts
         * @description How many messages went from the first of two people to the second, back, and to both from others; meetings and calls.
         */
        Counts: {
            /** Sent */
            sent: number;
            /** Received */
            received: number;
            /** Together */
            together: number;
            /** Meetings */
            meetings: number;
            /** Calls */
            calls: number;
            /**
             * First At
             * Format: date-time
             */
            first_at: string;
            /**
             * Last At
             * Format: date-time
             */
            last_at: string;
        };
        /**
         * CreditBalance
         * @description The caller's credits.
         */
        CreditBalance: {
            /** Balance */
            balance: number;
        };
        /**
         * CustomField
         * @description A custom field.
         *
         *     Attributes:
         *         key: its name in `custom` of contacts, in files and in filters.
         *         values: contacts with a value that fits; null in a list, like `unfit`.
         *         unfit: contacts with a value that does not fit and is kept as it is.
         */
        CustomField: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Key */
            key: string;
            /** Name */
            name: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "text" | "number" | "date" | "choice" | "url" | "contact";
            /** Choices */
            choices: string[];
            /** Place */
            place: number;
            /** Values */
            values: number | null;
            /** Unfit */
            unfit: number | null;
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
         * DailyCounts
         * @description The counts of one day in UTC.
         */
        DailyCounts: {
            /** Day */
            day: string;
            /** Sent */
            sent: number;
            /** Accepted */
            accepted: number;
            /** Activated */
            activated: number;
            /** Requested */
            requested: number;
            /** Introduced */
            introduced: number;
        };
        /**
         * DateCreate
         * @description A date of a contact: `YYYY-MM-DD`, or `--MM-DD` where the year is not known. A date that is not yearly needs its year.
         */
        DateCreate: {
            /**
             * Kind
             * @default other
             * @enum {string}
             */
            kind?: "anniversary" | "reminder" | "other";
            /**
             * Label
             * @default
             */
            label?: string;
            /** Day */
            day: string;
            /**
             * Yearly
             * @default true
             */
            yearly?: boolean;
        };
        /**
         * DeletedContact
         * @description A contact in the trash.
         */
        DeletedContact: {
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
            /** Tags */
            tags: string[];
            /**
             * Deleted At
             * Format: date-time
             */
            deleted_at: string;
            /**
             * Operation Id
             * Format: uuid
             */
            operation_id: string;
        };
        /**
         * Device
         * @description A device; `program` as it names itself, `last_used_at` to the hour.
         *
         *     `held_back_at` is when it last wanted to remove more than half of the address book, which it may not.
         */
        Device: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            /** Username */
            username: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Last Used At */
            last_used_at: string | null;
            /** Program */
            program: string | null;
            /** Held Back At */
            held_back_at: string | null;
        };
        /**
         * DeviceCreate
         * @description A phone or a program that is to hold the contacts.
         */
        DeviceCreate: {
            /** Name */
            name: string;
        };
        /**
         * DeviceList
         * @description All devices, the latest first.
         */
        DeviceList: {
            /** Items */
            items: components["schemas"]["Device"][];
        };
        /**
         * DifferingValue
         * @description A value of a merged contact that did not become that of the contact that is left: `kept` did.
         */
        DifferingValue: {
            /** Field */
            field: string;
            /** Kept */
            kept: string;
            /** Value */
            value: string;
            /**
             * Contact Id
             * Format: uuid
             */
            contact_id: string;
        };
        /**
         * Due
         * @description Somebody to talk to today: since when, why, and how to reach them.
         */
        Due: {
            contact: components["schemas"]["shared__day__answers__Person"];
            /** Every Days */
            every_days: number;
            circle: components["schemas"]["CircleName"] | null;
            /** Last At */
            last_at: string | null;
            /**
             * Due On
             * Format: date
             */
            due_on: string;
            /** Overdue Days */
            overdue_days: number;
            /** Why */
            why: string;
            /** Reach */
            reach: components["schemas"]["Reach"][];
        };
        /**
         * DueList
         * @description A page of who is due, the longest overdue first.
         */
        DueList: {
            /** Items */
            items: components["schemas"]["Due"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * Duplicate
         * @description Two contacts that may be one person; the first is the older.
         */
        Duplicate: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Score */
            score: number;
            /**
             * Band
             * @enum {string}
             */
            band: "sure" | "likely";
            /** Reasons */
            reasons: components["schemas"]["DuplicateReason"][];
            /** Contacts */
            contacts: components["schemas"]["Contact"][];
        };
        /**
         * DuplicateCounts
         * @description Pairs by how sure they are.
         */
        DuplicateCounts: {
            /** Sure */
            sure: number;
            /** Likely */
            likely: number;
        };
        /**
         * DuplicateList
         * @description A page of pairs, the surest first.
         */
        DuplicateList: {
            /** Items */
            items: components["schemas"]["Duplicate"][];
            /** Next Cursor */
            next_cursor: string | null;
            counts: components["schemas"]["DuplicateCounts"];
            scan: components["schemas"]["DuplicateScan"];
        };
        /**
         * DuplicateReason
         * @description Why two contacts may be one person, or may not: ten points are a factor e in the odds. `value` is shared by the two.
         */
        DuplicateReason: {
            /** Code */
            code: string;
            /** Points */
            points: number;
            /**
             * Value
             * @default null
             */
            value?: string | null;
        };
        /**
         * DuplicateScan
         * @description The last scan, None before the first; `stale`: contacts changed since, and a scan may find other pairs.
         */
        DuplicateScan: {
            /** At */
            at: string | null;
            /** Contacts */
            contacts: number;
            /** Stale */
            stale: boolean;
        };
        /**
         * EmptiedTrash
         * @description How many contacts were deleted for good.
         */
        EmptiedTrash: {
            /** Forgotten */
            forgotten: number;
        };
        /**
         * EnrichmentQueued
         * @description A queued contact; the findings will show in its `enrichment`.
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
         * @description The options of an enrichment.
         *
         *     Attributes:
         *         priority: of the request in the queue.
         *         force: ask again also the providers that have answered before; their answers are charged again.
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
         * Everyone
         * @description The same counts for all users together, at most a minute old.
         */
        Everyone: {
            invitations: components["schemas"]["InvitationCounts"];
            /** By Channel */
            by_channel: {
                [key: string]: components["schemas"]["InvitationCounts"];
            };
            /** Introductions */
            introductions: {
                [key: string]: number;
            };
            funnel: components["schemas"]["FunnelCounts"];
            /** Conversion */
            conversion: number | null;
            /** K Factor */
            k_factor: number | null;
            /** Median Cycle Days */
            median_cycle_days: number | null;
            /** Active Users */
            active_users: number;
            /** Daily */
            daily: components["schemas"]["DailyCounts"][];
            projection: components["schemas"]["Projection"] | null;
            /**
             * Computed At
             * Format: date-time
             */
            computed_at: string;
        };
        /**
         * Evidence
         * @description The evidence of a tie; `by_source` has the same for each source by its id, and for what was logged by hand as `logged`.
         */
        Evidence: {
            /** Sent */
            sent: number;
            /** Received */
            received: number;
            /** Together */
            together: number;
            /** Meetings */
            meetings: number;
            /** Calls */
            calls: number;
            /**
             * First At
             * Format: date-time
             */
            first_at: string;
            /**
             * Last At
             * Format: date-time
             */
            last_at: string;
            /** By Source */
            by_source: {
                [key: string]: components["schemas"]["SourceEvidence"];
            };
        };
        /**
         * FieldChange
         * @description A field as it was before a change and after it.
         */
        FieldChange: {
            /** Field */
            field: string;
            /** Before */
            before: unknown;
            /** After */
            after: unknown;
        };
        /**
         * FieldCreate
         * @description A custom field.
         *
         *     Attributes:
         *         name: another field may not have it, whatever its case and accents.
         *         kind: of its values.
         *         key: its name in `custom` of contacts, in files and in filters; its name when left out. It stays when the field is renamed.
         *         choices: of the kind `choice`, in their order.
         *         place: among the fields; behind the others when left out.
         */
        FieldCreate: {
            /** Name */
            name: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "text" | "number" | "date" | "choice" | "url" | "contact";
            /**
             * Key
             * @default null
             */
            key?: string | null;
            /**
             * Choices
             * @default []
             */
            choices?: string[];
            /**
             * Place
             * @default null
             */
            place?: number | null;
        };
        /**
         * FieldList
         * @description All fields, in their order.
         */
        FieldList: {
            /** Items */
            items: components["schemas"]["CustomField"][];
        };
        /**
         * FieldPatch
         * @description A change of a field. Values that do not fit its new kind or choices are kept, and counted as `unfit`.
         */
        FieldPatch: {
            /**
             * Name
             * @default null
             */
            name?: string | null;
            /**
             * Kind
             * @default null
             */
            kind?: ("text" | "number" | "date" | "choice" | "url" | "contact") | null;
            /**
             * Choices
             * @default null
             */
            choices?: string[] | null;
            /**
             * Place
             * @default null
             */
            place?: number | null;
        };
        /**
         * FoundContact
         * @description A contact that a search found, with its score and the fields that matched.
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
         * FoundNote
         * @description A note with the name of its contact.
         */
        FoundNote: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Contact Id
             * Format: uuid
             */
            contact_id: string;
            /** Text */
            text: string;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Pinned */
            pinned: boolean;
            /** Source */
            source: string;
            /** Mentions */
            mentions: components["schemas"]["Mention"][];
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
            /** Contact Name */
            contact_name: string;
        };
        /**
         * FoundNotes
         * @description A page of notes of all contacts, newest first.
         */
        FoundNotes: {
            /** Items */
            items: components["schemas"]["FoundNote"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * FunnelCounts
         * @description How many introductions were requested in the window, and how many of them came to each step.
         */
        FunnelCounts: {
            /** Requested */
            requested: number;
            /** Connector Accepted */
            connector_accepted: number;
            /** Introduced */
            introduced: number;
            /** Completed */
            completed: number;
        };
        /**
         * Grant
         * @description A program that was let in: for the MCP server (`mcp`) or the API. `last_used_at` is kept to ten minutes.
         */
        Grant: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            /** Host */
            host: string;
            /**
             * Resource
             * @enum {string}
             */
            resource: "mcp" | "api";
            /** Scopes */
            scopes: ("read" | "write" | "introduce" | "webhooks")[];
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Last Used At */
            last_used_at: string | null;
        };
        /**
         * GrantList
         * @description The programs that the user has let in, the newest first.
         */
        GrantList: {
            /** Items */
            items: components["schemas"]["Grant"][];
        };
        /**
         * GraphImport
         * @description The outcome of an import; `received` = created + updated + unchanged + failed.
         */
        GraphImport: {
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
            errors: components["schemas"]["GraphImportFailure"][];
        };
        /**
         * GraphImportCounts
         * @description The counts of a finished import.
         */
        GraphImportCounts: {
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
        };
        /**
         * GraphImportFailure
         * @description One error of a row: the field, the message and the refused value.
         */
        GraphImportFailure: {
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
         * Health
         * @description Whether the database and the cache answer. A cache that is down makes answers slower; none fails.
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
         * HiddenContact
         * @description A contact through which, and to which, colleagues find no path.
         */
        HiddenContact: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            /** Company */
            company: string | null;
            /** Title */
            title: string | null;
            /**
             * Hidden At
             * Format: date-time
             */
            hidden_at: string;
        };
        /**
         * HiddenContacts
         * @description A page of hidden contacts, in the order of their ids.
         */
        HiddenContacts: {
            /** Items */
            items: components["schemas"]["HiddenContact"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * Import
         * @description An import.
         *
         *     `status` is `waiting` for the file (phase `upload`) or for `start` (phase `plan`), `running`, `done`, `failed` or `cancelled`.
         *     `counts` come with phase `plan`; `result` when it is done.
         */
        Import: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Kind */
            kind: string;
            /** Filename */
            filename: string;
            /** Size */
            size: number;
            /** Status */
            status: string;
            /** Phase */
            phase: string;
            progress: components["schemas"]["JobProgress"];
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
            /** Ended At */
            ended_at: string | null;
            /** @default null */
            upload?: components["schemas"]["ImportUpload"] | null;
            /** @default null */
            plan?: components["schemas"]["ImportPlanRead"] | null;
            /**
             * Preview
             * @default null
             */
            preview?: components["schemas"]["PreviewRow"][] | null;
            /**
             * Doubts
             * @default null
             */
            doubts?: components["schemas"]["ImportDoubt"][] | null;
            /** @default null */
            counts?: components["schemas"]["ImportCounts"] | null;
            /**
             * Errors
             * @default null
             */
            errors?: components["schemas"]["GraphImportFailure"][] | null;
            /** @default null */
            result?: components["schemas"]["ImportOutcome"] | null;
            /** @default null */
            problem?: components["schemas"]["ImportProblem"] | null;
        };
        /**
         * ImportCounts
         * @description How many rows of the file are new, change a contact, are known already, or are refused.
         */
        ImportCounts: {
            /** Received */
            received: number;
            /** New */
            new: number;
            /** Changed */
            changed: number;
            /** Known */
            known: number;
            /** Refused */
            refused: number;
        };
        /**
         * ImportCreate
         * @description A file to import.
         *
         *     Attributes:
         *         kind: what its rows are.
         *         filename: its name, a hint only.
         *         size: its size in bytes.
         *         plan: what is known about it beforehand.
         *         start: go on without waiting for `POST /imports/{id}/start` when the file is read.
         */
        ImportCreate: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "contacts" | "ties" | "interactions";
            /**
             * Filename
             * @default
             */
            filename?: string;
            /** Size */
            size: number;
            /**
             * @default {
             *       "charset": null,
             *       "mapping": {},
             *       "date_order": null,
             *       "name_order": null,
             *       "on_duplicate": null,
             *       "tags": [],
             *       "tie_to_me": null,
             *       "enrich": false,
             *       "bring_back": false
             *     }
             */
            plan?: components["schemas"]["ImportPlan"];
            /**
             * Start
             * @default false
             */
            start?: boolean;
        };
        /**
         * ImportDoubt
         * @description Something that the file leaves open, and how it is taken.
         */
        ImportDoubt: {
            /**
             * Kind
             * @default null
             */
            kind?: string | null;
            /** Line */
            line: number | null;
            /** Field */
            field: string | null;
            /** Message */
            message: string;
            /** Value */
            value: string | null;
        };
        /**
         * ImportFailure
         * @description One error of a record: the field, the message and the refused value.
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
         * ImportNotice
         * @description A value that differs from that of a contact: kept beside it, or now in its place.
         */
        ImportNotice: {
            /** Line */
            line: number;
            /** Field */
            field: string;
            /** Message */
            message: string;
            /** Value */
            value: string | null;
        };
        /**
         * ImportOutcome
         * @description The outcome of an import that was done as a job; `kept` second values of fields are listed in `notices`.
         */
        ImportOutcome: {
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
            errors: components["schemas"]["GraphImportFailure"][];
            /** Kept */
            kept: number;
            /** Notices */
            notices: components["schemas"]["GraphImportFailure"][];
        };
        /**
         * ImportPlan
         * @description How a file is read and merged; what is left out is as the file itself suggests.
         *
         *     Attributes:
         *         charset: of its text, where its bytes can be that; `windows-1251`.
         *         mapping: title of a column -> field of a contact, `custom` or `ignore`.
         *         date_order: how dates such as 3/4/1985 are meant.
         *         name_order: how a column of whole names is written; `family_first` reads "Diaz, Ana" as Ana Diaz.
         *         on_duplicate: of contacts that exist, fill the blanks and keep beside the rest what differs (`update`), let the file's company,
         *             title, location and birthday take the place of others, which are kept (`newest`), or leave them as they are (`skip`). Left
         *             out: `newest` for LinkedIn's export where it is the newest by its dates, else `update`.
         *         tags: for every contact of the file.
         *         tie_to_me: the strength of a tie between each contact and you; 0 makes none.
         *         enrich: let the configured providers fill blanks of new contacts.
         *         bring_back: import also contacts that you have deleted for good; else their rows are refused.
         */
        ImportPlan: {
            /**
             * Charset
             * @default null
             */
            charset?: string | null;
            /**
             * Mapping
             * @default {}
             */
            mapping?: {
                [key: string]: string;
            };
            /**
             * Date Order
             * @default null
             */
            date_order?: ("day_first" | "month_first") | null;
            /**
             * Name Order
             * @default null
             */
            name_order?: ("given_first" | "family_first") | null;
            /**
             * On Duplicate
             * @default null
             */
            on_duplicate?: ("update" | "newest" | "skip") | null;
            /**
             * Tags
             * @default []
             */
            tags?: string[];
            /**
             * Tie To Me
             * @default null
             */
            tie_to_me?: number | null;
            /**
             * Enrich
             * @default false
             */
            enrich?: boolean;
            /**
             * Bring Back
             * @default false
             */
            bring_back?: boolean;
        };
        /**
         * ImportPlanRead
         * @description How the file is read and merged; `POST /imports/{id}/start` takes it with corrections.
         */
        ImportPlanRead: {
            /** Format */
            format: string;
            /**
             * Charset
             * @default null
             */
            charset?: string | null;
            /**
             * Delimiter
             * @default null
             */
            delimiter?: string | null;
            /**
             * Header Line
             * @default null
             */
            header_line?: number | null;
            /**
             * Columns
             * @default null
             */
            columns?: string[] | null;
            /** Mapping */
            mapping: {
                [key: string]: string;
            };
            /**
             * Date Order
             * @default null
             */
            date_order?: string | null;
            /**
             * Name Order
             * @default null
             */
            name_order?: string | null;
            /** On Duplicate */
            on_duplicate: string;
            /** Tags */
            tags: string[];
            /** Tie To Me */
            tie_to_me: number;
            /** Enrich */
            enrich: boolean;
        };
        /**
         * ImportProblem
         * @description Why an import failed.
         */
        ImportProblem: {
            /** Code */
            code: string;
            /** Detail */
            detail: string;
        };
        /**
         * ImportStart
         * @description The plan with corrections; what is left out stays as it was.
         *
         *     Attributes:
         *         plan: the corrections; a mapping replaces the fields of the columns that it names.
         *         preview: only read the file again by this plan, and wait.
         */
        ImportStart: {
            /** @default null */
            plan?: components["schemas"]["CorrectedPlan"] | null;
            /**
             * Preview
             * @default false
             */
            preview?: boolean;
        };
        /**
         * ImportSummary
         * @description An import in the list of imports.
         */
        ImportSummary: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Kind */
            kind: string;
            /** Filename */
            filename: string;
            /** Size */
            size: number;
            /** Status */
            status: string;
            /** Phase */
            phase: string;
            progress: components["schemas"]["JobProgress"];
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
            /** Ended At */
            ended_at: string | null;
            /** @default null */
            result?: components["schemas"]["GraphImportCounts"] | null;
            /** @default null */
            problem?: components["schemas"]["ImportProblem"] | null;
        };
        /**
         * ImportSummaryList
         * @description A page of imports, the latest first.
         */
        ImportSummaryList: {
            /** Items */
            items: components["schemas"]["ImportSummary"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * ImportUpload
         * @description Where to send the file.
         *
         *     `PUT` chunks of `chunk_bytes` to `url` with `Content-Range: bytes 0-8388607/30000000` until the answer is 200 or 201; before
         *     that it is 308 with `Range`. `Content-Range: bytes *\/30000000` without a body asks how much has arrived.
         */
        ImportUpload: {
            /** Url */
            url: string;
            /** Headers */
            headers: {
                [key: string]: string;
            };
            /** Chunk Bytes */
            chunk_bytes: number;
        };
        /**
         * Interaction
         * @description One e-mail, message, call or meeting.
         *
         *     `source` is `hand` or `program` where the interaction was recorded singly, and null where a file brought it, or an older release
         *     recorded it.
         */
        Interaction: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "email" | "message" | "call" | "meeting";
            /**
             * Direction
             * @enum {string}
             */
            direction: "in" | "out" | "both";
            /** Source */
            source: ("hand" | "program") | null;
            /** Note */
            note: string | null;
        };
        /**
         * InteractionCreate
         * @description An e-mail, message, call or meeting with a contact; direction `in` came from the contact.
         */
        InteractionCreate: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "email" | "message" | "call" | "meeting";
            /**
             * At
             * Format: date-time
             */
            at: string;
            /**
             * Direction
             * @default both
             * @enum {string}
             */
            direction?: "in" | "out" | "both";
            /**
             * Note
             * @default null
             */
            note?: string | null;
        };
        /**
         * InteractionList
         * @description A page of interactions, newest first.
         */
        InteractionList: {
            /** Items */
            items: components["schemas"]["Interaction"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * InteractionPatch
         * @description A correction of an interaction by a merge patch; a `note` of null removes the note.
         */
        InteractionPatch: {
            /**
             * Kind
             * @default null
             */
            kind?: ("email" | "message" | "call" | "meeting") | null;
            /**
             * At
             * @default null
             */
            at?: string | null;
            /**
             * Direction
             * @default null
             */
            direction?: ("in" | "out" | "both") | null;
            /**
             * Note
             * @default null
             */
            note?: string | null;
        };
        /**
         * Introduction
         * @description An introduction. One that you were asked about contains only your part.
         */
        Introduction: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Role
             * @enum {string}
             */
            role: "requester" | "connector" | "target";
            /**
             * Status
             * @enum {string}
             */
            status: "requested" | "connector_accepted" | "introduced" | "completed" | "declined" | "not_now" | "withdrawn" | "expired";
            /**
             * Reason
             * @default null
             */
            reason?: "undeliverable" | null;
            /**
             * Requester
             * @default null
             */
            requester?: {
                [key: string]: string;
            } | null;
            target: components["schemas"]["shared__introductions__answers__Person"];
            /** @default null */
            connector?: components["schemas"]["shared__introductions__answers__Person"] | null;
            /**
             * Path
             * @default null
             */
            path?: components["schemas"]["shared__introductions__answers__Person"][] | null;
            /** Message */
            message: string;
            /** Purpose */
            purpose: string | null;
            /**
             * Hops
             * @default null
             */
            hops?: number | null;
            /**
             * Strength
             * @default null
             */
            strength?: number | null;
            /**
             * Steps
             * @default null
             */
            steps?: components["schemas"]["IntroductionStep"][] | null;
            /**
             * History
             * @default null
             */
            history?: components["schemas"]["IntroductionMove"][] | null;
            /**
             * Waiting For
             * @default null
             */
            waiting_for?: string | null;
            /**
             * Expires At
             * @default null
             */
            expires_at?: string | null;
            /**
             * Passed Over
             * @default null
             */
            passed_over?: components["schemas"]["PassedOver"][] | null;
            /**
             * Decision
             * @default null
             */
            decision?: string | null;
            /**
             * Asked At
             * @default null
             */
            asked_at?: string | null;
            /**
             * Decided At
             * @default null
             */
            decided_at?: string | null;
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
         * IntroductionAnswer
         * @description The answer of a connector or of the target.
         *
         *     Attributes:
         *         decision: never declines, and keeps everybody from asking at this address again.
         *         note: passed on with the introduction when accepted; a connector's note goes to the requester when not accepted.
         *         email: address of the next person, where the requester does not have it.
         */
        IntroductionAnswer: {
            /**
             * Decision
             * @enum {string}
             */
            decision: "accept" | "decline" | "not_now" | "never";
            /**
             * Note
             * @default
             */
            note?: string;
            /**
             * Email
             * @default null
             */
            email?: string | null;
        };
        /**
         * IntroductionAnswered
         * @description The result of an answer. `status` is null where the e-mail was not about an introduction.
         */
        IntroductionAnswered: {
            /**
             * Decision
             * @enum {string}
             */
            decision: "accept" | "decline" | "not_now" | "never";
            /** Status */
            status: ("requested" | "connector_accepted" | "introduced" | "completed" | "declined" | "not_now" | "withdrawn" | "expired") | null;
            /** Detail */
            detail: string;
        };
        /**
         * IntroductionLetter
         * @description A letter of an introduction as its recipient would get it. The last one goes to both the requester and the target.
         *
         *     Attributes:
         *         to: name of the recipient.
         *         role: of the recipient on the path.
         *         subject: one line.
         *         text: as plain text.
         *         html: the same as HTML.
         */
        IntroductionLetter: {
            /** To */
            to: string;
            /**
             * Role
             * @enum {string}
             */
            role: "connector" | "target" | "both";
            /** Subject */
            subject: string;
            /** Text */
            text: string;
            /** Html */
            html: string;
        };
        /**
         * IntroductionList
         * @description A page of introductions, newest first.
         */
        IntroductionList: {
            /** Items */
            items: components["schemas"]["Introduction"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * IntroductionMove
         * @description A change of an introduction's status.
         */
        IntroductionMove: {
            /**
             * Status
             * @enum {string}
             */
            status: "requested" | "connector_accepted" | "introduced" | "completed" | "declined" | "not_now" | "withdrawn" | "expired";
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Name */
            name: string | null;
            /** Note */
            note: string | null;
        };
        /**
         * IntroductionPreview
         * @description The letters to everybody on the path, in the order in which they are asked.
         */
        IntroductionPreview: {
            /** Letters */
            letters: components["schemas"]["IntroductionLetter"][];
        };
        /**
         * IntroductionQuestion
         * @description The question to the holder of a token. One that is not open has only its state, role and decision.
         */
        IntroductionQuestion: {
            /**
             * State
             * @enum {string}
             */
            state: "open" | "answered" | "expired" | "closed";
            /**
             * Role
             * @enum {string}
             */
            role: "connector" | "target";
            /**
             * Decision
             * @default null
             */
            decision?: string | null;
            /**
             * Requester
             * @default null
             */
            requester?: {
                [key: string]: string;
            } | null;
            /**
             * You
             * @default null
             */
            you?: {
                [key: string]: string;
            } | null;
            /** @default null */
            next?: components["schemas"]["shared__introductions__answers__Person"] | null;
            /** @default null */
            target?: components["schemas"]["shared__introductions__answers__Person"] | null;
            /**
             * Message
             * @default null
             */
            message?: string | null;
            /**
             * Purpose
             * @default null
             */
            purpose?: string | null;
            /**
             * Note
             * @default null
             */
            note?: string | null;
            /**
             * Asked Lately
             * @default null
             */
            asked_lately?: number | null;
            /**
             * Needs Email
             * @default null
             */
            needs_email?: boolean | null;
            /**
             * Decisions
             * @default null
             */
            decisions?: ("accept" | "decline" | "not_now" | "never")[] | null;
            /**
             * Expires At
             * @default null
             */
            expires_at?: string | null;
        };
        /**
         * IntroductionRequest
         * @description A request for an introduction: the target, the path and the reason.
         */
        IntroductionRequest: {
            /**
             * Target Id
             * Format: uuid
             */
            target_id: string;
            /**
             * Path
             * @description Contacts from you to the target, with or without yourself. By default the strongest of the shortest paths.
             * @default null
             */
            path?: string[] | null;
            /**
             * Message
             * @description Your words to everybody on the path.
             */
            message: string;
            /**
             * Purpose
             * @description The subject of the introduction, in a few words.
             * @default
             */
            purpose?: string;
            /**
             * Connector Email
             * @description An address of the first person of `path`, where the contact has none; used for this introduction alone.
             * @default null
             */
            connector_email?: string | null;
        };
        /**
         * IntroductionStep
         * @description One person on the path, and their answer.
         */
        IntroductionStep: {
            /** Position */
            position: number;
            /**
             * Role
             * @enum {string}
             */
            role: "connector" | "target";
            /**
             * Contact Id
             * Format: uuid
             */
            contact_id: string;
            /** Name */
            name: string;
            /**
             * State
             * @enum {string}
             */
            state: "waiting" | "asked" | "accepted" | "declined" | "not_now" | "withdrawn" | "expired" | "undeliverable";
            /** Asked At */
            asked_at: string | null;
            /** Reminded At */
            reminded_at: string | null;
            /** Decided At */
            decided_at: string | null;
            /** Note */
            note: string;
        };
        /**
         * Invitation
         * @description An invitation by e-mail, and how far the invited person came.
         */
        Invitation: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Email */
            email: string;
            /** Code */
            code: string;
            /**
             * Status
             * @enum {string}
             */
            status: "sent" | "opened" | "accepted" | "activated";
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
        };
        /**
         * InvitationAccepted
         * @description The invitation by which the caller joined.
         */
        InvitationAccepted: {
            /** Inviter */
            inviter: string;
            /**
             * Channel
             * @enum {string}
             */
            channel: "email" | "link" | "introduction";
            /**
             * Accepted At
             * Format: date-time
             */
            accepted_at: string;
            /** Activated At */
            activated_at: string | null;
        };
        /**
         * InvitationCode
         * @description The code in the link of an invitation.
         */
        InvitationCode: {
            /** Code */
            code: string;
        };
        /**
         * InvitationCounts
         * @description How many people were invited in the window, and how many of them came to each step.
         */
        InvitationCounts: {
            /** Sent */
            sent: number;
            /** Opened */
            opened: number;
            /** Accepted */
            accepted: number;
            /** Activated */
            activated: number;
        };
        /**
         * InvitationCreate
         * @description The addresses to invite, and the words of the user to them.
         */
        InvitationCreate: {
            /** Emails */
            emails: string[];
            /**
             * Message
             * @default
             */
            message?: string;
        };
        /**
         * InvitationList
         * @description A page of invitations, newest first.
         *
         *     Attributes:
         *         link: an invitation to pass on, for people who are not invited by e-mail.
         */
        InvitationList: {
            /** Items */
            items: components["schemas"]["Invitation"][];
            /** Next Cursor */
            next_cursor: string | null;
            /** Link */
            link: string;
        };
        /**
         * InvitationRefused
         * @description An address that cannot be invited now: the budget that is spent, and the seconds until it allows a letter again.
         */
        InvitationRefused: {
            /** Email */
            email: string;
            /**
             * Reason
             * @enum {string}
             */
            reason: "mailbox_per_day" | "mailbox_per_month" | "pair_per_month";
            /** Retry After S */
            retry_after_s: number;
        };
        /**
         * InvitationSeen
         * @description An invitation as its recipient sees it.
         */
        InvitationSeen: {
            /** Inviter */
            inviter: string;
            /** Message */
            message: string;
        };
        /**
         * InvitationsSent
         * @description The latest invitations, and the addresses that could not be invited.
         */
        InvitationsSent: {
            /** Items */
            items: components["schemas"]["Invitation"][];
            /** Next Cursor */
            next_cursor: string | null;
            /** Link */
            link: string;
            /** Refused */
            refused: components["schemas"]["InvitationRefused"][];
        };
        /**
         * Job
         * @description A job: `status` is waiting (for its user), running, done, failed or cancelled.
         */
        Job: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Kind */
            kind: string;
            /** Status */
            status: string;
            /** Phase */
            phase: string;
            progress: components["schemas"]["Progress"];
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
            /** Ended At */
            ended_at: string | null;
            /**
             * Result
             * @default null
             */
            result?: {
                [key: string]: unknown;
            } | null;
            /** @default null */
            problem?: components["schemas"]["JobProblem"] | null;
        };
        /**
         * JobProblem
         * @description Why a job failed.
         */
        JobProblem: {
            /** Code */
            code: string;
            /** Detail */
            detail: string;
        };
        /**
         * JobProgress
         * @description How much of a phase is done: bytes while the file is sent and read, rows afterwards; `total` null where not known.
         */
        JobProgress: {
            /** Done */
            done: number;
            /** Total */
            total: number | null;
        };
        /**
         * KeptContact
         * @description A contact that an undo leaves as it is, or some fields of it, and why.
         */
        KeptContact: {
            /**
             * Contact Id
             * Format: uuid
             */
            contact_id: string;
            /** Name */
            name: string;
            /**
             * Reason
             * @enum {string}
             */
            reason: "edited_since" | "used_since" | "deleted_since" | "address_taken";
            /** Fields */
            fields: string[];
        };
        /**
         * Leaderboard
         * @description A page of the leaderboard, highest score first; equal scores share a rank.
         */
        Leaderboard: {
            /**
             * Period
             * @enum {string}
             */
            period: "7d" | "30d" | "all";
            /** Items */
            items: components["schemas"]["Standing"][];
            own: components["schemas"]["OwnStanding"];
            /** Next Cursor */
            next_cursor: string | null;
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
         * @description One movement of credits; the balance is the sum of all movements.
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
         * LettersLeft
         * @description How many letters to strangers the user may send in 24 hours, over all kinds; null without a limit.
         *
         *     `asks` are the introductions among them. `more_at` is the time from which there is one more, where none is left.
         */
        LettersLeft: {
            /** Per Day */
            per_day: number | null;
            /** Left */
            left: number | null;
            /** Asks Per Day */
            asks_per_day: number | null;
            /** Asks Left */
            asks_left: number | null;
            /** More At */
            more_at: string | null;
        };
        /**
         * LineError
         * @description A line that cannot be used: its number, the field at fault, what would be right, and what it has there.
         */
        LineError: {
            /** Line */
            line: number;
            /** Field */
            field: string;
            /** Message */
            message: string;
            /** Value */
            value: string | null;
        };
        /**
         * LooseName
         * @description A name among the custom values of contacts that is not a field: in how many contacts it stands, a value, and the kind that fits them all.
         */
        LooseName: {
            /** Name */
            name: string;
            /** Contacts */
            contacts: number;
            /** Example */
            example: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "text" | "number" | "date" | "url";
        };
        /**
         * LooseNames
         * @description The names that are not fields, the most frequent first; at most 200.
         */
        LooseNames: {
            /** Items */
            items: components["schemas"]["LooseName"][];
        };
        /**
         * MembersChange
         * @description Contacts that come into a circle, and contacts that leave it.
         */
        MembersChange: {
            /**
             * Add
             * @default []
             */
            add?: string[];
            /**
             * Remove
             * @default []
             */
            remove?: string[];
        };
        /**
         * MembersChanged
         * @description How many contacts came and left.
         */
        MembersChanged: {
            /** Added */
            added: number;
            /** Removed */
            removed: number;
        };
        /**
         * Mention
         * @description A contact that a note names.
         */
        Mention: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
        };
        /**
         * MergeOutcome
         * @description The contact that is left of a merge, the operation that can be undone, and the values that differed.
         */
        MergeOutcome: {
            contact: components["schemas"]["Contact"];
            /**
             * Operation Id
             * Format: uuid
             */
            operation_id: string;
            /** Conflicts */
            conflicts: components["schemas"]["DifferingValue"][];
            /** Dry Run */
            dry_run: boolean;
        };
        /**
         * MergeRequest
         * @description Contacts that are one person: the first is left, the others become part of it.
         *
         *     Attributes:
         *         fields: for fields of one value, the contact whose value is kept; others follow the rules.
         *         dry_run: answer the outcome without changing anything.
         */
        MergeRequest: {
            /** Ids */
            ids: string[];
            /**
             * Fields
             * @default {}
             */
            fields?: {
                [key: string]: string;
            };
            /**
             * Dry Run
             * @default false
             */
            dry_run?: boolean;
        };
        /**
         * MovedInteraction
         * @description An interaction as the list of the contact's interactions shows it.
         */
        MovedInteraction: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "email" | "message" | "call" | "meeting";
            /**
             * Direction
             * @enum {string}
             */
            direction: "in" | "out" | "both";
        };
        /**
         * MutualContact
         * @description A contact that both contacts know.
         */
        MutualContact: {
            contact: components["schemas"]["PathContact"];
            /** Strengths */
            strengths: number[];
            /** Strength */
            strength: number;
            /** Sentence */
            sentence: string;
        };
        /**
         * MutualContacts
         * @description The contacts that two contacts both know, the greatest product of strengths first.
         */
        MutualContacts: {
            /** Items */
            items: components["schemas"]["MutualContact"][];
            /** Total */
            total: number;
            /** Sentence */
            sentence: string;
        };
        /**
         * Network
         * @description A contact, the strongest contacts around it and every tie among them; `truncated` when more contacts are around it.
         */
        Network: {
            /** Nodes */
            nodes: components["schemas"]["NetworkNode"][];
            /** Links */
            links: components["schemas"]["NetworkLink"][];
            /** Truncated */
            truncated: boolean;
        };
        /**
         * NetworkLink
         * @description A tie in a network; a mutual tie is listed once, with the greater of its two strengths.
         */
        NetworkLink: {
            /**
             * Source
             * Format: uuid
             */
            source: string;
            /**
             * Target
             * Format: uuid
             */
            target: string;
            /** Strength */
            strength: number;
            /** Mutual */
            mutual: boolean;
        };
        /**
         * NetworkNode
         * @description A contact in a network: its hops from the centre, and the strength of the best path to it.
         */
        NetworkNode: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            /** Company */
            company: string | null;
            /** Tags */
            tags: string[];
            /** Hops */
            hops: number;
            /** Strength */
            strength: number;
        };
        /**
         * NewDevice
         * @description A device and its password, which is shown this once.
         *
         *     `url` is where the device finds the contacts; `connect_url` a link that works once, until `connect_until`, and sets up a phone.
         */
        NewDevice: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            /** Url */
            url: string;
            /** Username */
            username: string;
            /** Password */
            password: string;
            /** Connect Url */
            connect_url: string;
            /**
             * Connect Until
             * Format: date-time
             */
            connect_until: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
        };
        /**
         * NewPersonalToken
         * @description A new personal token; `token` is its text, which is shown this once.
         */
        NewPersonalToken: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            /** Ending */
            ending: string;
            /** Scopes */
            scopes: ("read" | "write" | "introduce" | "webhooks")[];
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /** Last Used At */
            last_used_at: string | null;
            /** Token */
            token: string;
        };
        /**
         * Note
         * @description A note of a contact, in Markdown.
         *
         *     `at` is the time that it speaks of. `source` is `manual`, an import, or `contact` for the field `notes` of the contact, which is its first
         *     note and has the contact's id.
         */
        Note: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Contact Id
             * Format: uuid
             */
            contact_id: string;
            /** Text */
            text: string;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Pinned */
            pinned: boolean;
            /** Source */
            source: string;
            /** Mentions */
            mentions: components["schemas"]["Mention"][];
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
         * NoteCreate
         * @description A note in Markdown. `[@Ana Diaz](contact:ID)` names another contact; `at` is the time it speaks of, now when left out.
         */
        NoteCreate: {
            /** Text */
            text: string;
            /**
             * At
             * @default null
             */
            at?: string | null;
            /**
             * Pinned
             * @default false
             */
            pinned?: boolean;
        };
        /**
         * NoteList
         * @description A page of notes: the field `notes` first, then pinned ones, then the newest.
         */
        NoteList: {
            /** Items */
            items: components["schemas"]["Note"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * NotePatch
         * @description A change of a note by a merge patch.
         */
        NotePatch: {
            /**
             * Text
             * @default null
             */
            text?: string | null;
            /**
             * At
             * @default null
             */
            at?: string | null;
            /**
             * Pinned
             * @default null
             */
            pinned?: boolean | null;
        };
        /**
         * OldContact
         * @description A contact as it was after one of its changes.
         */
        OldContact: {
            /**
             * Contact Id
             * Format: uuid
             */
            contact_id: string;
            /** Version */
            version: number;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Fields */
            fields: {
                [key: string]: unknown;
            };
        };
        /**
         * Operation
         * @description One call of the API, or one run of a consumer, with all that it changed.
         *
         *     `kind` is the operation of this document that made the changes, or of a consumer; `actor` is `user`, `program:` with
         *     the name of a program that the user has let in, or `system` for what went on by itself. `undone_by` is the operation that took this one back, `undoes` the one that this one took back.
         */
        Operation: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Kind */
            kind: string;
            /** Actor */
            actor: string;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Details */
            details: {
                [key: string]: unknown;
            };
            counts: components["schemas"]["OperationCounts"];
            /** Undoes */
            undoes: string | null;
            /** Undone By */
            undone_by: string | null;
        };
        /**
         * OperationCounts
         * @description How much an operation changed: contacts by what was done to them, ties and interactions, other rows.
         */
        OperationCounts: {
            /** Created */
            created: number;
            /** Updated */
            updated: number;
            /** Deleted */
            deleted: number;
            /** Merged */
            merged: number;
            /** Ties */
            ties: number;
            /** Interactions */
            interactions: number;
            /** Others */
            others: number;
        };
        /**
         * OperationList
         * @description A page of operations, newest first.
         */
        OperationList: {
            /** Items */
            items: components["schemas"]["Operation"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * OwnStanding
         * @description The caller's standing, which others see only where the caller said yes with the setting `leaderboard: true` (`shown`).
         *
         *     The rank is the one among those who are shown.
         */
        OwnStanding: {
            /** Rank */
            rank: number;
            /** Name */
            name: string;
            /** Score */
            score: number;
            /** Introductions */
            introductions: number;
            /** Invitations */
            invitations: number;
            /** Is Me */
            is_me: boolean;
            /** Shown */
            shown: boolean;
        };
        /**
         * PassedOver
         * @description A contact whose better path was not taken, and the reason.
         */
        PassedOver: {
            /**
             * Contact Id
             * Format: uuid
             */
            contact_id: string;
            /** Name */
            name: string;
            /**
             * Reason
             * @enum {string}
             */
            reason: "asked_often" | "unavailable" | "no_email";
        };
        /**
         * Path
         * @description Contacts in order, both ends included; `strengths` has one entry less, and `strength` is their product.
         *
         *     `likelihood` is the chance that everybody on the path passes the introduction on and the target agrees: `strength`, times the
         *     rate at which people of their readiness say yes (docs/path-search.md). `ties` has one entry for each of `strengths`.
         *
         *     In a path through a colleague's contacts, `colleague` is the second contact, and the strengths after it are rounded to
         *     three steps: 0.2 is weak, 0.5 fair, 0.8 strong.
         */
        Path: {
            /** Contacts */
            contacts: components["schemas"]["PathContact"][];
            /** Strengths */
            strengths: number[];
            /** Hops */
            hops: number;
            /** Strength */
            strength: number;
            /** Likelihood */
            likelihood: number;
            /** Ties */
            ties: components["schemas"]["PathTie"][];
            advice: components["schemas"]["Advice"];
            /** @default null */
            colleague?: components["schemas"]["Colleague"] | null;
        };
        /**
         * PathContact
         * @description A contact on a path. Behind a colleague, these are the colleague's contacts; the answer shows no more of them.
         */
        PathContact: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            /** Company */
            company: string | null;
            /** Title */
            title: string | null;
        };
        /**
         * PathList
         * @description Paths, best first; `partial` when the time ran out before the search could exclude better ones.
         */
        PathList: {
            /** Paths */
            paths: components["schemas"]["Path"][];
            /**
             * Partial
             * @default false
             */
            partial?: boolean;
        };
        /**
         * PathTie
         * @description A tie of a path: the kind of its strength, and the counts of its evidence; null without evidence.
         *
         *     `kind` is null behind a colleague, whose evidence is nobody else's.
         */
        PathTie: {
            /** Kind */
            kind: ("stated" | "seen" | "guessed") | null;
            /** Strength */
            strength: number;
            evidence: components["schemas"]["Counts"] | null;
        };
        /**
         * PeopleAnswer
         * @description What the user says of people who were found.
         *
         *     Attributes:
         *         add: addresses of people to add as contacts, each with all of its addresses.
         *         add_all: add everybody who is proposed, from `min_strength` on.
         *         min_strength: of `add_all`.
         *         ignore: addresses of people who are not wanted, and not proposed any more.
         *         propose: addresses of ignored people, to propose again.
         *         join: groups of addresses that belong to one person each.
         *         apart: groups of addresses that belong to different people, however alike they look.
         *         forget: addresses to forget for good; no source brings them back.
         */
        PeopleAnswer: {
            /**
             * Add
             * @default []
             */
            add?: string[];
            /**
             * Add All
             * @default false
             */
            add_all?: boolean;
            /**
             * Min Strength
             * @default 0
             */
            min_strength?: number;
            /**
             * Ignore
             * @default []
             */
            ignore?: string[];
            /**
             * Propose
             * @default []
             */
            propose?: string[];
            /**
             * Join
             * @default []
             */
            join?: string[][];
            /**
             * Apart
             * @default []
             */
            apart?: string[][];
            /**
             * Forget
             * @default []
             */
            forget?: string[];
        };
        /**
         * PeopleChanged
         * @description How many people were added as contacts, got further addresses, and so on, and the first 200 of the contacts that were added.
         */
        PeopleChanged: {
            /** Added */
            added: number;
            /** Updated */
            updated: number;
            /** Ignored */
            ignored: number;
            /** Proposed */
            proposed: number;
            /** Joined */
            joined: number;
            /** Apart */
            apart: number;
            /** Forgotten */
            forgotten: number;
            /** Contacts */
            contacts: components["schemas"]["AddedPerson"][];
        };
        /**
         * PeopleFound
         * @description A page of people found, the strongest tie first.
         */
        PeopleFound: {
            /** Items */
            items: components["schemas"]["PersonFound"][];
            /** Next Cursor */
            next_cursor: string | null;
            /** Total */
            total: number;
        };
        /**
         * PersonFound
         * @description A person in the sources: `address` is the one that is used most, `addresses` are all that certainly belong to the person.
         *
         *     `maybe` are addresses of other people found that may be the same person: join them, or say that they are apart.
         *     `contact` is a contact that has one of the addresses already. `strength` is today's strength of the tie.
         */
        PersonFound: {
            /** Address */
            address: string;
            /** Addresses */
            addresses: string[];
            /** Name */
            name: string | null;
            /** Sent */
            sent: number;
            /** Received */
            received: number;
            /** Meetings */
            meetings: number;
            /** Calls */
            calls: number;
            /**
             * Last At
             * Format: date-time
             */
            last_at: string;
            /** Strength */
            strength: number;
            /**
             * State
             * @enum {string}
             */
            state: "proposed" | "added" | "ignored" | "seen" | "machine";
            contact: components["schemas"]["ContactName"] | null;
            /** Maybe */
            maybe: string[];
        };
        /**
         * PersonalToken
         * @description A personal token without its text: `ending` is its last characters, `last_used_at` is kept to ten minutes.
         */
        PersonalToken: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            /** Ending */
            ending: string;
            /** Scopes */
            scopes: ("read" | "write" | "introduce" | "webhooks")[];
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /** Last Used At */
            last_used_at: string | null;
        };
        /**
         * PersonalTokenList
         * @description The personal tokens of the user, the newest first; those that have expired stay until they are deleted, for 30 days.
         */
        PersonalTokenList: {
            /** Items */
            items: components["schemas"]["PersonalToken"][];
        };
        /**
         * PreviewRow
         * @description One of the first rows: what becomes of it (`new`, `changed`, `known` or `refused`), and the contact as it will be.
         */
        PreviewRow: {
            /** Line */
            line: number;
            /** Row */
            row: number | null;
            /** Outcome */
            outcome: string | null;
            /**
             * Contact
             * @default null
             */
            contact?: {
                [key: string]: unknown;
            } | null;
            /**
             * Cells
             * @default null
             */
            cells?: string[] | null;
        };
        /**
         * Problem
         * @description A problem document of RFC 9457 (`application/problem+json`).
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
            /**
             * Merged Into
             * @default null
             */
            merged_into?: string | null;
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
         * Program
         * @description A program as it describes itself: `host` is where it publishes that; null where nobody vouches for its name.
         */
        Program: {
            /** Name */
            name: string;
            /** Host */
            host: string | null;
        };
        /**
         * ProgramCallList
         * @description A page of what programs did, newest first; kept for 90 days.
         */
        ProgramCallList: {
            /** Items */
            items: components["schemas"]["ProgramCalls"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * ProgramCalls
         * @description What a program did in an hour: `act` is an operation of this document or a tool, `target` the id that it was about.
         */
        ProgramCalls: {
            /**
             * Program Id
             * Format: uuid
             */
            program_id: string;
            /** Program */
            program: string;
            /** Act */
            act: string;
            /** Target */
            target: string | null;
            /** Succeeded */
            succeeded: boolean;
            /** Times */
            times: number;
            /**
             * First At
             * Format: date-time
             */
            first_at: string;
            /**
             * Last At
             * Format: date-time
             */
            last_at: string;
        };
        /**
         * Progress
         * @description How much of a phase is done; `total` null where that is not known.
         */
        Progress: {
            /** Done */
            done: number;
            /** Total */
            total: number | null;
        };
        /**
         * Projection
         * @description The number of active users in future, if each user brings `k_factor` others, one cycle after joining, and nobody else joins.
         *
         *     Attributes:
         *         ceiling: the limit of the projection; null where `k_factor` is 1 or more.
         *         weeks: active users in 1, 2, ... weeks.
         */
        Projection: {
            /** K Factor */
            k_factor: number;
            /** Cycle Days */
            cycle_days: number;
            /** Ceiling */
            ceiling: number | null;
            /** Weeks */
            weeks: number[];
        };
        /**
         * Promotion
         * @description The loose values that become those of a field.
         *
         *     Attributes:
         *         name: their name in `custom` of contacts; the key of the field when left out.
         */
        Promotion: {
            /**
             * Name
             * @default null
             */
            name?: string | null;
        };
        /**
         * PromotionOutcome
         * @description The outcome of a promotion.
         *
         *     Attributes:
         *         changed: contacts whose value was moved or is written in another form now.
         *         unchanged: contacts whose value was in the right form already.
         *         unfit: values that do not fit and were kept as they are; the first of `unfit_total`.
         *         operation_id: what can be undone; null where nothing changed.
         */
        PromotionOutcome: {
            /** Changed */
            changed: number;
            /** Unchanged */
            unchanged: number;
            /** Unfit */
            unfit: components["schemas"]["UnfitValue"][];
            /** Unfit Total */
            unfit_total: number;
            /** Operation Id */
            operation_id: string | null;
        };
        /**
         * Reach
         * @description A way to reach a contact.
         */
        Reach: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "email" | "phone" | "linkedin";
            /** Value */
            value: string;
        };
        /**
         * ReachConnector
         * @description A direct contact to meet: the targets that only now are opened, and how many of all it knows.
         */
        ReachConnector: {
            contact: components["schemas"]["PathContact"];
            /** Strength */
            strength: number;
            /** Opens */
            opens: string[];
            /** Knows */
            knows: number;
        };
        /**
         * ReachRequest
         * @description The contacts to reach.
         *
         *     Attributes:
         *         targets: ids of contacts; an id twice counts once.
         */
        ReachRequest: {
            /** Targets */
            targets: string[];
        };
        /**
         * ReceivedTeamInvitation
         * @description An invitation to the caller.
         */
        ReceivedTeamInvitation: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Team */
            team: string;
            /** Inviter */
            inviter: string;
            /**
             * Sent At
             * Format: date-time
             */
            sent_at: string;
        };
        /**
         * Relationship
         * @description A tie between two contacts.
         *
         *     `strength` is that of the direction from `from_contact_id` to `to_contact_id`; `strength_back` is that of the other
         *     direction, given only in lists and only where both directions exist. `set_by` says where the strength comes from:
         *     `hand` was set by the user, `interactions` was computed from interactions and fades with time, `import` was assumed by
         *     an import and is replaced by the first interaction.
         */
        Relationship: {
            /**
             * From Contact Id
             * Format: uuid
             */
            from_contact_id: string;
            /**
             * To Contact Id
             * Format: uuid
             */
            to_contact_id: string;
            /** Strength */
            strength: number;
            /** Mutual */
            mutual: boolean;
            /**
             * Set By
             * @enum {string}
             */
            set_by: "hand" | "interactions" | "import";
            /**
             * Strength Back
             * @default null
             */
            strength_back?: number | null;
            /** @default null */
            contact?: components["schemas"]["PathContact"] | null;
        };
        /**
         * RelationshipList
         * @description A page of ties.
         */
        RelationshipList: {
            /** Items */
            items: components["schemas"]["Relationship"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * RelationshipSet
         * @description A tie to set.
         *
         *     Attributes:
         *         strength: the strength of the tie; 1 is the greatest.
         *         mutual: set both directions; else only that from the first to the second, and a tie back stays as it is.
         */
        RelationshipSet: {
            /**
             * From Contact Id
             * Format: uuid
             */
            from_contact_id: string;
            /**
             * To Contact Id
             * Format: uuid
             */
            to_contact_id: string;
            /**
             * Strength
             * @default 0.5
             */
            strength?: number;
            /**
             * Mutual
             * @default true
             */
            mutual?: boolean;
        };
        /**
         * SecretRotation
         * @description A new secret; for `overlap_hours` messages are signed with the old one, too.
         */
        SecretRotation: {
            /**
             * Overlap Hours
             * @default 24
             */
            overlap_hours?: number;
        };
        /**
         * SentTeamInvitation
         * @description An invitation to the caller's team that is not answered yet.
         */
        SentTeamInvitation: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Email */
            email: string;
            /**
             * Sent At
             * Format: date-time
             */
            sent_at: string;
        };
        /**
         * Sharing
         * @description The consent to sharing.
         *
         *     Attributes:
         *         ties: paths of colleagues may lead through the user's contacts.
         *         seen_ties: and over ties between others that were computed from the user's own mail and calendars; left as it is where null.
         *         strengths: how strong the ties are, in three steps; false: only that they exist. Left as it is where null.
         */
        Sharing: {
            /** Ties */
            ties: boolean;
            /**
             * Seen Ties
             * @default null
             */
            seen_ties?: boolean | null;
            /**
             * Strengths
             * @default null
             */
            strengths?: boolean | null;
        };
        /**
         * SharingStatus
         * @description Whether colleagues find paths through the caller's contacts.
         *
         *     Answered to a request that sets them: `seen_ties`, and over ties between others that the caller's own mail shows; `strengths`, whether
         *     they see how strong the ties are.
         */
        SharingStatus: {
            /** Ties */
            ties: boolean;
            /**
             * Seen Ties
             * @default null
             */
            seen_ties?: boolean | null;
            /**
             * Strengths
             * @default null
             */
            strengths?: boolean | null;
        };
        /**
         * SignInBegun
         * @description The address at which the user consents; the provider sends the user back to the app's page `/sources/connected`.
         */
        SignInBegun: {
            /** Url */
            url: string;
        };
        /**
         * SignInBody
         * @description What a provider sends the user back to the app with: `state`, and either `code` or `error`.
         */
        SignInBody: {
            /** State */
            state: string;
            /**
             * Code
             * @default null
             */
            code?: string | null;
            /**
             * Error
             * @default
             */
            error?: string;
        };
        /**
         * Snoozed
         * @description How long to leave a contact in peace: for `days`, or until the day `until` begins. A week when both are left out.
         */
        Snoozed: {
            /**
             * Days
             * @default null
             */
            days?: number | null;
            /**
             * Until
             * @default null
             */
            until?: string | null;
        };
        /**
         * Source
         * @description A source and what came of it.
         *
         *     `read` counts distinct messages and events, `counted` those of them that say something of a tie, `left_out` the others by
         *     reason. `progress` says in words how far the source is read; `problem` why the last run ended early. `account` is what is
         *     read by itself; in the state `needs_attention` it is not, until the user does what `problem` says.
         */
        Source: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "mail_file" | "calendar_file" | "linkedin" | "chat_file" | "imap" | "caldav" | "carddav" | "google" | "microsoft";
            /** Name */
            name: string;
            /** Addresses */
            addresses: string[];
            /**
             * State
             * @enum {string}
             */
            state: "ready" | "waiting" | "running" | "paused" | "failed" | "needs_attention";
            /** Problem */
            problem: string | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Last Run At */
            last_run_at: string | null;
            /** Next At */
            next_at: string | null;
            /** Read */
            read: number;
            /** Counted */
            counted: number;
            /** Left Out */
            left_out: {
                [key: string]: number;
            };
            /** First At */
            first_at: string | null;
            /** Last At */
            last_at: string | null;
            account: components["schemas"]["AccountShown"] | null;
            /** Progress */
            progress: string;
        };
        /**
         * SourceCreate
         * @description A source to read; `addresses` are the user's own in it, beside the one that the user signs in with.
         *
         *     With `account` it is signed in to at once, and then kept current by itself.
         */
        SourceCreate: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "mail_file" | "calendar_file" | "linkedin" | "chat_file" | "imap" | "caldav" | "carddav" | "google" | "microsoft";
            /** Name */
            name: string;
            /**
             * Addresses
             * @default []
             */
            addresses?: string[];
            /** @default null */
            account?: components["schemas"]["AccountBody"] | null;
        };
        /**
         * SourceEvidence
         * @description The counts of one source, or of the interactions that were logged by hand.
         */
        SourceEvidence: {
            /** Sent */
            sent: number;
            /** Received */
            received: number;
            /** Together */
            together: number;
            /** Meetings */
            meetings: number;
            /** Calls */
            calls: number;
            /**
             * First At
             * Format: date-time
             */
            first_at: string;
            /**
             * Last At
             * Format: date-time
             */
            last_at: string;
            /** Name */
            name: string;
            /** Kind */
            kind: string;
        };
        /**
         * SourceList
         * @description All sources, the oldest first; `providers` are the kinds that this installation can sign in to.
         */
        SourceList: {
            /** Items */
            items: components["schemas"]["Source"][];
            /** Providers */
            providers: ("mail_file" | "calendar_file" | "linkedin" | "chat_file" | "imap" | "caldav" | "carddav" | "google" | "microsoft")[];
        };
        /**
         * SourcePatch
         * @description A change of a source. Own addresses can only be changed before anything is counted by them.
         *
         *     `account` replaces the account with its credentials, such as a password that was changed, and has it read.
         */
        SourcePatch: {
            /**
             * Name
             * @default null
             */
            name?: string | null;
            /**
             * Addresses
             * @default null
             */
            addresses?: string[] | null;
            /** @default null */
            account?: components["schemas"]["AccountBody"] | null;
        };
        /**
         * SplitOutcome
         * @description The outcome of a split: the contact as it is left, the new contact, and the operation that takes the split back.
         */
        SplitOutcome: {
            contact: components["schemas"]["Contact"];
            new_contact: components["schemas"]["Contact"];
            /**
             * Operation Id
             * Format: uuid
             */
            operation_id: string;
        };
        /**
         * SplitRequest
         * @description The facts of a contact that become those of a new contact.
         *
         *     Attributes:
         *         name: of the new contact.
         *         emails, phones, tags: as the contact has them.
         *         fields: names of single fields, notes among them.
         *         custom: names of custom fields.
         *         ties: ids of the contacts at the other end of ties.
         *         interactions: as the contact has them.
         *         note_ids: of notes of the contact; the single field `notes` is one of `fields`.
         */
        SplitRequest: {
            /**
             * Name
             * @default
             */
            name?: string;
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
             * Tags
             * @default []
             */
            tags?: string[];
            /**
             * Fields
             * @default []
             */
            fields?: ("company" | "title" | "location" | "linkedin_url" | "birthday" | "notes")[];
            /**
             * Custom
             * @default []
             */
            custom?: string[];
            /**
             * Ties
             * @default []
             */
            ties?: string[];
            /**
             * Interactions
             * @default []
             */
            interactions?: components["schemas"]["MovedInteraction"][];
            /**
             * Note Ids
             * @default []
             */
            note_ids?: string[];
        };
        /**
         * Standing
         * @description A row of the leaderboard: one point for each completed introduction and each activated invitation.
         */
        Standing: {
            /** Rank */
            rank: number;
            /** Name */
            name: string;
            /** Score */
            score: number;
            /** Introductions */
            introductions: number;
            /** Invitations */
            invitations: number;
            /** Is Me */
            is_me: boolean;
        };
        /**
         * StrengthParts
         * @description The numbers that a computed strength follows from.
         *
         *     `sent`, `received` and `together` are faded sums as of `last_at`, `weight` follows from them by the formula of
         *     docs/strength.md, `frequency` the strength at `last_at`, and `recency` the part that is left of it today: computed = frequency * recency.
         *     `reciprocity` is 1 where both write as much, 0 where one writes alone.
         */
        StrengthParts: {
            /** Recency */
            recency: number;
            /** Frequency */
            frequency: number;
            /** Reciprocity */
            reciprocity: number;
            /** Interactions */
            interactions: number;
            /**
             * Last At
             * Format: date-time
             */
            last_at: string;
            /** Weight */
            weight: number;
            /** Sent */
            sent: number;
            /** Received */
            received: number;
            /** Together */
            together: number;
        };
        /**
         * Suggestion
         * @description A contact that is probably known, and why.
         */
        Suggestion: {
            contact: components["schemas"]["PathContact"];
            /** Common Contacts */
            common_contacts: number;
            /** Same Company */
            same_company: boolean;
            /** Score */
            score: number;
            /** Sentence */
            sentence: string;
        };
        /**
         * Suggestions
         * @description Likely but missing ties, likeliest first.
         */
        Suggestions: {
            /** Items */
            items: components["schemas"]["Suggestion"][];
        };
        /**
         * SureMerge
         * @description The outcome of merging sure duplicates: contacts that are left, contacts that were merged into them, and pairs that stay apart.
         *
         *     `operation_id` is null where nothing was merged.
         */
        SureMerge: {
            /** Operation Id */
            operation_id: string | null;
            /** Kept */
            kept: number;
            /** Merged */
            merged: number;
            /** Left */
            left: number;
        };
        /**
         * Talked
         * @description A talk that took place: how, when (now when left out), and a note to keep of it.
         */
        Talked: {
            /**
             * Kind
             * @default call
             * @enum {string}
             */
            kind?: "email" | "message" | "call" | "meeting";
            /**
             * Direction
             * @default both
             * @enum {string}
             */
            direction?: "in" | "out" | "both";
            /**
             * At
             * @default null
             */
            at?: string | null;
            /**
             * Note
             * @default null
             */
            note?: string | null;
        };
        /**
         * TargetCover
         * @description The fewest connectors to the targets, the one that opens the most first.
         *
         *     `known` lists the targets that the user knows, `unreached` those that no direct contact knows, `unknown` the ids of no contact. The
         *     connectors are at most `at_most_times_the_fewest` times as many as the fewest possible.
         */
        TargetCover: {
            /** Connectors */
            connectors: components["schemas"]["ReachConnector"][];
            /** Known */
            known: string[];
            /** Unreached */
            unreached: string[];
            /** Unknown */
            unknown: string[];
            /** At Most Times The Fewest */
            at_most_times_the_fewest: number;
        };
        /**
         * Team
         * @description A team. `shares_ties`, `shares_seen_ties` and `shares_strengths` are the caller's choice; the member who joined first stands first.
         */
        Team: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            /** Shares Ties */
            shares_ties: boolean;
            /** Shares Seen Ties */
            shares_seen_ties: boolean;
            /** Shares Strengths */
            shares_strengths: boolean;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Members */
            members: components["schemas"]["TeamMember"][];
            /** Invitations */
            invitations: components["schemas"]["SentTeamInvitation"][];
        };
        /**
         * TeamCreate
         * @description A team to create.
         */
        TeamCreate: {
            /** Name */
            name: string;
        };
        /**
         * TeamInvitationCreate
         * @description The address to invite: only a user who signs in with it may accept.
         */
        TeamInvitationCreate: {
            /** Email */
            email: string;
        };
        /**
         * TeamMember
         * @description A member of the team; `is_me` marks the caller. The owner may remove others and pass the team on.
         */
        TeamMember: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            /** Email */
            email: string | null;
            /** Shares Ties */
            shares_ties: boolean;
            /**
             * Joined At
             * Format: date-time
             */
            joined_at: string;
            /** Is Me */
            is_me: boolean;
            /**
             * Role
             * @enum {string}
             */
            role: "owner" | "member";
        };
        /**
         * TeamOwner
         * @description The member who becomes the owner.
         */
        TeamOwner: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
        };
        /**
         * TeamStatus
         * @description The caller's team, if any, and the invitations to the caller that are not answered yet.
         */
        TeamStatus: {
            team: components["schemas"]["Team"] | null;
            /** Invitations */
            invitations: components["schemas"]["ReceivedTeamInvitation"][];
        };
        /**
         * TieExplained
         * @description A tie, and its evidence.
         *
         *     `contact_id` is the other contact where one of the two is the self contact. `strength` is the one that paths use, `computed` the
         *     one that follows from the evidence; they differ where the user has set the strength by hand. `strength` is null where there is
         *     evidence, but too little for a tie. `kind` is `stated` (by the user, or by a file that was imported), `seen` (in the evidence) or
         *     `guessed` (from what the two have in common).
         */
        TieExplained: {
            /** Contact Id */
            contact_id: string | null;
            /**
             * From Contact Id
             * Format: uuid
             */
            from_contact_id: string;
            /**
             * To Contact Id
             * Format: uuid
             */
            to_contact_id: string;
            /** Strength */
            strength: number | null;
            /** Set By */
            set_by: ("hand" | "interactions" | "import") | null;
            /** Kind */
            kind: ("stated" | "seen" | "guessed") | null;
            /** Mutual */
            mutual: boolean;
            /** Computed */
            computed: number | null;
            parts: components["schemas"]["StrengthParts"] | null;
            evidence: components["schemas"]["Evidence"] | null;
            /** Sentence */
            sentence: string;
        };
        /**
         * Timeline
         * @description A page of what happened with a contact, newest first.
         */
        Timeline: {
            /** Items */
            items: components["schemas"]["TimelineEntry"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * TimelineEntry
         * @description Something that happened with a contact; what else it has depends on its kind.
         *
         *     `note`: note_id, text, pinned, source, contact (whose note names this one). `interactions`: interaction (email, message, call, meeting), month, count,
         *     sent, received, first_at. `source`: source, source_kind, sent, received, together, meetings, calls, first_at. `introduction`:
         *     introduction_id, status, role, target. `added`, `enrichment`, `job`: operation_id, by, fields with before and after.
         */
        TimelineEntry: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "note" | "interactions" | "source" | "introduction" | "added" | "enrichment" | "job";
            /**
             * Note Id
             * @default null
             */
            note_id?: string | null;
            /**
             * Text
             * @default null
             */
            text?: string | null;
            /**
             * Pinned
             * @default null
             */
            pinned?: boolean | null;
            /**
             * Source
             * @default null
             */
            source?: string | null;
            /**
             * Source Kind
             * @default null
             */
            source_kind?: string | null;
            /**
             * Contact
             * @default null
             */
            contact?: {
                [key: string]: unknown;
            } | null;
            /**
             * Interaction
             * @default null
             */
            interaction?: string | null;
            /**
             * Month
             * @default null
             */
            month?: string | null;
            /**
             * Count
             * @default null
             */
            count?: number | null;
            /**
             * Sent
             * @default null
             */
            sent?: number | null;
            /**
             * Received
             * @default null
             */
            received?: number | null;
            /**
             * Together
             * @default null
             */
            together?: number | null;
            /**
             * Meetings
             * @default null
             */
            meetings?: number | null;
            /**
             * Calls
             * @default null
             */
            calls?: number | null;
            /**
             * First At
             * @default null
             */
            first_at?: string | null;
            /**
             * Introduction Id
             * @default null
             */
            introduction_id?: string | null;
            /**
             * Status
             * @default null
             */
            status?: string | null;
            /**
             * Role
             * @default null
             */
            role?: string | null;
            /**
             * Target
             * @default null
             */
            target?: {
                [key: string]: unknown;
            } | null;
            /**
             * Operation Id
             * @default null
             */
            operation_id?: string | null;
            /**
             * By
             * @default null
             */
            by?: string | null;
            /**
             * Fields
             * @default null
             */
            fields?: {
                [key: string]: unknown;
            }[] | null;
        };
        /**
         * TokenCreate
         * @description A personal token to make; `days` is how long it is good for.
         */
        TokenCreate: {
            /** Name */
            name: string;
            /** Scopes */
            scopes: ("read" | "write" | "introduce" | "webhooks")[];
            /**
             * Days
             * @default 90
             */
            days?: number;
        };
        /**
         * Trash
         * @description A page of deleted contacts, the last deleted first; `kept_days` after their deletion they are gone.
         */
        Trash: {
            /** Items */
            items: components["schemas"]["DeletedContact"][];
            /** Next Cursor */
            next_cursor: string | null;
            /** Kept Days */
            kept_days: number;
        };
        /**
         * UndoOutcome
         * @description The outcome of an undo: contacts that came back, were set back or were removed, and what stays.
         *
         *     `kept` lists the first hundred of `kept_total`. `operation_id` is the undo, which can be undone itself.
         */
        UndoOutcome: {
            /**
             * Operation Id
             * Format: uuid
             */
            operation_id: string;
            /** Restored */
            restored: number;
            /** Reverted */
            reverted: number;
            /** Removed */
            removed: number;
            /** Ties */
            ties: number;
            /** Interactions */
            interactions: number;
            /** Others */
            others: number;
            /** Address Taken */
            address_taken: number;
            /** Kept Total */
            kept_total: number;
            /** Kept */
            kept: components["schemas"]["KeptContact"][];
            /** Dry Run */
            dry_run: boolean;
        };
        /**
         * UndoRequest
         * @description Whether to answer the outcome without taking anything back.
         */
        UndoRequest: {
            /**
             * Dry Run
             * @default false
             */
            dry_run?: boolean;
        };
        /**
         * UnfitValue
         * @description A value that does not fit its field, and the contact that keeps it.
         */
        UnfitValue: {
            /**
             * Contact Id
             * Format: uuid
             */
            contact_id: string;
            /** Value */
            value: string;
            /** Detail */
            detail: string;
        };
        /**
         * Upcoming
         * @description A date that comes: on which day, in how many days, and of which year it is, where that is known.
         */
        Upcoming: {
            /** Id */
            id: string | null;
            /**
             * On
             * Format: date
             */
            on: string;
            /** In Days */
            in_days: number;
            /**
             * Kind
             * @enum {string}
             */
            kind: "birthday" | "anniversary" | "reminder" | "other";
            /** Label */
            label: string;
            /** Day */
            day: string;
            /** Years */
            years: number | null;
            contact: components["schemas"]["shared__day__answers__Person"];
        };
        /**
         * UpcomingList
         * @description The dates that come, the next first.
         */
        UpcomingList: {
            /** Items */
            items: components["schemas"]["Upcoming"][];
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
            letters: components["schemas"]["LettersLeft"];
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
        };
        /**
         * UserUpdate
         * @description The changes that a user may make to themselves. Settings are merged; null removes one.
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
        /**
         * View
         * @description A saved view. `query` is the query string of `GET /contacts` that lists its contacts, and of the page of the app that shows it.
         */
        View: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            /** Filter */
            filter: {
                [key: string]: unknown;
            };
            /** Sort */
            sort: string;
            /** Columns */
            columns: string[];
            /** Place */
            place: number;
            /** Query */
            query: string;
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
         * ViewCreate
         * @description A saved view of the list of contacts.
         *
         *     Attributes:
         *         name: another view may not have it, whatever its case.
         *         filter: the filters of the list; `{}` for all contacts.
         *         sort: the order of the list.
         *         columns: names of fields of a contact, `custom.NAME`, `strength`, `last_contact` or `circles`; empty: as the app shows them.
         *         place: among the views; behind the others when left out.
         */
        ViewCreate: {
            /** Name */
            name: string;
            /**
             * Filter
             * @default {}
             */
            filter?: {
                tag?: string[] | string;
                /** @enum {string} */
                tag_mode?: "all" | "any" | "none";
                company?: string;
                title?: string;
                location?: string;
                email?: string;
                linkedin_url?: string;
                external_id?: string;
                source?: string;
                has_email?: boolean;
                has_phone?: boolean;
                /** Format: date-time */
                updated_since?: string;
                known?: boolean;
                strength_min?: number;
                /** Format: date-time */
                last_contact_before?: string;
                /** Format: date-time */
                last_contact_after?: string;
                /** Format: uuid */
                circle?: string;
                custom?: {
                    [key: string]: string;
                };
                custom_from?: {
                    [key: string]: string;
                };
                custom_to?: {
                    [key: string]: string;
                };
            };
            /**
             * Sort
             * @default name
             */
            sort?: string;
            /**
             * Columns
             * @default []
             */
            columns?: string[];
            /**
             * Place
             * @default null
             */
            place?: number | null;
        };
        /**
         * ViewList
         * @description All saved views, in their order.
         */
        ViewList: {
            /** Items */
            items: components["schemas"]["View"][];
        };
        /**
         * ViewPatch
         * @description A change of a saved view.
         */
        ViewPatch: {
            /**
             * Name
             * @default null
             */
            name?: string | null;
            /**
             * Filter
             * @default null
             */
            filter?: {
                tag?: string[] | string;
                /** @enum {string} */
                tag_mode?: "all" | "any" | "none";
                company?: string;
                title?: string;
                location?: string;
                email?: string;
                linkedin_url?: string;
                external_id?: string;
                source?: string;
                has_email?: boolean;
                has_phone?: boolean;
                /** Format: date-time */
                updated_since?: string;
                known?: boolean;
                strength_min?: number;
                /** Format: date-time */
                last_contact_before?: string;
                /** Format: date-time */
                last_contact_after?: string;
                /** Format: uuid */
                circle?: string;
                custom?: {
                    [key: string]: string;
                };
                custom_from?: {
                    [key: string]: string;
                };
                custom_to?: {
                    [key: string]: string;
                };
            } | null;
            /**
             * Sort
             * @default null
             */
            sort?: string | null;
            /**
             * Columns
             * @default null
             */
            columns?: string[] | null;
            /**
             * Place
             * @default null
             */
            place?: number | null;
        };
        /**
         * ViralStats
         * @description Growth: the counts of the user; for operators of the installation also those of everyone, and the weekly cohorts of everyone.
         *
         *     Attributes:
         *         cohorts: empty for users who are not operators.
         *         everyone: null for users who are not operators.
         *         conversion: activated within 28 days / invited, of the people invited at least 28 days ago.
         *         k_factor: of the user: people invited at least 28 days ago, times conversion; of everyone: activated people per
         *             active user of the latest closed cohorts.
         */
        ViralStats: {
            /** Window Days */
            window_days: number;
            invitations: components["schemas"]["InvitationCounts"];
            /** By Channel */
            by_channel: {
                [key: string]: components["schemas"]["InvitationCounts"];
            };
            /** Introductions */
            introductions: {
                [key: string]: number;
            };
            funnel: components["schemas"]["FunnelCounts"];
            /** Conversion */
            conversion: number | null;
            /** K Factor */
            k_factor: number | null;
            /** Median Cycle Days */
            median_cycle_days: number | null;
            /** Daily */
            daily: components["schemas"]["DailyCounts"][];
            /** Cohorts */
            cohorts: components["schemas"]["Cohort"][];
            everyone: components["schemas"]["Everyone"] | null;
        };
        /**
         * Webhook
         * @description A webhook; `off_because` says why it is not `active`, `waiting` counts the messages that are still to be sent.
         */
        Webhook: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Url */
            url: string;
            /** Events */
            events: ("*" | "contact.created" | "contact.updated" | "contact.deleted" | "contact.merged" | "introduction.requested" | "introduction.connector_accepted" | "introduction.introduced" | "introduction.completed" | "introduction.declined" | "introduction.not_now" | "introduction.withdrawn" | "introduction.expired" | "import.finished" | "job.finished")[];
            /** Active */
            active: boolean;
            /** Off Because */
            off_because: string | null;
            /** Failing Since */
            failing_since: string | null;
            /** Rests Until */
            rests_until: string | null;
            /** Old Secret Until */
            old_secret_until: string | null;
            /** Waiting */
            waiting: number;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
        };
        /**
         * WebhookCreate
         * @description A webhook to add: messages about `events` ("*" for all) are sent to `url`, a public https address.
         */
        WebhookCreate: {
            /** Url */
            url: string;
            /**
             * Events
             * @default [
             *       "*"
             *     ]
             */
            events?: ("*" | "contact.created" | "contact.updated" | "contact.deleted" | "contact.merged" | "introduction.requested" | "introduction.connector_accepted" | "introduction.introduced" | "introduction.completed" | "introduction.declined" | "introduction.not_now" | "introduction.withdrawn" | "introduction.expired" | "import.finished" | "job.finished")[];
        };
        /**
         * WebhookDelivery
         * @description A message to a webhook and what came of the last attempt; `id` is the message's `webhook-id`.
         */
        WebhookDelivery: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Webhook Id
             * Format: uuid
             */
            webhook_id: string;
            /** Type */
            type: string;
            /** Data */
            data: {
                [key: string]: unknown;
            };
            /**
             * Happened At
             * Format: date-time
             */
            happened_at: string;
            /**
             * State
             * @enum {string}
             */
            state: "waiting" | "delivered" | "failed";
            /** Attempts */
            attempts: number;
            /** Next At */
            next_at: string | null;
            /** Delivered At */
            delivered_at: string | null;
            /** Attempted At */
            attempted_at: string | null;
            /** Status */
            status: number | null;
            /** Answer */
            answer: string | null;
            /** Error */
            error: string | null;
            /** Took Ms */
            took_ms: number | null;
        };
        /**
         * WebhookDeliveryList
         * @description A page of what a webhook was sent, newest first; kept for 30 days.
         */
        WebhookDeliveryList: {
            /** Items */
            items: components["schemas"]["WebhookDelivery"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * WebhookList
         * @description The webhooks of the user, the oldest first.
         */
        WebhookList: {
            /** Items */
            items: components["schemas"]["Webhook"][];
        };
        /**
         * WebhookMessage
         * @description A message that waits for its first attempt, or for another one.
         */
        WebhookMessage: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Webhook Id
             * Format: uuid
             */
            webhook_id: string;
        };
        /**
         * WebhookPatch
         * @description Changes of a webhook; `active: true` switches it on again.
         */
        WebhookPatch: {
            /**
             * Url
             * @default null
             */
            url?: string | null;
            /**
             * Events
             * @default null
             */
            events?: ("*" | "contact.created" | "contact.updated" | "contact.deleted" | "contact.merged" | "introduction.requested" | "introduction.connector_accepted" | "introduction.introduced" | "introduction.completed" | "introduction.declined" | "introduction.not_now" | "introduction.withdrawn" | "introduction.expired" | "import.finished" | "job.finished")[] | null;
            /**
             * Active
             * @default null
             */
            active?: boolean | null;
        };
        /**
         * WebhookWithSecret
         * @description A webhook with the secret that its messages are signed with, which is shown this once.
         */
        WebhookWithSecret: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Url */
            url: string;
            /** Events */
            events: ("*" | "contact.created" | "contact.updated" | "contact.deleted" | "contact.merged" | "introduction.requested" | "introduction.connector_accepted" | "introduction.introduced" | "introduction.completed" | "introduction.declined" | "introduction.not_now" | "introduction.withdrawn" | "introduction.expired" | "import.finished" | "job.finished")[];
            /** Active */
            active: boolean;
            /** Off Because */
            off_because: string | null;
            /** Failing Since */
            failing_since: string | null;
            /** Rests Until */
            rests_until: string | null;
            /** Old Secret Until */
            old_secret_until: string | null;
            /** Waiting */
            waiting: number;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Secret */
            secret: string;
        };
        /**
         * Wish
         * @description A person or a company to reach. `opened_at` is the first time that a way was likely enough; `path` is the likeliest of today.
         */
        Wish: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Contact Id */
            contact_id: string | null;
            /** Name */
            name: string | null;
            /** Email */
            email: string | null;
            /** Linkedin Url */
            linkedin_url: string | null;
            /** Company */
            company: string | null;
            /** Min Likelihood */
            min_likelihood: number;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Checked At */
            checked_at: string | null;
            /** Opened At */
            opened_at: string | null;
            /** Opened Likelihood */
            opened_likelihood: number | null;
            path: components["schemas"]["Path"] | null;
        };
        /**
         * WishCreate
         * @description A person or a company to reach, in the address book or not.
         *
         *     Attributes:
         *         contact_id: a contact; without one the person is found by the fields below, as soon as the user or a colleague has them.
         *         name: of the person; alone it means the only contact that has it.
         *         email: an address of the person.
         *         linkedin_url: their profile.
         *         company: with a name the person's employer; alone anybody there.
         *         min_likelihood: how likely a way must be to be worth a notice.
         */
        WishCreate: {
            /**
             * Contact Id
             * @default null
             */
            contact_id?: string | null;
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
             * Linkedin Url
             * @default null
             */
            linkedin_url?: string | null;
            /**
             * Company
             * @default null
             */
            company?: string | null;
            /**
             * Min Likelihood
             * @default 0.01
             */
            min_likelihood?: number;
        };
        /**
         * WishList
         * @description All wishes, newest first.
         */
        WishList: {
            /** Items */
            items: components["schemas"]["Wish"][];
        };
        /**
         * Person
         * @description A contact, in short.
         */
        shared__day__answers__Person: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            /** Company */
            company: string | null;
            /** Title */
            title: string | null;
        };
        /**
         * Person
         * @description The part of a contact that introductions show.
         */
        shared__introductions__answers__Person: {
            /** Id */
            id: string | null;
            /** Name */
            name: string;
            /** Company */
            company: string | null;
            /** Title */
            title: string | null;
        };
    };
    responses: {
        /** @description The request cannot be read */
        BadRequest: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The token is missing, expired or not valid */
        Unauthenticated: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The program's token lacks a scope, or only a signed-in person may call this: `insufficient_scope` */
        Forbidden: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description You have nothing with this id */
        NotFound: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description This contradicts what is there, or the request with this `Idempotency-Key` is under way */
        Conflict: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It was changed since you read it */
        PreconditionFailed: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is too large */
        TooLarge: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The media type of the body is not supported */
        UnsupportedFormat: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Fields or parameters are not valid: `errors` names each */
        ValidationFailed: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too many requests */
        RateLimited: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: {
        /** @description The version of the document, for `If-Match` and `If-None-Match`. */
        ETag: string;
        /** @description The path of what was made. */
        Location: string;
        /** @description The id of the change, which `/operations/{id}` shows and undoes. */
        "Operation-Id": string;
        /** @description `true`: the request was done before, and this is its answer. */
        "Idempotent-Replayed": "true";
        /** @description `"user";r=299;t=1`: the rest of each limit, and in how many seconds it grows. */
        RateLimit: string;
        /** @description `"user";q=300;w=15`: the size of each limit, and its window in seconds. */
        "RateLimit-Policy": string;
        /** @description Seconds to wait. */
        "Retry-After": number;
        /** @description The id of the request in the installation's traces. */
        "X-Request-Id": string;
    };
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
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description The document is unchanged */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description The document is unchanged */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description The error */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
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
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
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
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    export_user: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    download_export: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": string;
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    list_audit: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                act?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    list_tokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonalTokenList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": unknown;
                };
            };
            /** @description The error */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": unknown;
                };
            };
        };
    };
    create_token: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Nightly sync",
                 *       "scopes": [
                 *         "read",
                 *         "write"
                 *       ],
                 *       "days": 90
                 *     }
                 */
                "application/json": components["schemas"]["TokenCreate"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewPersonalToken"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": unknown;
                };
            };
            /** @description The error */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": unknown;
                };
            };
        };
    };
    delete_token: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": unknown;
                };
            };
            /** @description The error */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": unknown;
                };
            };
        };
    };
    serve_mcp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Accepted */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": unknown;
                };
            };
            /** @description The error */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": unknown;
                };
            };
        };
    };
    list_grants: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GrantList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": unknown;
                };
            };
            /** @description The error */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": unknown;
                };
            };
        };
    };
    delete_grant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": unknown;
                };
            };
            /** @description The error */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": unknown;
                };
            };
        };
    };
    describe_request: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AuthorizationRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuthorizationRequestSeen"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": unknown;
                };
            };
            /** @description The error */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": unknown;
                };
            };
        };
    };
    approve_request: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Approval"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Approved"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": unknown;
                };
            };
            /** @description The error */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": unknown;
                };
            };
        };
    };
    get_resource_metadata: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": unknown;
                };
            };
            /** @description The error */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": unknown;
                };
            };
        };
    };
    get_server_metadata: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": unknown;
                };
            };
            /** @description The error */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": unknown;
                };
            };
        };
    };
    register_client: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": unknown;
                };
            };
            /** @description The error */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": unknown;
                };
            };
        };
    };
    start_device: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": unknown;
                };
            };
            /** @description The error */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": unknown;
                };
            };
        };
    };
    issue_token: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": unknown;
                };
            };
            /** @description The error */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": unknown;
                };
            };
        };
    };
    revoke_access: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": unknown;
                };
            };
            /** @description The error */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": unknown;
                };
            };
        };
    };
    list_program_calls: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                /** @description only this program, by the id of its token or grant. */
                program?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProgramCallList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": unknown;
                };
            };
            /** @description The error */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": unknown;
                };
            };
        };
    };
    list_contacts: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                /** @description contacts with these tags, whatever their case and accents. */
                tag?: string[];
                /** @description whether contacts have all of the tags, any of them, or none. */
                tag_mode?: "all" | "any" | "none";
                /** @description contacts of this company; case and accents are ignored. */
                company?: string;
                /** @description contacts with these words in their title, one after the other; case and accents are ignored. */
                title?: string;
                /** @description contacts with these words in their location, one after the other; case and accents are ignored. */
                location?: string;
                /** @description contacts that have exactly this address, as their first or a further one; case is ignored. */
                email?: string;
                /** @description contacts of this profile, in any form of its address. */
                linkedin_url?: string;
                /** @description contacts with this id at the source that they were imported from. */
                external_id?: string;
                /** @description contacts that came from this source, e.g. `manual` or `linkedin_csv`. */
                source?: string;
                /** @description contacts with an e-mail address (true), or without one (false). */
                has_email?: boolean;
                /** @description contacts with a phone number (true), or without one (false). */
                has_phone?: boolean;
                /** @description contacts that were changed at this time or later. */
                updated_since?: string;
                /** @description contacts that you know, by a tie from you to them (true), or do not know (false). */
                known?: boolean;
                /** @description contacts that you know at least so well now. */
                strength_min?: number;
                /** @description contacts that you last spoke to before this time; whom you never spoke to is left out. */
                last_contact_before?: string;
                /** @description contacts that you last spoke to at this time or later. */
                last_contact_after?: string;
                /** @description members of this circle. */
                circle?: string;
                /** @description contacts whose custom field FIELD has exactly this value; case and accents are ignored. */
                "custom.FIELD"?: string;
                /** @description contacts whose custom field FIELD, which the user has defined, has this value or one behind it. */
                "custom_from.FIELD"?: string;
                /** @description contacts whose custom field FIELD, which the user has defined, has this value or one before it. */
                "custom_to.FIELD"?: string;
                /** @description the order. `-strength` has those that you know best first, `last_contact` those that you spoke to longest ago, `-last_contact` */
                sort?: ("name" | "-created_at" | "-updated_at" | "company" | "-strength" | "last_contact" | "-last_contact") | string;
                /** @description names separated by commas; all when left out. */
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
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
            query?: {
                /** @description `return` answers that contact; `update` changes its fields that are sent; `error` refuses. Left out: as `return`. */
                on_conflict?: "return" | "update" | "error";
            };
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Ana Rao",
                 *       "email": "ana@acme.example",
                 *       "company": "Acme",
                 *       "title": "CTO",
                 *       "tags": [
                 *         "lens"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ContactCreate"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
                /** @description contacts with these tags, whatever their case and accents. */
                tag?: string[];
                /** @description whether contacts have all of the tags, any of them, or none. */
                tag_mode?: "all" | "any" | "none";
                /** @description contacts of this company; case and accents are ignored. */
                company?: string;
                /** @description contacts with these words in their title, one after the other; case and accents are ignored. */
                title?: string;
                /** @description contacts with these words in their location, one after the other; case and accents are ignored. */
                location?: string;
                /** @description contacts that have exactly this address, as their first or a further one; case is ignored. */
                email?: string;
                /** @description contacts of this profile, in any form of its address. */
                linkedin_url?: string;
                /** @description contacts with this id at the source that they were imported from. */
                external_id?: string;
                /** @description contacts that came from this source, e.g. `manual` or `linkedin_csv`. */
                source?: string;
                /** @description contacts with an e-mail address (true), or without one (false). */
                has_email?: boolean;
                /** @description contacts with a phone number (true), or without one (false). */
                has_phone?: boolean;
                /** @description contacts that were changed at this time or later. */
                updated_since?: string;
                /** @description contacts that you know, by a tie from you to them (true), or do not know (false). */
                known?: boolean;
                /** @description contacts that you know at least so well now. */
                strength_min?: number;
                /** @description contacts that you last spoke to before this time; whom you never spoke to is left out. */
                last_contact_before?: string;
                /** @description contacts that you last spoke to at this time or later. */
                last_contact_after?: string;
                /** @description members of this circle. */
                circle?: string;
                /** @description contacts whose custom field FIELD has exactly this value; case and accents are ignored. */
                "custom.FIELD"?: string;
                /** @description contacts whose custom field FIELD, which the user has defined, has this value or one behind it. */
                "custom_from.FIELD"?: string;
                /** @description contacts whose custom field FIELD, which the user has defined, has this value or one before it. */
                "custom_to.FIELD"?: string;
                /** @description words or how they begin, an address, a domain or a phone number; case, accents and small typing errors are forgiven. */
                q: string;
                /** @description names separated by commas; all when left out. */
                fields?: string;
                /** @description also count all that are found, which takes a while for many; pages end after the best few hundred. */
                include_total?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactSearchResult"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
                /** @description answer what would happen, and change nothing. */
                dry_run?: boolean;
                /** @description of a contact that exists already, fill the blank fields and keep beside the others what differs (`update`); let the */
                on_duplicate?: "update" | "newest" | "skip";
                /** @description JSON object from titles of columns to fields; it overrides the recognised fields. */
                mapping?: string;
                /** @description tags for every contact of the file, separated by commas. */
                tags?: string;
                /** @description let the configured providers fill the blank fields. */
                enrich?: boolean;
                /** @description the strength of the tie between each contact of the file and the self contact; 0 makes no ties. */
                tie_to_me?: number;
                /** @description import also the contacts that you have deleted for good; else their rows are refused. */
                bring_back?: boolean;
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
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactImport"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
                version?: "3.0" | "4.0";
                for?: "google" | "outlook";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                    "text/vcard": string;
                    "application/json": unknown;
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
                /** @description names of fields, separated by commas; all when left out. */
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
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            /** @description The document is unchanged */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
                /**
                 * @example {
                 *       "name": "Ana Rao",
                 *       "emails": [
                 *         "ana@acme.example",
                 *         "ana@home.example"
                 *       ],
                 *       "company": "Acme"
                 *     }
                 */
                "application/json": components["schemas"]["ContactReplace"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "CEO",
                 *       "notes": null,
                 *       "custom": {
                 *         "crm_id": "1834"
                 *       }
                 *     }
                 */
                "application/merge-patch+json": components["schemas"]["ContactPatch"];
                /**
                 * @example {
                 *       "title": "CEO",
                 *       "notes": null,
                 *       "custom": {
                 *         "crm_id": "1834"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ContactPatch"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    change_contacts: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "ids": [
                 *         "7d3b1f0a-6a52-4c8e-9a0e-2f1c5b9d8e77"
                 *       ],
                 *       "action": "tag",
                 *       "value": [
                 *         "investor"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["BulkChange"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkOutcome"];
                };
            };
            /** @description Accepted */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    list_duplicates: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                band?: "sure" | "likely";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DuplicateList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    scan_duplicates: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DuplicateList"];
                };
            };
            /** @description Accepted */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    dismiss_duplicate: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    merge_sure_duplicates: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SureMerge"];
                };
            };
            /** @description Accepted */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    merge_contacts: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "ids": [
                 *         "7d3b1f0a-6a52-4c8e-9a0e-2f1c5b9d8e77",
                 *         "0b7c7d1e-5d0f-4a35-8d55-6a5b3f2d9c10"
                 *       ],
                 *       "dry_run": true
                 *     }
                 */
                "application/json": components["schemas"]["MergeRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MergeOutcome"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    split_contact: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SplitRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SplitOutcome"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
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
            /** @description Accepted */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnrichmentQueued"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    list_interactions: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InteractionList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    add_interaction: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "kind": "meeting",
                 *       "at": "2026-11-30T10:00:00Z",
                 *       "direction": "both"
                 *     }
                 */
                "application/json": components["schemas"]["InteractionCreate"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TieExplained"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TieExplained"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    get_interaction: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you hold: 304 when it is still the same. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
                interaction_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Interaction"];
                };
            };
            /** @description The document is unchanged */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    delete_interaction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                interaction_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    update_interaction: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you read: 412 when it was changed since. */
                "If-Match"?: string;
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                interaction_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/merge-patch+json": components["schemas"]["InteractionPatch"];
                "application/json": components["schemas"]["InteractionPatch"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Interaction"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    get_strength: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TieExplained"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    import_interactions: {
        parameters: {
            query?: {
                dry_run?: boolean;
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
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GraphImport"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    list_fields: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    create_field: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FieldCreate"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomField"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    list_loose_names: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LooseNames"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    get_field: {
        parameters: {
            query?: never;
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
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomField"];
                };
            };
            /** @description The document is unchanged */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    delete_field: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    update_field: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/merge-patch+json": components["schemas"]["FieldPatch"];
                "application/json": components["schemas"]["FieldPatch"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomField"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    promote_field: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Promotion"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PromotionOutcome"];
                };
            };
            /** @description Accepted */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    list_views: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ViewList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    create_view: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ViewCreate"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["View"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    get_view: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["View"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    delete_view: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    update_view: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/merge-patch+json": components["schemas"]["ViewPatch"];
                "application/json": components["schemas"]["ViewPatch"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["View"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    list_circles: {
        parameters: {
            query?: {
                /** @description those that this contact belongs to; all when left out. */
                contact_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CircleList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    create_circle: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CircleCreate"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Circle"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    get_circle: {
        parameters: {
            query?: never;
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
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Circle"];
                };
            };
            /** @description The document is unchanged */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    delete_circle: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    update_circle: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/merge-patch+json": components["schemas"]["CirclePatch"];
                "application/json": components["schemas"]["CirclePatch"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Circle"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    change_members: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MembersChange"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MembersChanged"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    list_notes: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoteList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    add_note: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoteCreate"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Note"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    get_note: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you hold: 304 when it is still the same. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
                note_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Note"];
                };
            };
            /** @description The document is unchanged */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    delete_note: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                note_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    update_note: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you read: 412 when it was changed since. */
                "If-Match"?: string;
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                note_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/merge-patch+json": components["schemas"]["NotePatch"];
                "application/json": components["schemas"]["NotePatch"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Note"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    search_notes: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                /** @description words that stand in a note, or parts of words; case and accents are ignored. All notes when left out. */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FoundNotes"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    get_timeline: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                /** @description names of kinds, separated by commas; all when left out. */
                kind?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Timeline"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    get_cadence: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Cadence"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    set_cadence: {
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
                "application/json": components["schemas"]["CadenceSet"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Cadence"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    list_due: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                /** @description those due by the cadence of this circle; all when left out. */
                circle?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DueList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    finish_due: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path: {
                contact_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Talked"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Cadence"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    snooze_due: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path: {
                contact_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Snoozed"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Cadence"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    skip_due: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path: {
                contact_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Cadence"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    list_upcoming: {
        parameters: {
            query?: {
                days?: number;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UpcomingList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    list_dates: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactDates"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    add_date: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DateCreate"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactDates"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    delete_date: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                date_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    show_digest_page: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description The error */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
        };
    };
    submit_digest_answer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description The error */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
        };
    };
    list_sources: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SourceList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    create_source: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SourceCreate"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Source"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    list_people: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                /** @description `proposed` wrote and were written to, or met, and are not contacts yet; `added` are contacts; `ignored` are not */
                state?: "proposed" | "added" | "ignored" | "seen" | "machine";
                /** @description people whose tie is at least as strong today. */
                min_strength?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PeopleFound"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    answer_people: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PeopleAnswer"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PeopleChanged"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    get_source: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Source"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    delete_source: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    update_source: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/merge-patch+json": components["schemas"]["SourcePatch"];
                "application/json": components["schemas"]["SourcePatch"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Source"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    request_sync: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Source"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    begin_sign_in: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInBegun"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    finish_sign_in: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignInBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Source"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    count_messages: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-ndjson": string;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Counted"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    count_events: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-ndjson": string;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Counted"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    list_devices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    create_device: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeviceCreate"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewDevice"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    delete_device: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    connect_device: {
        parameters: {
            query?: {
                /** @description `apple` downloads a profile, `android` opens DAVx5, `other` shows address, name and password; the link is used up by each. */
                for?: "apple" | "android" | "other";
            };
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description The error */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
        };
    };
    list_imports: {
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
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportSummaryList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    create_import: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "kind": "contacts",
                 *       "filename": "contacts.csv",
                 *       "size": 182044
                 *     }
                 */
                "application/json": components["schemas"]["ImportCreate"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    get_import: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    cancel_import: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    start_import: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportStart"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    download_refused_rows: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    get_job: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    cancel_job: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    get_contact_history: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactHistory"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    get_contact_version: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OldContact"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    list_trash: {
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
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Trash"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    empty_trash: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmptiedTrash"];
                };
            };
            /** @description Accepted */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    restore_contact: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    forget_contact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    list_operations: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                kind?: string;
                actor?: "user" | "system" | "program";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperationList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    get_operation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operation"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    undo_operation: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UndoRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UndoOutcome"];
                };
            };
            /** @description Accepted */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    list_changes: {
        parameters: {
            query?: {
                since?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changes"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    list_relationships: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                contact_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RelationshipList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    set_relationship: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "from_contact_id": "7d3b1f0a-6a52-4c8e-9a0e-2f1c5b9d8e77",
                 *       "to_contact_id": "0b7c7d1e-5d0f-4a35-8d55-6a5b3f2d9c10",
                 *       "strength": 0.7
                 *     }
                 */
                "application/json": components["schemas"]["RelationshipSet"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Relationship"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Relationship"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    get_relationship: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                from: string;
                to: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TieExplained"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    delete_relationship: {
        parameters: {
            query?: {
                mutual?: boolean;
            };
            header?: never;
            path: {
                from: string;
                to: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    import_relationships: {
        parameters: {
            query?: {
                dry_run?: boolean;
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
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GraphImport"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    find_path: {
        parameters: {
            query?: {
                /** @description the contact to reach. */
                to?: string;
                /** @description instead of `to`, any contact of this company; case and accents are ignored. */
                to_company?: string;
                /** @description instead of `to`, any contact in this circle. */
                to_circle?: string;
                /** @description instead of `to`: the contact with this address among its addresses; with through_team also a colleague's contact. */
                to_email?: string;
                /** @description instead of `to`: the contact with this LinkedIn profile; with through_team also a colleague's contact. */
                to_linkedin?: string;
                /** @description also find paths through colleagues who share their ties; these paths have four hops at the most. */
                through_team?: boolean;
                /** @description the contact to begin at; the self contact unless given. */
                from?: string;
                /** @description the most ties in a path. */
                max_hops?: number;
                /** @description `likely`, the default, is the highest chance that the introduction comes about; `strongest` the highest product within */
                order?: "likely" | "strongest" | "shortest";
                /** @description the older name of `order`, without `likely`. */
                mode?: "shortest" | "strongest";
                /** @description how many paths besides the best one. */
                alternatives?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PathList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    get_network: {
        parameters: {
            query?: {
                /** @description the most hops from the contact. */
                depth?: number;
                /** @description the most contacts in all; those with the strongest paths are kept. */
                limit?: number;
                /** @description the least strength of the best path to a contact. */
                min_strength?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Network"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    find_mutual_contacts: {
        parameters: {
            query: {
                a?: string;
                b: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MutualContacts"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    find_connectors: {
        parameters: {
            query?: {
                company?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connectors"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    suggest_relationships: {
        parameters: {
            query?: {
                contact_id?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Suggestions"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    reach_targets: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReachRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TargetCover"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    list_wishes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WishList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    add_wish: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WishCreate"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Wish"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Wish"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    delete_wish: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    request_introduction: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "target_id": "7d3b1f0a-6a52-4c8e-9a0e-2f1c5b9d8e77",
                 *       "message": "May I ask you for an introduction to Ana? We build lenses."
                 *     }
                 */
                "application/json": components["schemas"]["IntroductionRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntroductionPreview"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Introduction"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    list_introductions: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                /** @description only those with this status. */
                status?: "requested" | "connector_accepted" | "introduced" | "completed" | "declined" | "not_now" | "withdrawn" | "expired";
                /** @description only those that you requested (requester), or that you were asked about (connector, target). */
                role?: "requester" | "connector" | "target";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntroductionList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    get_introduction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Introduction"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    withdraw_introduction: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Introduction"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    complete_introduction: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Introduction"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    get_introduction_question: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntroductionQuestion"];
                };
            };
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    answer_introduction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IntroductionAnswer"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntroductionAnswered"];
                };
            };
            400: components["responses"]["BadRequest"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    show_introduction_question: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description The error */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
        };
    };
    submit_introduction_answer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description The error */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
        };
    };
    receive_email_events: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            404: components["responses"]["NotFound"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    show_privacy_page: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description The error */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
        };
    };
    ask_privacy_link: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description The error */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
        };
    };
    show_held_facts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description The error */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
        };
    };
    request_erasure: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description The error */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
        };
    };
    create_team: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Lens makers"
                 *     }
                 */
                "application/json": components["schemas"]["TeamCreate"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamStatus"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    get_team: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamStatus"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    invite_to_team: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamInvitationCreate"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamStatus"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    cancel_team_invitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    accept_team_invitation: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamStatus"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    share_ties: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Sharing"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SharingStatus"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    pass_team_on: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamOwner"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamStatus"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    remove_team_member: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                member: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    list_hidden_contacts: {
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
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HiddenContacts"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    hide_contact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    show_contact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    list_invitations: {
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
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    create_invitations: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvitationCreate"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationsSent"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    get_invitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationSeen"];
                };
            };
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    open_invitation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvitationCode"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationSeen"];
                };
            };
            400: components["responses"]["BadRequest"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    accept_invitation: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvitationCode"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationAccepted"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    get_viral_stats: {
        parameters: {
            query?: {
                window?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ViralStats"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    get_leaderboard: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                period?: "7d" | "30d" | "all";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Leaderboard"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    list_webhooks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    create_webhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://example.com/hooks/warmpath",
                 *       "events": [
                 *         "contact.created",
                 *         "introduction.completed"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["WebhookCreate"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    get_webhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    delete_webhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    update_webhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "active": true
                 *     }
                 */
                "application/merge-patch+json": components["schemas"]["WebhookPatch"];
                /**
                 * @example {
                 *       "active": true
                 *     }
                 */
                "application/json": components["schemas"]["WebhookPatch"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    rotate_webhook_secret: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "overlap_hours": 24
                 *     }
                 */
                "application/json": components["schemas"]["SecretRotation"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedFormat"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    test_webhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookMessage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    list_deliveries: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                /** @description only those in this state. */
                state?: "waiting" | "delivered" | "failed";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDeliveryList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
    redeliver_webhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random text for this one request. Sent again within a day, the request is not done again, and the answer is the first one, with `Idempotent-Replayed: true`. 409 while the first is under way, 422 where the key was used for another request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Operation-Id": components["headers"]["Operation-Id"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookMessage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreditBalance"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ledger"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The error */
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
