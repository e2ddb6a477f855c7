/** A percent-encoded text as the last of several readers sees it: what stands in between may decode once more. */
export function fullyDecoded(text: string): string {
  let decoded = text;
  for (;;) {
    const next = decoded.replace(/(?:%[0-9a-f]{2})+/gi, bytes);
    if (next === decoded) return decoded;
    decoded = next;
  }
}

/** What is no UTF-8 stays as it is. */
function bytes(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}
