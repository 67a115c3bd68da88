import { fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";

import { ProductForm } from "@/features/product/ProductForm";
import { PRODUCT_FORM } from "@/features/product/testids";
import { createFake } from "@/ipc/fake";
import { refusal } from "@/ipc/fake/store";
import { show } from "@/testing/show";
import { TEST_IDS } from "@/testids";

function open() {
  const fake = createFake();
  const create = vi.spyOn(fake.commands, "createProduct");
  const onSaved = vi.fn();
  show(<ProductForm product={null} code="4780000000017" onSaved={onSaved} />, fake);
  return { create, onSaved, person: userEvent.setup() };
}

async function fillIn(person: ReturnType<typeof userEvent.setup>) {
  // Not key by key: keys without pauses are a scan, and the form would take them for one.
  const put = (testId: string, value: string) => fireEvent.change(screen.getByTestId(testId), { target: { value } });
  put(PRODUCT_FORM.name, "Olma 1 kg");
  put(PRODUCT_FORM.sku, "90001");
  put(PRODUCT_FORM.minStock, "2,5");
  await person.click(screen.getByTestId(PRODUCT_FORM.unit));
  await person.click(await screen.findByRole("option", { name: /^dona/, hidden: true }));
}

it("sends what was typed, with the code that a scan did not know", async () => {
  const { create, onSaved, person } = open();
  await fillIn(person);
  await person.click(screen.getByTestId(PRODUCT_FORM.save));
  await waitFor(() => {
    expect(onSaved).toHaveBeenCalled();
  });
  expect(create).toHaveBeenCalledWith(
    expect.objectContaining({
      name: "Olma 1 kg",
      sku: "90001",
      minStock: "2.5",
      price: null,
      codes: [{ code: "4780000000017", quantity: "1" }],
      ownLabel: false,
    }),
  );
});

it("keeps what was typed when the desk refuses, and says why", async () => {
  const { create, onSaved, person } = open();
  create.mockRejectedValue(refusal("skuTaken"));
  await fillIn(person);
  await person.click(screen.getByTestId(PRODUCT_FORM.save));
  expect((await screen.findByTestId(TEST_IDS.errorNotice)).dataset["code"]).toBe("skuTaken");
  expect(screen.getByTestId<HTMLInputElement>(PRODUCT_FORM.name).value).toBe("Olma 1 kg");
  expect(onSaved).not.toHaveBeenCalled();
});

it("sends nothing while a field is wrong, and says which", async () => {
  const { create, person } = open();
  await person.click(screen.getByTestId(PRODUCT_FORM.save));
  expect(screen.getAllByText("Fill this in")).toHaveLength(3);
  expect(create).not.toHaveBeenCalled();
});
