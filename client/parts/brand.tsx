/** The mark and the name: a line that lands on the rail. */
export function Brand() {
  return (
    <span class="brand">
      <svg viewBox="0 0 22 24" width="20" height="24" aria-hidden="true">
        <path d="M7 1v22M16 12h5" class="brand-line" />
        <rect x="2" y="7" width="10" height="10" rx="1.8" transform="rotate(45 7 12)" />
      </svg>
      Logline
    </span>
  );
}
