import { Button, Flex, IconButton, Input, Text } from "@chakra-ui/react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Bookmark, RefreshCw, Trash2 } from "lucide-react";
import { useEffect, useState, type FormEvent } from "react";
import { useNavigate } from "react-router-dom";
import { Popup } from "@/components/popup";
import { useToasts } from "@/components/toast-store";
import {
  createView,
  deleteView,
  listViewsOptions,
  updateView,
  viewsKey,
  type SavedView,
} from "@/features/contacts/api/views";
import { bulkFilter, type ContactFilter } from "@/features/contacts/contact-filter";
import { useContactList, type Column } from "@/features/contacts/stores/contact-list-store";
import { explain } from "@/lib/api-error";
import { useUrlState } from "@/lib/use-url-state";

/** The columns as the API calls them, where that is another name. */
const API_NAMES: Partial<Record<string, string>> = { updated: "updated_at" };

/** The saved views: open one, save the present list as one, change or delete one. */
export function ViewsMenu({ filter }: { filter: ContactFilter }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [params] = useUrlState();
  const { data: views = [] } = useQuery(listViewsOptions());
  const columns = useContactList((state) => state.columns);
  const [name, setName] = useState("");
  const current = views.find(({ id }) => id === params.get("view"));
  useColumnsOfAddress(params.get("columns"));

  const content = { filter: bulkFilter(filter), sort: filter.sort, columns: columns.map(apiName) };
  const run = async (work: () => Promise<unknown>, done: string) => {
    const { show } = useToasts.getState();
    try {
      await work();
      show({ tone: "done", text: done });
    } catch (error) {
      show({ tone: "problem", text: `The view is not changed. ${explain(error)}` });
    } finally {
      await client.invalidateQueries({ queryKey: viewsKey });
    }
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    const given = name.trim();
    if (given === "") return;
    void run(async () => {
      const view = await createView(given, content);
      setName("");
      navigate(addressOf(view));
    }, `“${given}” saved`);
  };

  return (
    <Popup
      label={current ? current.name : "Views"}
      title="Saved views"
      leftIcon={<Bookmark size={15} />}
      width="17rem"
      maxW="11rem"
      sx={{ "& > span + *": { overflow: "hidden" } }}
      textOverflow="ellipsis"
      overflow="hidden"
    >
      {views.length === 0 && (
        <Text px={2} py={1.5} fontSize="sm" color="text.muted">
          A view keeps filters, order and columns of the list.
        </Text>
      )}
      {views.map((view) => (
        <Flex key={view.id} align="center">
          <Button
            size="sm"
            variant="ghost"
            flex={1}
            minW={0}
            justifyContent="flex-start"
            aria-current={view.id === current?.id}
            onClick={() => navigate(addressOf(view))}
          >
            <Text as="span" noOfLines={1}>
              {view.name}
            </Text>
          </Button>
          {view.id === current?.id && (
            <IconButton
              aria-label={`Save the list as ${view.name}`}
              icon={<RefreshCw size={14} />}
              size="xs"
              variant="ghost"
              onClick={() => void run(() => updateView(view.id, content), `“${view.name}” saved`)}
            />
          )}
          <IconButton
            aria-label={`Delete ${view.name}`}
            icon={<Trash2 size={14} />}
            size="xs"
            variant="ghost"
            onClick={() => void run(() => deleteView(view.id), `“${view.name}” deleted`)}
          />
        </Flex>
      ))}
      <Flex as="form" gap={2} mt={2} p={1} onSubmit={save}>
        <Input
          size="sm"
          aria-label="Name of the view"
          placeholder="Save this list as"
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Button size="sm" type="submit" isDisabled={name.trim() === ""}>
          Save
        </Button>
      </Flex>
    </Popup>
  );
}

/** The address that shows a view; it can be shared, also with somebody who has not saved it. */
function addressOf(view: SavedView): string {
  const params = new URLSearchParams(view.query);
  if (view.columns.length > 0) params.set("columns", view.columns.join("\n"));
  params.set("view", view.id);
  return `/contacts?${params}`;
}

/** Show the columns that the address names. */
function useColumnsOfAddress(names: string | null): void {
  useEffect(() => {
    if (names === null) return;
    const wanted = names.split("\n");
    const { setColumns } = useContactList.getState();
    setColumns(wanted.map((name) => (name === "updated_at" ? "updated" : name)));
  }, [names]);
}

function apiName(column: Column): string {
  return API_NAMES[column] ?? column;
}
