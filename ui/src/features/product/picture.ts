/** The largest file that is opened at all, in bytes: beyond it a phone's photo is no longer one. */
export const PICTURE_LIMIT_BYTES = 20 * 1024 * 1024;

/** What is sent: large enough for the worker's screen, small enough for the database (2 MiB). */
const SENT_EDGE_PX = 1280;
const SENT_QUALITY = 0.85;
const SENT_AS_IT_IS_BYTES = 512 * 1024;

const TAKEN_TYPES = new Set(["image/jpeg", "image/png", "image/webp"]);

export type PictureProblem = "tooLarge" | "wrongType" | "unreadable";

/** Why a file cannot be a product's picture, as far as its name tag tells. */
export function pictureProblem(file: { size: number; type: string }): PictureProblem | null {
  if (!TAKEN_TYPES.has(file.type)) return "wrongType";
  return file.size > PICTURE_LIMIT_BYTES ? "tooLarge" : null;
}

/** The size that a picture is sent in: its longer edge fits, its shape stays. */
export function sentSize(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, SENT_EDGE_PX / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** A picture as it is sent, in base64 without the `data:` head; rejects when the file holds no picture. */
export async function pictureToSend(file: Blob): Promise<string> {
  const picture = await createImageBitmap(file);
  try {
    if (file.size <= SENT_AS_IT_IS_BYTES) return await base64Of(file);
    const { width, height } = sentSize(picture.width, picture.height);
    const canvas = document.createElement("canvas");
    canvas.width = width;
    canvas.height = height;
    canvas.getContext("2d")?.drawImage(picture, 0, 0, width, height);
    return canvas.toDataURL("image/jpeg", SENT_QUALITY).replace(/^data:[^,]*,/, "");
  } finally {
    picture.close();
  }
}

async function base64Of(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const CHUNK = 0x8000;
  let binary = "";
  for (let start = 0; start < bytes.length; start += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(start, start + CHUNK));
  }
  return btoa(binary);
}
