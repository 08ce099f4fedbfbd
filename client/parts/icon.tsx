/** Every icon of the app by name. Decoration only: the control around it carries the words. */

import ArrowRight from 'lucide-solid/icons/arrow-right';
import ArrowUp from 'lucide-solid/icons/arrow-up';
import BellRing from 'lucide-solid/icons/bell-ring';
import Check from 'lucide-solid/icons/check';
import CheckCheck from 'lucide-solid/icons/check-check';
import ChevronDown from 'lucide-solid/icons/chevron-down';
import ChevronLeft from 'lucide-solid/icons/chevron-left';
import CircleIcon from 'lucide-solid/icons/circle';
import CircleCheck from 'lucide-solid/icons/circle-check';
import CircleDashed from 'lucide-solid/icons/circle-dashed';
import CircleHelp from 'lucide-solid/icons/circle-question-mark';
import CloudCheck from 'lucide-solid/icons/cloud-check';
import CloudOff from 'lucide-solid/icons/cloud-off';
import Copy from 'lucide-solid/icons/copy';
import Download from 'lucide-solid/icons/download';
import Ellipsis from 'lucide-solid/icons/ellipsis';
import Eye from 'lucide-solid/icons/eye';
import FileWarning from 'lucide-solid/icons/file-exclamation-point';
import FileText from 'lucide-solid/icons/file-text';
import Flag from 'lucide-solid/icons/flag';
import GitCommit from 'lucide-solid/icons/git-commit-horizontal';
import Lightbulb from 'lucide-solid/icons/lightbulb';
import Megaphone from 'lucide-solid/icons/megaphone';
import Minus from 'lucide-solid/icons/minus';
import Plus from 'lucide-solid/icons/plus';
import RefreshCw from 'lucide-solid/icons/refresh-cw';
import Share from 'lucide-solid/icons/share-2';
import Signpost from 'lucide-solid/icons/signpost';
import Siren from 'lucide-solid/icons/siren';
import Smartphone from 'lucide-solid/icons/smartphone';
import Star from 'lucide-solid/icons/star';
import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import UserPlus from 'lucide-solid/icons/user-plus';
import Users from 'lucide-solid/icons/users';
import Wrench from 'lucide-solid/icons/wrench';
import X from 'lucide-solid/icons/x';
import type { Component } from 'solid-js';
import { Dynamic } from 'solid-js/web';

type IconComponent = Component<{
  class?: string;
  size?: number;
  strokeWidth?: number;
  'aria-hidden'?: 'true';
}>;

const ICONS = nameIcons({
  action: Wrench,
  add: Plus,
  alert: BellRing,
  back: ChevronLeft,
  broken: FileWarning,
  change: GitCommit,
  checkBegun: CircleDashed,
  checkDone: CircleCheck,
  checkOpen: CircleIcon,
  close: X,
  communication: Megaphone,
  copy: Copy,
  decision: Signpost,
  declare: Siren,
  document: FileText,
  down: ChevronDown,
  download: Download,
  hypothesis: Lightbulb,
  impact: Users,
  invite: UserPlus,
  line: Minus,
  milestone: Flag,
  more: Ellipsis,
  observation: Eye,
  offline: CloudOff,
  onward: ArrowRight,
  phone: Smartphone,
  question: CircleHelp,
  saved: Check,
  send: ArrowUp,
  share: Share,
  star: Star,
  stored: CheckCheck,
  synced: CloudCheck,
  update: RefreshCw,
  warning: TriangleAlert,
});

export type IconName = keyof typeof ICONS;

/** @param props.size in pixels: 14, 16, 20 or 24; smaller icons get thicker lines */
export function Icon(props: { name: IconName; size?: 12 | 14 | 16 | 20 | 24 }) {
  const size = () => props.size ?? 20;
  return (
    <Dynamic
      component={ICONS[props.name]}
      class="icon"
      size={size()}
      strokeWidth={STROKES[size()]}
      aria-hidden="true"
    />
  );
}

const STROKES = { 12: 2.5, 14: 2.2, 16: 2.1, 20: 1.9, 24: 1.75 } as const;

/** Keeps the names as a type, so that a misspelt icon does not compile. */
function nameIcons<N extends string>(
  icons: Record<N, IconComponent>,
): Readonly<Record<N, IconComponent>> {
  return icons;
}
