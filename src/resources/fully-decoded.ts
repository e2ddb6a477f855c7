/** Decodes a percent-encoded text repeatedly: proxies on the way may decode it once more. */
export function fullyDecoded(text: string): string {
  let decoded = text;
  for (;;) {
    const next = decoded.replace(/(?:%[0-9a-f]{2})+/gi, bytes);
    if (next === decoded) return decoded;
    decoded = next;
  }
}

/** Bytes that are not UTF-8 stay encoded. */
function bytes(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}
