import { Box } from "@chakra-ui/react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef } from "react";
import { Avatar } from "@/components/avatar";
import { Strength } from "@/components/strength";
import { displayName, plural } from "@/lib/format";
import type { Network } from "@/types/api";
import styles from "./network-list.module.css";

const ROW_PX = 48;

interface NetworkListProps {
  network: Network;
  onPerson: (id: string) => void;
}

/** The same contacts as the picture, nearest and warmest first, with their number of ties. */
export function NetworkList({ network, onPerson }: NetworkListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const people = useMemo(() => peopleOf(network), [network]);
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({
    count: people.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 10,
  });
  return (
    <Box flex={1} minH={0} px={{ base: 0, md: 5 }} pb={{ md: 5 }}>
      <div ref={scroller} className={styles.scroller}>
        <ul
          className={styles.list}
          style={{ height: virtual.getTotalSize() }}
          aria-label={`${plural(people.length, "contact")}, nearest and warmest first`}
        >
          {virtual.getVirtualItems().map((item) => {
            const person = people[item.index];
            if (!person) return null;
            const name = displayName(person.node);
            return (
              <li
                key={person.node.id}
                className={styles.row}
                style={{ transform: `translateY(${item.start}px)` }}
                aria-setsize={people.length}
                aria-posinset={item.index + 1}
              >
                <Avatar name={name} size={30} />
                <button
                  type="button"
                  className={styles.name}
                  onClick={() => onPerson(person.node.id)}
                >
                  {name}
                </button>
                <span className={styles.company}>{person.node.company}</span>
                <span className={styles.hops}>
                  {person.node.hops === 1 ? "known to you" : `${person.node.hops} hops away`}
                </span>
                <span className={styles.ties}>{plural(person.ties, "tie")}</span>
                <Strength strength={person.node.strength} />
              </li>
            );
          })}
        </ul>
      </div>
    </Box>
  );
}

function peopleOf({ nodes, links }: Network) {
  const ties = new Map<string, number>();
  for (const { source, target } of links) {
    ties.set(source, (ties.get(source) ?? 0) + 1);
    ties.set(target, (ties.get(target) ?? 0) + 1);
  }
  return nodes
    .filter(({ hops }) => hops > 0)
    .sort((a, b) => a.hops - b.hops || b.strength - a.strength)
    .map((node) => ({ node, ties: ties.get(node.id) ?? 0 }));
}
