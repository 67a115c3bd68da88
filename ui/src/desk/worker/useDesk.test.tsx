import { renderHook, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { useDesk } from "@/desk/worker/useDesk";
import { connect } from "@/ipc/client";
import { createFake } from "@/ipc/fake";

describe("the desk's state", () => {
  it("is asked for when its events arrive, so that none before that is missed", async () => {
    const fake = createFake();
    let stand: () => void = () => undefined;
    const asked: string[] = [];
    connect({
      ...fake,
      listen: (name, onEvent, onStanding) => {
        if (name === "deskChanged") stand = onStanding ?? stand;
        return fake.listen(name, onEvent);
      },
      commands: {
        ...fake.commands,
        deskState: () => {
          asked.push("deskState");
          return fake.commands.deskState();
        },
      },
    });
    const { result } = renderHook(() => useDesk());
    expect(asked).toEqual([]);
    stand();
    await waitFor(() => {
      expect(result.current.state).not.toBeNull();
    });
    expect(asked).toEqual(["deskState"]);
  });
});
