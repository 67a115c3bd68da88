import type { Commands } from "@/ipc/backend";
import type { Store } from "@/ipc/fake/store";

/** Lists as files: the fake writes none and remembers what was asked of it. */
export function listCommands(store: Store): Pick<Commands, "chooseListFile" | "saveList"> {
  return {
    chooseListFile: (name, format) => Promise.resolve(`/home/ombor/${name}.${format === "excel" ? "xlsx" : "csv"}`),
    saveList: (order) => {
      store.saved.push(structuredClone(order));
      const rows = order.list.kind === "products" ? store.products.length : store.movements.length;
      return Promise.resolve({ path: order.path, rows });
    },
  };
}
