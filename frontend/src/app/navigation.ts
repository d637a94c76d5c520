import {
  Cable,
  CalendarCheck,
  CopyCheck,
  History,
  MailSearch,
  Network,
  Settings,
  Coins,
  Sprout,
  Users,
  UsersRound,
  type LucideIcon,
} from "lucide-react";

/** A view to go to, and the operation that the API must have for it. */
export interface Place {
  path: string;
  label: string;
  icon: LucideIcon;
  needs: string;
  /** The key that opens the view after `g`. */
  key: string;
}

export const PLACES: readonly Place[] = [
  { path: "/", label: "Today", icon: CalendarCheck, needs: "GET /graph/path", key: "r" },
  { path: "/contacts", label: "Contacts", icon: Users, needs: "GET /contacts", key: "c" },
  { path: "/graph", label: "Graph", icon: Network, needs: "GET /graph/network/{id}", key: "g" },
  {
    path: "/introductions",
    label: "Introductions",
    icon: Cable,
    needs: "GET /graph/introductions",
    key: "i",
  },
  { path: "/growth", label: "Growth", icon: Sprout, needs: "GET /viral/stats", key: "w" },
];

export const LOWER_PLACES: readonly Place[] = [
  { path: "/sources", label: "Sources", icon: MailSearch, needs: "POST /sources", key: "o" },
  {
    path: "/contacts/duplicates",
    label: "Duplicates",
    icon: CopyCheck,
    needs: "GET /contacts/duplicates",
    key: "d",
  },
  { path: "/activity", label: "Activity", icon: History, needs: "GET /operations", key: "a" },
  { path: "/team", label: "Team", icon: UsersRound, needs: "GET /teams/mine", key: "t" },
  { path: "/credits", label: "Credits", icon: Coins, needs: "GET /enrichment/credits", key: "m" },
  { path: "/settings", label: "Settings", icon: Settings, needs: "GET /users/me", key: "s" },
];
