import { useStore } from '../state/store';
import { Button } from '../ui/Button';
import { Icon } from '../ui/Icon';
import { Modal } from '../ui/Modal';
import { comparisonMessages } from './messages';
import { openChoice } from './versionChoice';
import './event-changes.css';

/** Two versions side by side, what both changed marked in words and colour. */
export function VersionChoiceDialog() {
  const choice = useStore(openChoice);
  if (!choice) return null;
  const { title, message, rows, mine, theirs, keepLabel, takeLabel, answer } = choice;
  return (
    <Modal
      title={title}
      icon={<Icon name="compare" />}
      onClose={() => answer(undefined)}
      footer={
        <>
          <Button onClick={() => answer('theirs')}>{takeLabel}</Button>
          <Button tone="primary" onClick={() => answer('mine')}>
            {keepLabel}
          </Button>
        </>
      }
    >
      <p>{message}</p>
      <table className="versions">
        <thead>
          <tr>
            <td />
            <th scope="col">{mine}</th>
            <th scope="col">{theirs}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.field} className={row.isContested ? 'is-contested' : undefined}>
              <th scope="row">
                {row.label}
                {row.isContested && (
                  <span className="badge badge-warning">{comparisonMessages.changedOnBothSides}</span>
                )}
              </th>
              <td data-side={mine}>{row.mine}</td>
              <td data-side={theirs}>{row.theirs}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.some(({ isContested }) => !isContested) && (
        <p className="muted small">{comparisonMessages.otherChangesAreKept}</p>
      )}
    </Modal>
  );
}
