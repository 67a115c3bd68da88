import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";

import { ReversalDialog } from "@/features/movement/ReversalDialog";
import { REVERSAL } from "@/features/movement/testids";
import type { Movement } from "@/ipc/bindings";
import { createFake } from "@/ipc/fake";
import { refusal } from "@/ipc/fake/store";
import { show } from "@/testing/show";
import { TEST_IDS } from "@/testids";

const MOVEMENT: Movement = {
  id: "movement-1",
  documentId: "document-1",
  documentNumber: "1284",
  kind: "receipt",
  productId: "product-1",
  productName: "Ariel Color 3 kg",
  sku: "10077",
  quantity: "24",
  unit: "pcs",
  from: "supplier",
  to: "warehouse",
  direction: "in",
  at: "2026-11-21T09:21:00.000Z",
  userName: "Dilshod",
  employeeName: "Aziza Karimova",
  method: "face",
  reversed: false,
  reversalOf: null,
};

function open() {
  const fake = createFake();
  const reverse = vi.spyOn(fake.commands, "reverseMovement").mockResolvedValue(MOVEMENT);
  const onClose = vi.fn();
  show(<ReversalDialog movement={MOVEMENT} onClose={onClose} />, fake);
  return { reverse, onClose, person: userEvent.setup() };
}

describe("the reversal of a movement", () => {
  it("is not asked for without a reason and the password", async () => {
    const { reverse, person } = open();
    await person.click(screen.getByTestId(REVERSAL.confirm));
    expect(screen.getByText("Say why, in a few words")).toBeTruthy();
    expect(screen.getByText("Type your password")).toBeTruthy();
    await person.type(screen.getByTestId(REVERSAL.reason), "   ");
    await person.type(screen.getByTestId(REVERSAL.password), "secret-secret");
    await person.click(screen.getByTestId(REVERSAL.confirm));
    expect(reverse).not.toHaveBeenCalled();
  });

  it("sends the movement, the password and the reason, and closes", async () => {
    const { reverse, onClose, person } = open();
    await person.type(screen.getByTestId(REVERSAL.reason), " counted twice ");
    await person.type(screen.getByTestId(REVERSAL.password), "secret-secret");
    await person.click(screen.getByTestId(REVERSAL.confirm));
    expect(reverse).toHaveBeenCalledWith({
      movementId: "movement-1",
      password: "secret-secret",
      reason: "counted twice",
    });
    await waitFor(() => {
      expect(onClose).toHaveBeenCalled();
    });
  });

  it("stays open with the reason when the password is wrong, and forgets the password", async () => {
    const { reverse, onClose, person } = open();
    reverse.mockRejectedValue(refusal("wrongPassword", { waitSeconds: "0" }));
    await person.type(screen.getByTestId(REVERSAL.reason), "counted twice");
    await person.type(screen.getByTestId(REVERSAL.password), "guess-guess");
    await person.click(screen.getByTestId(REVERSAL.confirm));
    const notice = await screen.findByTestId(TEST_IDS.errorNotice);
    expect(notice.dataset["code"]).toBe("wrongPassword");
    expect(screen.getByTestId<HTMLTextAreaElement>(REVERSAL.reason).value).toBe("counted twice");
    expect(screen.getByTestId<HTMLInputElement>(REVERSAL.password).value).toBe("");
    expect(onClose).not.toHaveBeenCalled();
  });

  it("says what will move back", () => {
    open();
    expect(screen.getByText(/An opposite movement of −24 pcs is posted/)).toBeTruthy();
  });
});
