import { i18n } from "@lingui/core";
import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { readFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";

import { openSentences, remarkText } from "@/features/takeover/remarks";
import { TakeoverPage } from "@/features/takeover/TakeoverPage";
import { TAKEOVER } from "@/features/takeover/testids";
import { quantity } from "@/format/quantity";
import { createFake, type Fake } from "@/ipc/fake";
import { tellTakeover } from "@/ipc/fake/takeoverCommands";
import { show } from "@/testing/show";
import { TEST_IDS } from "@/testids";

async function looked(prepare: (fake: Fake) => void = () => undefined): Promise<Fake> {
  const fake = createFake();
  prepare(fake);
  show(<TakeoverPage />, fake);
  await userEvent.click(await screen.findByTestId(TAKEOVER.files));
  return fake;
}

describe("the room of old data", () => {
  it("shows what would be taken and why something is not, before anything is written", async () => {
    const fake = createFake();
    const takeOver = vi.spyOn(fake.commands, "takeOver");
    show(<TakeoverPage />, fake);
    await userEvent.click(await screen.findByTestId(TAKEOVER.files));
    expect((await screen.findByTestId(TAKEOVER.count("products"))).textContent).toBe(quantity("1180"));
    expect(screen.getByTestId(TAKEOVER.count("skipped")).textContent).toBe("43");
    expect(screen.getByTestId(TAKEOVER.verdict).textContent).toContain("44 change, 17 stay");
    expect(document.body.textContent).toContain(`Excel, ${quantity("1284")} records read. Nothing is written yet.`);
    expect(screen.getByText("Coca-Cola 1,5 L")).toBeTruthy();
    const skipped = screen.getByTestId(TAKEOVER.remarks("skipped")).textContent;
    expect(skipped).toContain("Qoldiq : 17The spreadsheet damaged the barcode 4,78001E+12");
    expect(screen.getByTestId(TAKEOVER.remarks("disagreement")).textContent).toContain(
      "Pepsi 1 L: the stock of 64 is taken, the old movements add up to 61.",
    );
    expect(screen.getByTestId(TAKEOVER.users).textContent).toContain("dilnoza");
    expect(takeOver).not.toHaveBeenCalled();
  });

  it("reads everything anew with a column that was put right by hand", async () => {
    const fake = createFake();
    const preview = vi.spyOn(fake.commands, "previewTakeover");
    show(<TakeoverPage />, fake);
    await userEvent.click(await screen.findByTestId(TAKEOVER.files));
    const column = await screen.findByTestId(TAKEOVER.column("Qoldiq", "Izoh 2"));
    await userEvent.click(column);
    const choices = document.getElementById(column.getAttribute("aria-controls") ?? "");
    await userEvent.click(within(choices ?? document.body).getByText("Description"));
    await waitFor(() => {
      expect(preview).toHaveBeenLastCalledWith({
        paths: ["/home/ombor/eski/qoldiq.xlsx"],
        corrections: [{ part: "Qoldiq", column: "Izoh 2", field: "description" }],
      });
    });
  });

  it("takes over and names who is asked for a new password", async () => {
    await looked();
    await userEvent.click(await screen.findByTestId(TAKEOVER.write));
    expect((await screen.findByTestId(TAKEOVER.done)).textContent).toContain("The old data are in the warehouse");
    expect(screen.getByTestId(TAKEOVER.users).textContent).toContain("sardor.u");
    expect(screen.queryByTestId(TAKEOVER.write)).toBeNull();
  });

  it("shows how far it is, and stops it", async () => {
    const fake = createFake();
    const cancel = vi.spyOn(fake.commands, "cancelTakeover");
    show(<TakeoverPage />, fake);
    act(() => {
      tellTakeover(fake.store, { step: "writing", done: 48_000, of: 112_500 });
    });
    expect((await screen.findByTestId(TAKEOVER.work)).textContent).toContain(`${quantity("48000")} of ${quantity("112500")} rows`);
    await userEvent.click(screen.getByTestId(TAKEOVER.cancel));
    expect(cancel).toHaveBeenCalledOnce();
  });

  it("says what a file is that is no list of products, and lets another be chosen", async () => {
    await looked((fake) => {
      fake.commands.chooseOldFiles = () => Promise.resolve(["/home/ombor/a.jpg"]);
    });
    const notice = await screen.findByTestId(TEST_IDS.errorNotice);
    expect(notice.textContent).toContain("A picture, not a list of products: a.jpg");
    expect(screen.getByTestId(TAKEOVER.files)).toBeTruthy();
  });

  it("saves the whole report with its sentences left open", async () => {
    const fake = await looked();
    await userEvent.click(await screen.findByTestId(TEST_IDS.saveList));
    await userEvent.click(await screen.findByTestId(TEST_IDS.saveListAs("csv")));
    await waitFor(() => {
      expect(fake.store.saved).toHaveLength(1);
    });
    expect(fake.store.saved[0]).toMatchObject({
      list: { kind: "takeoverReport" },
      format: "csv",
      words: { codeDamaged: "The spreadsheet damaged the barcode {code}: the product is taken without it." },
    });
  });
});

describe("the words of a remark", () => {
  const bindings = readFileSync("src/ipc/bindings.ts", "utf8");
  const union = /export type RemarkCode =([^;]+);/.exec(bindings)?.[1] ?? "";
  const codes = [...union.matchAll(/"(\w+)"/g)].map((match) => match[1] ?? "");

  it("stand open for every code that can cross", () => {
    expect(codes.length).toBeGreaterThan(40);
    const sentences = openSentences();
    expect(codes.filter((code) => sentences[code] === undefined)).toEqual([]);
  });

  it("name what the remark is about", () => {
    const said = remarkText({ code: "columnLeft", params: { head: "Summa", what: "amount" } });
    expect(i18n._(said)).toBe("The column “Summa” is not taken: sums follow from quantity and price.");
  });
});
