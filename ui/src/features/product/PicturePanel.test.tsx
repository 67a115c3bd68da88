import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";

import { PicturePanel } from "@/features/product/PicturePanel";
import { createFake } from "@/ipc/fake";
import { show } from "@/testing/show";

const PRODUCT = { id: "product-1", name: "Nescafé Gold 190 g", hasPicture: false };

function choose(file: File) {
  const fake = createFake();
  const set = vi.spyOn(fake.commands, "setProductPicture");
  show(<PicturePanel product={PRODUCT} mayWrite />, fake);
  const field = document.querySelector<HTMLInputElement>('input[type="file"]');
  if (field === null) throw new Error("there is no field for a file");
  return { set, chosen: userEvent.setup().upload(field, file) };
}

it("says that a picture is too large, and sends nothing", async () => {
  const file = new File(["x"], "huge.jpg", { type: "image/jpeg" });
  Object.defineProperty(file, "size", { value: 21 * 1024 * 1024 });
  const { set, chosen } = choose(file);
  await chosen;
  expect(await screen.findByText("The picture is larger than 20 MB. Choose a smaller one.")).toBeTruthy();
  expect(set).not.toHaveBeenCalled();
});

it("says that a file holds no picture when the browser cannot read it", async () => {
  vi.stubGlobal("createImageBitmap", () => Promise.reject(new Error("no picture")));
  const { set, chosen } = choose(new File(["not a picture"], "a.png", { type: "image/png" }));
  await chosen;
  expect(await screen.findByText("There is no picture in this file. Choose another one.")).toBeTruthy();
  expect(set).not.toHaveBeenCalled();
  vi.unstubAllGlobals();
});
