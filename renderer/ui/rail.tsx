import type { CSSProperties, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './rail.module.css';

/** `todo`: the current has not come here yet. `current`: here it is now. */
export type NodeState = 'done' | 'current' | 'todo' | 'waiting' | 'trouble';

export interface RailNode {
  readonly id: string;
  readonly label: string;
  /** What is plugged in here; under the label of a large rail. */
  readonly detail?: ReactNode;
  readonly state: NodeState;
  /** How it is known: solid for seen, ringed for reported, dashed for inferred. */
  readonly evidence?: 'seen' | 'reported' | 'inferred' | undefined;
  /** How far the work of the current node is, 0 to 100: lights that much of the cable to the next. */
  readonly percent?: number | undefined;
}

interface RailProps {
  /** What the cable shows, for screen readers. */
  readonly label: string;
  readonly nodes: readonly RailNode[];
  /** `small` has no words of its own: each node tells its label when pointed at. */
  readonly size?: 'large' | 'usual' | 'small' | undefined;
  /** The current reached the end: the whole cable says so. */
  readonly finished?: boolean | undefined;
  /** Makes the nodes buttons; those for which it is undefined stay plain. */
  readonly onChoose?: ((id: string) => (() => void) | undefined) | undefined;
}

const spoken: Record<NodeState, string> = {
  done: '✓',
  current: '',
  todo: '',
  waiting: '',
  trouble: '!',
};

/** The wire: a cable from the station to where it leads, its nodes filling as the current gets on. */
export function Rail({ label, nodes, size = 'usual', finished = false, onChoose }: RailProps) {
  return (
    <ol className={classNames(styles.rail, styles[size], finished && styles.finished)} aria-label={label}>
      {nodes.map((node) => (
        <li
          key={node.id}
          className={styles.stop}
          data-state={node.state}
          data-evidence={node.evidence ?? 'seen'}
          data-measured={node.percent !== undefined}
          style={node.percent === undefined ? undefined : ({ '--lit': `${node.percent}%` } as CSSProperties)}
          aria-current={node.state === 'current' || node.state === 'waiting' ? 'step' : undefined}
          title={size === 'small' ? node.label : undefined}
        >
          <Stop node={node} size={size} choose={onChoose?.(node.id)} />
        </li>
      ))}
    </ol>
  );
}

function Stop({
  node,
  size,
  choose,
}: {
  readonly node: RailNode;
  readonly size: 'large' | 'usual' | 'small';
  readonly choose: (() => void) | undefined;
}) {
  // Two hundred of the small ones are on a screen at once: no element more than it takes.
  if (size === 'small') {
    return (
      <>
        <span className={styles.node} aria-hidden />
        <span className={styles.hidden}>{node.label}</span>
      </>
    );
  }
  const content = (
    <>
      <span className={styles.node} aria-hidden>
        {spoken[node.state]}
      </span>
      <span className={styles.words}>
        <span className={styles.label}>{node.label}</span>
        {size === 'large' && <span className={styles.detail}>{node.detail}</span>}
      </span>
    </>
  );
  if (choose === undefined) return <span className={styles.body}>{content}</span>;
  return (
    <button type="button" className={classNames(styles.body, styles.choice)} onClick={choose}>
      {content}
    </button>
  );
}
