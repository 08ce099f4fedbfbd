/** Histories have no clock but their own: whatever runs beside them goes first. */

import { constants, setPriority } from 'node:os';

setPriority(constants.priority.PRIORITY_LOW);
