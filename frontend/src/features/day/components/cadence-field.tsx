import { Button, Flex, Select, Text } from "@chakra-ui/react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { PanelSection } from "@/components/panel-section";
import { useToasts } from "@/components/toast-store";
import { getCadenceOptions, setCadence } from "@/features/day/api/get-cadence";
import { explain } from "@/lib/api-error";
import { fullDate, timeAgo } from "@/lib/format";

const CHOICES = [
  { days: 7, label: "Every week" },
  { days: 14, label: "Every two weeks" },
  { days: 30, label: "Every month" },
  { days: 90, label: "Every three months" },
  { days: 180, label: "Every half year" },
  { days: 365, label: "Every year" },
];

/** How often a contact is to be talked to, with what the past suggests. */
export function CadenceField({ contactId, name }: { contactId: string; name: string }) {
  const client = useQueryClient();
  const { data } = useQuery(getCadenceOptions(contactId));
  if (!data) return null;
  const set = async (days: number | null) => {
    try {
      client.setQueryData(getCadenceOptions(contactId).queryKey, await setCadence(contactId, days));
      await client.invalidateQueries({ queryKey: ["day"] });
    } catch (error) {
      const text = `The cadence of ${name} is not saved. ${explain(error)}`;
      useToasts.getState().show({ tone: "problem", text });
    }
  };
  const { every_days: days, circle, suggested_days: suggested } = data;
  const direct = circle ? null : days;
  const isOther =
    direct !== null && direct > 0 && !CHOICES.some((choice) => choice.days === direct);
  return (
    <PanelSection title="Keep in touch">
      <Flex gap={2} align="center" wrap="wrap">
        <Select
          size="sm"
          w="auto"
          aria-label={`How often to talk to ${name}`}
          value={direct ?? ""}
          onChange={({ target }) => void set(target.value === "" ? null : Number(target.value))}
        >
          <option value="">{circle ? `As in ${circle.name}` : "No reminder"}</option>
          {CHOICES.map((choice) => (
            <option key={choice.days} value={choice.days}>
              {choice.label}
            </option>
          ))}
          {isOther && <option value={direct}>Every {direct} days</option>}
          <option value={0}>Never</option>
        </Select>
        {suggested !== null && days === null && (
          <Button size="sm" variant="ghost" onClick={() => void set(suggested)}>
            Every {suggested} days, as so far
          </Button>
        )}
      </Flex>
      <Text mt={2} fontSize="sm" color="text.muted">
        {data.last_at ? `Last talked ${timeAgo(data.last_at)}.` : "You have not talked yet."}
        {data.due_on && ` ${dueWords(`${data.due_on}T12:00:00`)}.`}
      </Text>
    </PanelSection>
  );
}

function dueWords(day: string): string {
  return Date.parse(day) < Date.now() ? `Due since ${fullDate(day)}` : `Next on ${fullDate(day)}`;
}
