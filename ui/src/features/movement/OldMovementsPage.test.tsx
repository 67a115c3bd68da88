import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import { MovementListPage } from "@/features/movement/MovementListPage";
import { OldMovementsPage } from "@/features/movement/OldMovementsPage";
import { OLD_MOVEMENTS } from "@/features/movement/testids";
import { createFake } from "@/ipc/fake";
import { oldMovements } from "@/ipc/fake/history";
import { FAKE_PASSWORD } from "@/ipc/fake/peopleCommands";
import { show } from "@/testing/show";

describe("the movements of an old program", () => {
  it("have a door only when there are any", async () => {
    const fake = createFake();
    await fake.commands.logIn("nodira", FAKE_PASSWORD);
    show(<MovementListPage />, fake);
    await screen.findByText("Nothing has moved yet");
    expect(screen.queryByTestId(OLD_MOVEMENTS.open)).toBeNull();
    fake.store.oldMovements = oldMovements();
    show(<MovementListPage />, fake);
    expect(await screen.findByTestId(OLD_MOVEMENTS.open)).toBeTruthy();
  });

  it("are searched by product and day", async () => {
    const fake = createFake();
    fake.store.oldMovements = oldMovements();
    show(<OldMovementsPage />, fake);
    await screen.findByText("Chorsu bozori");
    await userEvent.type(screen.getByTestId(OLD_MOVEMENTS.search), "coca");
    await waitFor(() => {
      expect(screen.queryByText("Chorsu bozori")).toBeNull();
    });
    expect(screen.getAllByText("Coca-Cola 1,5 L")).toHaveLength(2);
    await userEvent.clear(screen.getByTestId(OLD_MOVEMENTS.search));
    await userEvent.type(screen.getByTestId(OLD_MOVEMENTS.from), "03.05.2024");
    await waitFor(() => {
      expect(screen.queryAllByText("Coca-Cola 1,5 L")).toHaveLength(0);
    });
    expect(screen.getByText("Chorsu bozori")).toBeTruthy();
  });
});
