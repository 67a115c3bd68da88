import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";

import { ProductListPage } from "@/features/product/ProductListPage";
import { PRODUCT_LIST } from "@/features/product/testids";
import { activateLocale } from "@/i18n/setup";
import { createFake } from "@/ipc/fake";
import { FAKE_PASSWORD } from "@/ipc/fake/peopleCommands";
import { show } from "@/testing/show";
import { TEST_IDS } from "@/testids";

describe("saving a list", () => {
  afterEach(() => activateLocale("en"));

  it("asks for what is searched, under heads in the language of the screen", async () => {
    await activateLocale("ru");
    const fake = createFake();
    await fake.commands.logIn("malika", FAKE_PASSWORD);
    show(<ProductListPage />, fake);
    const all = (await screen.findByTestId(PRODUCT_LIST.total)).textContent;
    await userEvent.click(screen.getByTestId(PRODUCT_LIST.search));
    await userEvent.paste("cola");
    await waitFor(() => {
      expect(screen.getByTestId(PRODUCT_LIST.total).textContent).not.toBe(all);
    });
    await userEvent.click(screen.getByTestId(TEST_IDS.saveList));
    await userEvent.click(await screen.findByTestId(TEST_IDS.saveListAs("excel")));
    await waitFor(() => {
      expect(fake.store.saved).toHaveLength(1);
    });
    const [saved] = fake.store.saved;
    expect(saved?.list).toMatchObject({ kind: "products", query: { text: "cola", filter: "all" } });
    expect(saved?.columns.slice(0, 2)).toEqual([
      { field: "name", head: "Название" },
      { field: "sku", head: "SKU" },
    ]);
    expect(saved?.words).toMatchObject({ yes: "да", no: "нет" });
    expect(saved?.path).toMatch(/^\/home\/ombor\/Товары \d{4}-\d\d-\d\d\.xlsx$/);
  });

  it("saves nothing when nobody chose a place", async () => {
    const fake = createFake();
    await fake.commands.logIn("malika", FAKE_PASSWORD);
    fake.commands.chooseListFile = () => Promise.resolve(null);
    show(<ProductListPage />, fake);
    await userEvent.click(screen.getByTestId(TEST_IDS.saveList));
    await userEvent.click(await screen.findByTestId(TEST_IDS.saveListAs("csv")));
    await waitFor(() => {
      expect(screen.getByTestId(TEST_IDS.saveList).dataset["loading"]).toBeUndefined();
    });
    expect(fake.store.saved).toEqual([]);
  });
});
