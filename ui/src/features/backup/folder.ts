/** The folder that a file lies in, whichever way its system writes paths. */
export function folderOf(path: string): string {
  return path.replace(/[\\/][^\\/]*$/, "");
}
