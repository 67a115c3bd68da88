import { useLingui } from "@lingui/react/macro";
import { notifications } from "@mantine/notifications";
import { useLocation } from "wouter";

import type { KeyStroke } from "@/ipc/bindings";
import { commands } from "@/ipc/client";
import { wordingOf } from "@/ipc/errors";
import { asFailure } from "@/ipc/failure";
import { useScanner } from "@/scan/useScanner";
import { useSession } from "@/session/session";

/** In a room that has no use of its own for a scan, it opens what was scanned: the product, or its history. */
export function ScanOpens() {
  const { t } = useLingui();
  const { role } = useSession();
  const [location, navigate] = useLocation();
  const open = async (strokes: KeyStroke[]) => {
    const { code, productId } = await commands.scanLookup(strokes);
    if (productId === null) {
      notifications.show({ color: "warning", message: t`No product has the code ${code}` });
      return;
    }
    const inHistory = location.startsWith("/movements") || role === "operator";
    navigate(inHistory ? `/movements?product=${productId}` : `/products/${productId}?`);
  };
  useScanner({
    mode: "shared",
    onScan: (strokes) => {
      open(strokes).catch((thrown: unknown) => {
        const failure = asFailure(thrown);
        notifications.show({ color: "refused", message: t(wordingOf(failure.code, failure.params).text) });
      });
    },
  });
  return null;
}
