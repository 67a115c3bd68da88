import { useEffect, useRef } from "react";

import { watchCamera } from "@/ipc/events";

const WIDTH = 640;
const HEIGHT = 480;

/** The camera's last frame, drawn as it comes; a frame that arrives while one is decoded is dropped. */
export function CameraPicture({ className }: { className?: string | undefined }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let decoding = false;
    return watchCamera((jpeg) => {
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
  }, []);
  return <canvas ref={canvas} className={className} width={WIDTH} height={HEIGHT} aria-hidden />;
}
