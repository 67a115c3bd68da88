/** The particulars of an entry (a JSON object) as a line: `reason: a mistake, quantity: 3`. */
export function particulars(details: string): string {
  const parsed = parsedObject(details);
  return parsed === null
    ? details
    : Object.entries(parsed)
        .filter(([, value]) => value !== null && value !== "")
        .map(([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
        .join(", ");
}

function parsedObject(text: string): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)
      ? (parsed as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
