/** A person as two letters. The incident commander has a ring; who is away is hollow. */

import './avatar.css';

export function Avatar(props: { name: string; lead?: boolean; away?: boolean; small?: boolean }) {
  return (
    <span
      class="avatar"
      classList={{
        lead: props.lead ?? false,
        away: props.away ?? false,
        small: props.small ?? false,
      }}
      title={props.name}
      aria-hidden="true"
    >
      {toInitials(props.name)}
    </span>
  );
}

function toInitials(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '');
  const [first = ''] = words;
  const last = words.length > 1 ? (words.at(-1) ?? '') : '';
  const letters = last ? [first, last].map((word) => [...word][0] ?? '') : [...first].slice(0, 2);
  return letters.join('').toUpperCase();
}
