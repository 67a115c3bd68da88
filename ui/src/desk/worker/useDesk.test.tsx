import { renderHook, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { useDesk } from "@/desk/worker/useDesk";
import { connect } from "@/ipc/client";
import { createFake } from "@/ipc/fake";

describe("what hands do at the desk", () => {
  it("reaches the desk in their order, each when the one before was answered", async () => {
    const fake = createFake();
    const asked: string[] = [];
    const answers: (() => void)[] = [];
    connect({
      ...fake,
      commands: {
        ...fake.commands,
        deskKey: async (key) => {
          asked.push(key);
          await new Promise<void>((answer) => {
            answers.push(answer);
          });
          return fake.commands.deskState();
        },
      },
    });
    const { result } = renderHook(() => useDesk());
    await waitFor(() => {
      expect(result.current.state).not.toBeNull();
    });
    result.current.press("3");
    result.current.press("enter");
    await waitFor(() => {
      expect(asked).toEqual(["3"]);
    });
    answers.shift()?.();
    await waitFor(() => {
      expect(asked).toEqual(["3", "enter"]);
    });
    answers.shift()?.();
  });
});

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
