import { act, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { CameraPicture } from "@/components/CameraPicture";
import { createFake } from "@/ipc/fake";
import { show } from "@/testing/show";

describe("the camera's picture", () => {
  let send: () => void = () => undefined;

  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal("createImageBitmap", () => Promise.reject(new Error("no decoder here")));
    const fake = createFake();
    fake.watchCamera = (onFrame) => {
      send = () => {
        onFrame(new ArrayBuffer(1));
      };
      return () => undefined;
    };
    show(<CameraPicture silent={<p>no picture comes</p>} />, fake);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  const pass = (milliseconds: number) => {
    act(() => {
      vi.advanceTimersByTime(milliseconds);
    });
  };
  const canvas = () => document.querySelector("canvas");

  it("is the live one while frames come", () => {
    for (let second = 0; second < 5; second += 1) {
      send();
      pass(1000);
    }
    expect(canvas()?.hidden).toBe(false);
    expect(screen.queryByText("no picture comes")).toBeNull();
  });

  it("gives way when no frame comes any more, and comes back with the next one", () => {
    send();
    pass(3000);
    expect(canvas()?.hidden).toBe(true);
    expect(screen.getByText("no picture comes")).toBeTruthy();
    send();
    pass(500);
    expect(canvas()?.hidden).toBe(false);
  });
});
