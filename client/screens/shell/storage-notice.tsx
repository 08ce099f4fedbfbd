/** The one loud notice: this phone cannot keep what is being written. What happened, what is safe, what can be done. */

import type { StorageTrouble } from '../../../shared/domain/connection.ts';
import { Notice } from '../../parts/notice.tsx';
import { useApp } from './app-context.ts';

export function StorageNotice(props: { trouble: StorageTrouble; onKeepCopy?: () => void }) {
  const { actions } = useApp();
  return (
    <Notice
      isLoud
      icon="warning"
      title={props.trouble.why === 'full' ? 'This phone is full' : 'This phone cannot save'}
      text={
        props.trouble.why === 'full'
          ? 'New lines are only in this open page. Keep it open and free up some space; they are saved as soon as there is room.'
          : 'The browser’s storage does not answer. New lines are only in this open page. Keep it open; saving is tried again and again.'
      }
      action={{ word: 'Try again', act: () => void actions.retryStorage() }}
      another={props.onKeepCopy && { word: 'Keep a copy', act: props.onKeepCopy }}
    />
  );
}
