import { useEffect, useRef, useState, type ReactNode } from "react";

import { watchCamera } from "@/ipc/events";

const WIDTH = 640;
const HEIGHT = 480;

/** A camera that has sent nothing for so long is not looking any more. */
const SILENT_MS = 2000;
const CHECK_MS = 500;

interface CameraPictureProps {
  className?: string | undefined;
  /** Stands there when no picture comes: the last one would not be true any more. */
  silent: ReactNode;
}

/** The camera's last frame, drawn as it comes; a frame that arrives while one is decoded is dropped. */
export function CameraPicture({ className, silent }: CameraPictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [isSilent, setSilent] = useState(false);
  useEffect(() => {
    let decoding = false;
    let seenAt = performance.now();
    const release = watchCamera((jpeg) => {
      seenAt = performance.now();
      if (decoding || document.hidden) return;
      decoding = true;
      createImageBitmap(new Blob([jpeg], { type: "image/jpeg" }))
        .then((frame) => {
          canvas.current?.getContext("2d")?.drawImage(frame, 0, 0, WIDTH, HEIGHT);
          frame.close();
        })
        .catch(() => undefined)
        .finally(() => {
          decoding = false;
        });
    });
    const timer = setInterval(() => {
      setSilent(performance.now() - seenAt > SILENT_MS);
    }, CHECK_MS);
    return () => {
      clearInterval(timer);
      release();
    };
  }, []);
  return (
    <>
      <canvas ref={canvas} className={className} width={WIDTH} height={HEIGHT} hidden={isSilent} aria-hidden />
      {isSilent && silent}
    </>
  );
}
