import { useQuery } from "@tanstack/react-query";
import { useToasts } from "@/components/toast-store";
import { exportContacts } from "@/features/contacts/api/export-contacts";
import { PhonesPart } from "@/features/devices/components/phones-part";
import { getMeOptions } from "@/features/users/api/get-me";
import { SettingsView } from "@/features/users/components/settings-view";
import { explain } from "@/lib/api-error";
import { useCan } from "@/lib/capabilities";
import { saveFile } from "@/lib/save-file";

export function SettingsRoute() {
  const { data: me } = useQuery(getMeOptions);
  const show = useToasts((state) => state.show);
  const hasLeaderboard = useCan("GET /viral/leaderboard");
  const hasTeams = useCan("GET /teams/mine");
  const hasPrograms = useCan("GET /access/grants");
  const hasDevices = useCan("POST /devices");
  if (!me) return null;
  return (
    <SettingsView
      me={me}
      hasLeaderboard={hasLeaderboard}
      hasTeams={hasTeams}
      hasPrograms={hasPrograms}
      phones={hasDevices && <PhonesPart />}
      onExport={(format) =>
        void exportContacts(format).then(
          (file) => saveFile(`contacts.${format}`, file),
          (error: unknown) =>
            show({ tone: "problem", text: `Nothing exported. ${explain(error)}` }),
        )
      }
    />
  );
}
