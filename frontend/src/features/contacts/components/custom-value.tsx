import { Link } from "@chakra-ui/react";
import { useQuery } from "@tanstack/react-query";
import { Link as RouterLink } from "react-router-dom";
import { getContactOptions } from "@/features/contacts/api/get-contact";
import { displayName } from "@/lib/format";

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A custom value: a page and a contact as links, anything else as it is. */
export function CustomValue({ value }: { value: string }) {
  if (ID.test(value)) return <ContactLink id={value} />;
  if (/^https?:\/\//.test(value)) {
    return (
      <Link href={value} isExternal rel="noreferrer">
        {value.replace(/^https?:\/\/(www\.)?/, "").replace(/\/$/, "")}
      </Link>
    );
  }
  return <>{value}</>;
}

/** The name of a contact, which opens it. */
function ContactLink({ id }: { id: string }) {
  const { data, isError } = useQuery({ ...getContactOptions(id), retry: false });
  if (isError) return <>A contact that is deleted</>;
  return (
    <Link as={RouterLink} to={`/contacts?person=${id}`}>
      {data ? displayName(data.contact) : "…"}
    </Link>
  );
}
