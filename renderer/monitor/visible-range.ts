/** Rows beyond the edges that are drawn too, so that scrolling shows no gap. */
const overscan = 8;

/** Which of `count` rows of one height are in sight: from `from` up to and without `to`. */
export function visibleRange(
  count: number,
  { rowHeight, scrollTop, height }: { readonly rowHeight: number; readonly scrollTop: number; readonly height: number },
): { readonly from: number; readonly to: number } {
  const first = Math.floor(scrollTop / rowHeight);
  const last = Math.ceil((scrollTop + height) / rowHeight);
  const to = Math.min(count, Math.max(0, last + overscan));
  return { from: Math.max(0, Math.min(first - overscan, to)), to };
}
