/** The largest picture file that is taken, in bytes; a phone's photo fits. */
export const PICTURE_LIMIT_BYTES = 5 * 1024 * 1024;

const TAKEN_TYPES = new Set(["image/jpeg", "image/png", "image/webp"]);

export type PictureProblem = "tooLarge" | "wrongType";

export function pictureProblem(file: { size: number; type: string }): PictureProblem | null {
  if (!TAKEN_TYPES.has(file.type)) return "wrongType";
  return file.size > PICTURE_LIMIT_BYTES ? "tooLarge" : null;
}

/** The file's bytes as base64, without the `data:` head. */
export async function base64Of(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const CHUNK = 0x8000;
  let binary = "";
  for (let start = 0; start < bytes.length; start += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(start, start + CHUNK));
  }
  return btoa(binary);
}
